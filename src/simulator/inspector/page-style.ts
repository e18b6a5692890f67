/** The page's style sheet: one column on a phone, two for the conversations on a wide screen, light and dark. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --line: #c9ced6; --text: #1a1d21; --quiet: #535b66; --accent: #0b57d0;
  --good: #0a6b35; --good-ground: #e2f5e9; --bad: #a3170f; --bad-ground: #fdeae8; --calm: #3d4652; --calm-ground: #e9edf2;
  --inbound: #eef4ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1d2125; --line: #444c56; --text: #e8eaed; --quiet: #a9b2bd; --accent: #8ab4f8;
    --good: #7ee2a8; --good-ground: #123322; --bad: #ffb4ab; --bad-ground: #43191a; --calm: #c6ced8; --calm-ground: #2d343c;
    --inbound: #1c2a42;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 75rem; margin: 0 auto; padding: 1rem; }
header { padding-bottom: 0; }
main { padding-top: 0; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 0.25rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0.25rem 0; }
code { font-size: 0.8125rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.5rem; }
.meta, .empty { color: var(--quiet); font-size: 0.875rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem 1rem; }
.cards { column-gap: 1rem; }
.cards .card { break-inside: avoid; margin-bottom: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0.5rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.25rem 0; }
form label { display: block; font-weight: 600; }
form p + p { margin-top: 0.5rem; }
select, textarea, button { font: inherit; color: inherit; }
select, textarea { width: 100%; padding: 0.5rem; background: var(--ground); border: 1px solid var(--quiet); border-radius: 0.25rem; }
button { padding: 0.5rem 1.25rem; border: 0; border-radius: 0.25rem; background: var(--accent); color: var(--card); font-weight: 600; cursor: pointer; }
#refresh-line { margin-top: 1rem; }
#refresh { width: 1.1rem; height: 1.1rem; vertical-align: -0.15rem; }
.participants, .messages, .events { margin: 0.5rem 0 0; padding: 0; list-style: none; font-size: 0.9375rem; }
.participants a { display: inline-block; padding: 0.25rem 0; }
.message { border-left: 4px solid var(--line); padding: 0.25rem 0.75rem; margin-top: 0.5rem; }
.message.inbound { border-left-color: var(--accent); background: var(--inbound); }
.call { border-left: 4px dashed var(--line); padding-left: 0.75rem; }
.moment { padding-top: 0.125rem; padding-bottom: 0.125rem; font-size: 0.875rem; overflow-wrap: anywhere; }
.moment-ended { padding-bottom: 0.375rem; }
.message .body { white-space: pre-wrap; overflow-wrap: anywhere; }
.receipt { font-size: 0.875rem; }
.events li { border-top: 1px solid var(--line); padding: 0.375rem 0; font-size: 0.875rem; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 0 0.5rem; border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; background: var(--calm-ground); color: var(--calm); }
.badge-delivered, .badge-read, .badge-active, .badge-completed { background: var(--good-ground); color: var(--good); }
.badge-failed, .badge-undelivered, .badge-busy, .badge-no-answer { background: var(--bad-ground); color: var(--bad); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { text-align: left; padding: 0.375rem 0.75rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
@media (max-width: 40rem) {
  .wraps strong { display: block; }
}
@media (min-width: 60rem) {
  .cards { columns: 2; }
}
`;
