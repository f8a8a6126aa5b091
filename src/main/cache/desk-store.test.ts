import { afterEach, beforeEach, expect, test } from 'vitest';
import { ana, branch, company, fakeOffice, fakeTicket } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../testing/test-store.ts';
import { createDeskStore } from './desk-store.ts';

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

test('of the closed tickets as many stay as are kept, the newest', () => {
  const store = createDeskStore(opened, 1);
  const header = fakeTicket(4, NOW - DAY, { state: 'closed', outcome: 'finished', closedAt: NOW - DAY });
  const changes = [{ seq: 4, body: { type: 'ticket.put', header } }];
  store['stream.apply'](JSON.stringify({ type: 'changes', stream: `branch:${branch}`, changes }));
  store['stream.caughtUp'](NOW);
  store['cache.prune'](NOW);
  expect(numbers()).toEqual([1, 4]);
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

test('[T10] the content of a ticket leaves the desk with its header; one whose header has not come yet stays', () => {
  const header = (number: number) =>
    opened.cache.prepare('SELECT id FROM headers WHERE number = ?').pluck().get(number);
  const notYet = fakeTicket(9, NOW).id;
  const [old, recent] = [header(2), header(3)];
  const bodies = [old, recent, notYet].map((ticketId) => ({
    type: 'content.put',
    content: { ticketId, contact: null, topicIds: [], events: [] },
  }));
  opened.store['stream.apply'](
    JSON.stringify({ type: 'snapshot', stream: `agent:${ana}`, seq: 1, isFirst: true, isLast: true, bodies }),
  );
  opened.store['stream.caughtUp'](NOW);
  opened.store['cache.prune'](NOW);
  const kept = opened.cache.prepare('SELECT ticket_id FROM contents ORDER BY rowid').pluck().all();
  expect(kept).toEqual([recent, notYet]);
});

test('[T10] what was pruned is not on the screen any more either', () => {
  opened.store['stream.apply'](
    JSON.stringify({
      type: 'snapshot',
      stream: `company:${company}`,
      seq: 1,
      isFirst: true,
      isLast: true,
      bodies: [{ type: 'office.put', office: fakeOffice() }],
    }),
  );
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  expect(opened.store['desk.changes'](NOW).waiting?.count).toBe(1);
  opened.store['stream.caughtUp'](NOW - 14 * DAY - 1);
  opened.store['cache.prune'](NOW);
  expect(opened.store['desk.changes'](NOW).waiting?.count).toBe(0);
});
