import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HandledFact } from '../../bridge/facts.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { ana, branch, company, fakeOffice, fakeTicket, luis } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const ticket = fakeTicket(1, NOW);

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
  take(`company:${company}`, [{ type: 'office.put', office: fakeOffice() }]);
  take(`branch:${branch}`, [{ type: 'ticket.put', header: ticket }]);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
});
afterEach(() => {
  opened.close();
  home.remove();
});

let seq = 0;
function take(stream: string, bodies: readonly unknown[]): void {
  seq += 1;
  opened.store['stream.apply'](JSON.stringify({ type: 'snapshot', stream, seq, isFirst: true, isLast: true, bodies }));
}
const put = (header: TicketHeader): void => take(`branch:${branch}`, [{ type: 'ticket.put', header }]);
const close = (closedAt: number): void => put({ ...ticket, state: 'closed', outcome: 'finished', closedAt });
const write = (text: string): void => opened.store['draft.save'](ana, ticket.id, text);
const prune = (now: number): void => {
  opened.store['stream.caughtUp'](now);
  opened.store['cache.prune'](now);
};
const rows = (): unknown => opened.outbox.prepare('SELECT count(*) FROM drafts').pluck().get();
const offered = (): HandledFact['drafts'] | undefined => opened.store['desk.changes'](NOW).handled?.drafts;

test('[S2-31] a note begun on a ticket that closed is offered to its agent, and to nobody else', () => {
  write('A medias');
  close(NOW);
  expect(offered()).toEqual([{ ticketId: ticket.id, turnCode: ticket.turnCode, text: 'A medias' }]);
  opened.store['viewer.set']({ agentId: luis, branchId: branch });
  expect(offered()).toEqual([]);
});

test('[S2-31] what was added or deleted is no draft any more', () => {
  write('A medias');
  write('');
  close(NOW);
  expect(offered()).toEqual([]);
  expect(rows()).toBe(0);
});

test('a draft stays for 30 days after its ticket closed, then it goes', () => {
  write('A medias');
  prune(NOW + 90 * DAY);
  expect(rows()).toBe(1);
  close(NOW + 90 * DAY);
  prune(NOW + 91 * DAY);
  prune(NOW + 121 * DAY);
  expect(rows()).toBe(1);
  prune(NOW + 121 * DAY + 1);
  expect(rows()).toBe(0);
});

test('a draft of a ticket that is gone from the cache stays for 30 days more', () => {
  write('A medias');
  take(`branch:${branch}`, []);
  prune(NOW);
  prune(NOW + 30 * DAY);
  expect(rows()).toBe(1);
  prune(NOW + 30 * DAY + 1);
  expect(rows()).toBe(0);
});

test('whoever writes on begins the 30 days anew', () => {
  write('A medias');
  close(NOW);
  prune(NOW);
  prune(NOW + 29 * DAY);
  write('A medias, y más');
  prune(NOW + 30 * DAY + 1);
  expect(rows()).toBe(1);
});

test('a draft outlives a restart and the cache that was emptied after 14 days', () => {
  write('A medias');
  opened.store['stream.caughtUp'](NOW);
  opened.store['cache.prune'](NOW + 14 * DAY + 1);
  opened.close();
  opened = openTestStore(home);
  take(`company:${company}`, [{ type: 'office.put', office: fakeOffice() }]);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  expect(offered()).toEqual([{ ticketId: ticket.id, turnCode: null, text: 'A medias' }]);
});

test('[T10] what a snapshot of the branch has lost leaves the desk with its content; all other content stays', () => {
  const [kept, elsewhere] = [fakeTicket(2, NOW), fakeTicket(3, NOW)];
  take(
    `branch:${branch}`,
    [ticket, kept].map((header) => ({ type: 'ticket.put', header })),
  );
  take(
    `agent:${ana}`,
    [ticket, kept, elsewhere].map(({ id }) => ({
      type: 'content.put',
      content: { ticketId: id, contact: null, topicIds: [], events: [] },
    })),
  );
  take(`branch:${branch}`, [{ type: 'ticket.put', header: kept }]);
  expect(opened.cache.prepare('SELECT ticket_id FROM contents ORDER BY rowid').pluck().all()).toEqual([
    kept.id,
    elsewhere.id,
  ]);
});
