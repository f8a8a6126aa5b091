import { afterEach, beforeEach, expect, test } from 'vitest';
import { branch, fakeTicket } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../testing/test-store.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
  const headers = [
    fakeTicket(1, NOW - 90 * DAY),
    fakeTicket(2, NOW - 40 * DAY, { state: 'closed', outcome: 'finished', closedAt: NOW - 31 * DAY }),
    fakeTicket(3, NOW - 30 * DAY, { state: 'closed', outcome: 'finished', closedAt: NOW - 29 * DAY }),
  ];
  const bodies = headers.map((header) => ({ type: 'ticket.put', header }));
  opened.store['stream.apply'](
    JSON.stringify({ type: 'snapshot', stream: `branch:${branch}`, seq: 3, isFirst: true, isLast: true, bodies }),
  );
  opened.store['outbox.add'](outboxEntry());
});
afterEach(() => {
  opened.close();
  home.remove();
});

const numbers = (): unknown[] => opened.cache.prepare('SELECT number FROM headers ORDER BY number').pluck().all();

test('open tickets stay however old, closed ones for 30 days', () => {
  opened.store['stream.caughtUp'](NOW);
  opened.store['cache.prune'](NOW);
  expect(numbers()).toEqual([1, 3]);
});

test('[T10] after 14 days without the line the cache is emptied and starts over; the outbox stays', () => {
  opened.store['stream.caughtUp'](NOW - 14 * DAY - 1);
  opened.store['cache.prune'](NOW);
  expect(numbers()).toEqual([]);
  expect(opened.store['stream.cursors']()).toEqual({});
  expect(opened.store['outbox.unanswered'](10)).toHaveLength(1);
});

test('a cache that was synced yesterday is not emptied', () => {
  opened.store['stream.caughtUp'](NOW - DAY);
  opened.store['cache.prune'](NOW);
  expect(numbers()).toEqual([1, 3]);
});
