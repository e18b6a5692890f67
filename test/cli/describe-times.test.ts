import { describeTimes } from '../../src/cli/describe-times';
import { type TimesView } from '../../src/http/presenters/times';

const NONE: TimesView = { timeZone: null, sendAt: null, expiresAt: null, ignoreQuietHours: null, held: null };

it.each<[Partial<TimesView>, string[]]>([
  [{}, []],
  [{ timeZone: 'Asia/Tokyo' }, ['times       recipient in Asia/Tokyo']],
  [{ sendAt: 'A', expiresAt: 'B' }, ['times     not before <A>, worth sending until <B>']],
  [{ ignoreQuietHours: { reason: 'asked' } }, ['          ignores quiet hours: asked']],
  [{ held: { until: 'A', because: 'it is night' } }, ['held      until <A>: it is night']],
])('%j', (times, lines) => {
  expect(describeTimes({ ...NONE, ...times }, (iso) => `<${iso}>`)).toEqual(lines);
});
