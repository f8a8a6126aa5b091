import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CurrentFact, HandledFact } from '../../bridge/facts.ts';
import type { Writing } from '../../bridge/writing.ts';
import type { AttentionId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { migrate } from '../../cache-file/migrate.ts';
import { ana, branch, company, fakeOffice, fakeTicket, idOf, luis } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';
import { keyFits } from './key-check.ts';
import { outboxMigrations } from './outbox-migrations.ts';
import { createSealer } from './sealer.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const attentionId = idOf<AttentionId>('9', 1);
const inHand: TicketHeader = {
  ...fakeTicket(1, NOW),
  state: 'attending',
  holder: { agentId: ana, agentName: 'Ana', moduleId: null, attentionId, epoch: 1 },
  epoch: 1,
  attendingSince: NOW,
};
const mark: Writing = { kind: 'mark', attentionId, momentMs: 5_000, text: 'canario-del-tag' };
const terms: Writing = { kind: 'terms', termsId: null, title: 'Título', text: 'canario-de-los-términos' };

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
let seq = 0;
const put = (header: TicketHeader): void => {
  seq += 1;
  const bodies = [{ type: 'ticket.put', header }];
  const frame = { type: 'snapshot', stream: `branch:${branch}`, seq, isFirst: true, isLast: true, bodies };
  opened.store['stream.apply'](JSON.stringify(frame));
};
const open = (): void => {
  opened = openTestStore(home);
  const bodies = [{ type: 'office.put', office: fakeOffice() }];
  const frame = { type: 'snapshot', stream: `company:${company}`, seq: 1, isFirst: true, isLast: true, bodies };
  opened.store['stream.apply'](JSON.stringify(frame));
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
};
beforeEach(() => {
  home = createDeskHome();
  open();
  put(inHand);
});
afterEach(() => {
  opened.close();
  home.remove();
});

const facts = () => opened.store['desk.changes'](NOW);
const kept = (): CurrentFact['writings'] | undefined => facts().current?.writings;
const offered = (): HandledFact['writings'] | undefined => facts().handled?.writings;
const rows = (): unknown => opened.outbox.prepare('SELECT count(*) FROM writings').pluck().get();

test('[S2-45] [S2-41] [R3] what was begun on the ticket in hand outlives the desk, one of each kind, the latest', () => {
  opened.store['writing.save'](ana, inHand.id, 'mark', { ...mark, text: 'antes' });
  opened.store['writing.save'](ana, inHand.id, 'mark', mark);
  opened.store['writing.save'](ana, inHand.id, 'terms', terms);
  opened.close();
  open();
  expect(kept()).toEqual([mark, terms]);
  opened.store['writing.save'](ana, inHand.id, 'mark', null);
  expect(kept()).toEqual([terms]);
});

test('[S2-45] what was begun on a ticket that passed on is offered to its agent, and to nobody else', () => {
  opened.store['writing.save'](ana, inHand.id, 'mark', mark);
  opened.store['writing.save'](ana, inHand.id, 'terms', terms);
  put({ ...inHand, state: 'waiting', holder: null, attendingSince: null });
  const { id: ticketId, turnCode } = inHand;
  expect(offered()).toEqual([
    { ticketId, turnCode, writing: mark },
    { ticketId, turnCode, writing: terms },
  ]);
  opened.store['viewer.set']({ agentId: luis, branchId: branch });
  expect(offered()).toEqual([]);
});

test('[T10] on the disk it is sealed', () => {
  opened.store['writing.save'](ana, inHand.id, 'mark', mark);
  opened.store['writing.save'](ana, inHand.id, 'terms', terms);
  const sealed = opened.outbox.prepare<[], Buffer>('SELECT sealed FROM writings').pluck().all();
  expect(sealed).toHaveLength(2);
  expect(Buffer.concat(sealed).includes('canario')).toBe(false);
});

test('it stays for 30 days after its ticket closed, then it goes', () => {
  const prune = (now: number): void => {
    opened.store['stream.caughtUp'](now);
    opened.store['cache.prune'](now);
  };
  opened.store['writing.save'](ana, inHand.id, 'mark', mark);
  put({ ...inHand, state: 'closed', outcome: 'finished', holder: null, closedAt: NOW });
  prune(NOW);
  prune(NOW + 30 * DAY);
  expect(rows()).toBe(1);
  prune(NOW + 30 * DAY + 1);
  expect(rows()).toBe(0);
});

test('[R3] [S2-46] what was begun in a chat on an older desk is there after its update', () => {
  opened.close();
  home.remove();
  home = createDeskHome();
  mkdirSync(home.databaseFolder, { recursive: true });
  const older = new Database(join(home.databaseFolder, 'outbox.db'));
  migrate(older, outboxMigrations.slice(0, 4));
  const sealer = createSealer(home.key!);
  keyFits(older, sealer);
  const keep = older.prepare(
    'INSERT INTO message_drafts (agent_id, ticket_id, sealed, idle_since) VALUES (?, ?, ?, ?)',
  );
  const sealed = (ticketId: string, text: string): Buffer => sealer.seal(`message draft ${ana} ${ticketId}`, text);
  const other = fakeTicket(2, NOW);
  keep.run(ana, inHand.id, sealed(inHand.id, 'Le cuento que'), null);
  keep.run(ana, other.id, sealed(other.id, 'antes'), NOW);
  // What was begun since goes before it.
  const begun: Writing = { kind: 'message', text: 'después' };
  older
    .prepare('INSERT INTO writings (agent_id, ticket_id, kind, sealed) VALUES (?, ?, ?, ?)')
    .run(ana, other.id, 'message', sealer.seal(`writing ${ana} ${other.id} message`, begun));
  older.close();

  seq = 0;
  open();
  put(inHand);
  expect(opened.report.rebuilt).toBeNull();
  const { current, handled } = facts();
  expect(current?.writings).toEqual([{ kind: 'message', text: 'Le cuento que' }]);
  expect(handled?.writings).toMatchObject([{ ticketId: other.id, writing: begun }]);
  expect(rows()).toBe(2);
  const onDisk = opened.outbox.prepare<[], Buffer>('SELECT sealed FROM writings').pluck().all();
  expect(Buffer.concat(onDisk).includes('cuento')).toBe(false);
  // Read again, it is as any other.
  opened.close();
  open();
  expect(kept()).toEqual([{ kind: 'message', text: 'Le cuento que' }]);
});
