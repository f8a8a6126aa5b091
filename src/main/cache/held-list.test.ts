import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Presence } from '../../protocol/change.ts';
import type { AgentId, AttentionId, BranchId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import {
  ana,
  branch,
  company,
  fakeOffice,
  fakeTicket,
  idOf,
  luis,
  moduleOne,
  moduleTwo,
} from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../testing/test-store.ts';

const NOW = 100 * 86_400_000;

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
let seq = 0;
beforeEach(() => {
  seq = 0;
  home = createDeskHome();
  opened = openTestStore(home);
  opened.store['viewer.set']({ agentId: luis, branchId: branch });
  const bodies = [{ type: 'office.put', office: fakeOffice() }];
  opened.store['stream.apply'](
    JSON.stringify({ type: 'snapshot', stream: `company:${company}`, seq: 1, isFirst: true, isLast: true, bodies }),
  );
});
afterEach(() => {
  opened.close();
  home.remove();
});

const say = (...bodies: unknown[]) =>
  opened.store['stream.apply'](
    JSON.stringify({
      type: 'changes',
      stream: `branch:${branch}`,
      changes: bodies.map((body) => ({ seq: (seq += 1), body })),
    }),
  );
const attended = (number: number, agentId: AgentId, since: number, more: Partial<TicketHeader> = {}): TicketHeader =>
  fakeTicket(number, since - 60_000, {
    state: 'attending',
    epoch: 1,
    attendingSince: since,
    holder: {
      agentId,
      agentName: agentId === ana ? 'Ana Ruiz' : 'Luis Paz',
      moduleId: moduleOne,
      attentionId: idOf<AttentionId>('9', number),
      epoch: 1,
    },
    ...more,
  });
const put = (header: TicketHeader) => ({ type: 'ticket.put', header });
const present = (agentId: AgentId, more: Partial<Presence> = {}) => ({
  type: 'presence.put',
  presence: { branchId: branch, agentId, agentName: 'Ana Ruiz', moduleId: moduleOne, silentSince: null, ...more },
});
const told = () => opened.store['desk.changes'](NOW).held;
const rows = () =>
  opened.store['desk.heldWindow'](0, 100).rows.map(({ header, since, moduleName, silentSince }) => [
    header.turnCode,
    header.holder.agentName,
    moduleName,
    since,
    silentSince,
  ]);

test('[S2-01] what anybody of the branch holds is listed, the longest held first, with who, where and since when', () => {
  say(put(fakeTicket(1, NOW)), put(attended(2, luis, NOW - 1_000)), put(attended(3, ana, NOW - 9_000)));
  say(put(attended(4, ana, NOW, { state: 'calling', attendingSince: null, lastCalledAt: NOW - 5_000 })));
  say(put(fakeTicket(5, NOW, { state: 'closed', outcome: 'finished', closedAt: NOW })));
  say(present(ana, { moduleId: moduleTwo }));
  expect(told()).toEqual({ version: 1, count: 3, silent: 0 });
  expect(rows()).toEqual([
    ['C-003', 'Ana Ruiz', 'Módulo 2', NOW - 9_000, null],
    ['C-004', 'Ana Ruiz', 'Módulo 2', NOW - 5_000, null],
    ['C-002', 'Luis Paz', 'Módulo 1', NOW - 1_000, null],
  ]);
});

test('[R17] a row says since when its desk is silent, and says so no more when the desk is back', () => {
  say(put(attended(2, ana, NOW - 1_000)), present(ana));
  expect(told()).toEqual({ version: 1, count: 1, silent: 0 });
  say(present(ana, { silentSince: NOW }));
  expect(told()).toEqual({ version: 2, count: 1, silent: 1 });
  expect(rows()[0]?.at(-1)).toBe(NOW);
  say(present(ana));
  expect(told()).toEqual({ version: 3, count: 1, silent: 0 });
  expect(rows()[0]?.at(-1)).toBeNull();
});

test('[R17] who sits nowhere any more is shown where they called the ticket, silent', () => {
  say(put(attended(2, ana, NOW - 1_000)), present(ana, { moduleId: null, silentSince: NOW }));
  told();
  expect(rows()).toEqual([['C-002', 'Ana Ruiz', 'Módulo 1', NOW - 1_000, NOW]]);
});

test('nothing is told of a presence that changes no row, and what is freed leaves the list', () => {
  say(put(attended(2, ana, NOW - 1_000)), present(ana));
  told();
  say(present(luis, { agentName: 'Luis Paz', silentSince: NOW }));
  expect(told()).toBeUndefined();
  say(put(fakeTicket(2, NOW - 61_000, { epoch: 1 })));
  expect(told()).toEqual({ version: 2, count: 0, silent: 0 });
  expect(rows()).toEqual([]);
});

test('[R10] presences and the cursor move together, and those of a branch that starts over go', () => {
  say(present(ana, { silentSince: NOW }));
  opened.cache.exec(
    "CREATE TEMP TRIGGER broken BEFORE UPDATE ON branch.cursors BEGIN SELECT RAISE(ABORT, 'broken'); END",
  );
  expect(() => say(present(luis), put(attended(2, ana, NOW)))).toThrow('broken');
  opened.cache.exec('DROP TRIGGER broken');
  const agents = () => opened.cache.prepare('SELECT agent_id FROM presences ORDER BY agent_id').pluck().all();
  expect(agents()).toEqual([ana]);
  const elsewhere = idOf<BranchId>('b', 2);
  const other = present(ana, { branchId: elsewhere });
  for (const [stream, bodies] of [
    [`branch:${elsewhere}`, [other]],
    [`branch:${branch}`, [present(luis)]],
  ] as const) {
    opened.store['stream.apply'](
      JSON.stringify({ type: 'snapshot', stream, seq: 9, isFirst: true, isLast: true, bodies }),
    );
  }
  expect(agents()).toEqual([luis]);
  opened.store['viewer.set']({ agentId: ana, branchId: elsewhere });
  expect(agents()).toEqual([ana]);
});

test('[PD1] a ticket whose finish waits to be sent is in attention no more', () => {
  const header = attended(2, luis, NOW - 1_000);
  say(put(header));
  expect(told()?.count).toBe(1);
  const { attentionId } = header.holder!;
  const entry = outboxEntry({ body: { type: 'attention.finish', ticketId: header.id, attentionId, epoch: 1 } });
  const command = { ...entry.pending.command, authorId: luis };
  opened.store['outbox.add']({ ...entry, pending: { ...entry.pending, command } }, []);
  expect(told()).toMatchObject({ count: 0 });
});
