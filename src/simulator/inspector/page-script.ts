/**
 * The page's own script. It refreshes what has changed without touching the form, and sends replies without leaving
 * the page. Without it the page works too, by reloading.
 */
export const PAGE_SCRIPT = `'use strict';
const live = document.getElementById('conversations');
const participant = document.getElementById('participant');
const form = document.getElementById('reply');
const status = document.getElementById('reply-status');
const refresh = document.getElementById('refresh');
let shown = { live: '', participants: '' };

function replaceLive(html) {
  const focusedId = live.contains(document.activeElement) ? document.activeElement.id : '';
  const scrolled = [...live.querySelectorAll('.scroll')].map((part) => [part.id, part.scrollLeft, part.scrollTop]);
  live.innerHTML = html;
  for (const [id, left, top] of scrolled) {
    document.getElementById(id)?.scrollTo(left, top);
  }
  if (focusedId !== '') {
    document.getElementById(focusedId)?.focus({ preventScroll: true });
  }
}

function replaceParticipants(html) {
  const chosen = participant.value;
  participant.innerHTML = html;
  if ([...participant.options].some((option) => option.value === chosen)) {
    participant.value = chosen;
  }
}

async function update() {
  const answer = await fetch('/inspector/live');
  const next = await answer.json();
  if (next.live !== shown.live) {
    replaceLive(next.live);
  }
  if (next.participants !== shown.participants && document.activeElement !== participant) {
    replaceParticipants(next.participants);
    shown.participants = next.participants;
  }
  shown.live = next.live;
}

async function keepUpdating() {
  if (refresh.checked && !document.hidden) {
    await update().catch(() => undefined);
  }
  setTimeout(keepUpdating, 2000);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  status.textContent = 'Sending.';
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)),
    });
    const { notice } = await answer.json();
    status.textContent = notice;
    if (answer.ok) {
      form.elements.body.value = '';
      await update();
    }
  } catch {
    status.textContent = 'The simulator did not answer. Is it still running?';
  }
});

live.addEventListener('click', (event) => {
  const link = event.target.closest('[data-participant]');
  if (link !== null) {
    event.preventDefault();
    participant.value = link.dataset.participant;
    form.elements.body.focus();
  }
});

keepUpdating();
`;
