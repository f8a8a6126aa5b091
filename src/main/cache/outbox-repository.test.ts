import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { CommandResult } from '../../protocol/commands/agent-command.ts';
import type { CommandId } from '../../protocol/ids.ts';
import { ana, branch, fakeTicket, luis } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../testing/test-store.ts';

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
});
afterEach(() => {
  opened.close();
  home.remove();
});

const stream = `branch:${branch}`;
const ids = (): string[] => opened.store['outbox.unanswered'](250).map(({ pending }) => pending.command.id);
const rows = (): unknown => opened.outbox.prepare('SELECT count(*) FROM outbox').pluck().get();
const add = (text = 'Nota'): CommandId => {
  const entry = outboxEntry({ text });
  opened.store['outbox.add'](entry);
  return entry.pending.command.id;
};
const accepted = (id: CommandId, seq: number): CommandResult => ({
  id,
  status: 'accepted',
  positions: [{ stream, seq }],
});
const refused = (id: CommandId): CommandResult => ({
  id,
  status: 'refused',
  error: { code: 'WRONG_STATE', title: 'No', retryable: false, requestId: 'r' },
});
const applyUpTo = (seq: number): void => {
  const bodies = Array.from({ length: seq }, (_, index) => ({
    seq: index + 1,
    body: { type: 'ticket.put', header: fakeTicket(index + 1, 1) },
  }));
  opened.store['stream.apply'](JSON.stringify({ type: 'changes', stream, changes: bodies }));
};

test('rows go out in the order in which they were written', () => {
  const written = [add('a'), add('b'), add('c')];
  expect(ids()).toEqual(written);
});

test('[R3] an accepted row stays until the cursor has passed its changes', () => {
  opened.store['stream.follow']([stream]);
  const id = add();
  opened.store['outbox.answer']([accepted(id, 2)]);
  expect([ids(), rows()]).toEqual([[], 1]);
  applyUpTo(1);
  expect(rows()).toBe(1);
  applyUpTo(2);
  expect(rows()).toBe(0);
});

test('[R3] a stream that this desk does not follow counts as passed', () => {
  opened.store['stream.follow']([]);
  const id = add();
  opened.store['outbox.answer']([accepted(id, 40)]);
  expect(rows()).toBe(0);
});

test('[R5] a refused row moves to "No enviado" with the reason, and the rest stays in order', () => {
  const [first, second, third] = [add('a'), add('b'), add('c')];
  opened.store['outbox.answer']([refused(second)]);
  expect(ids()).toEqual([first, third]);
  expect(opened.refused()).toMatchObject([{ act: { type: 'note.add', text: 'b' }, error: { code: 'WRONG_STATE' } }]);
  expect(opened.store['outbox.discard'](ana, [second])).toBe(true);
  expect(opened.store['outbox.discard'](ana, [second])).toBe(false);
});

test('[R5] sending again takes a new id, since the server remembers its answer to the old one', () => {
  const id = add('a');
  const later = add('b');
  const newId = uuidv7() as CommandId;
  opened.store['outbox.answer']([refused(id)]);
  expect(opened.store['outbox.retry'](ana, id, newId)).toBe(true);
  expect(ids()).toEqual([later, newId]);
  expect(opened.store['outbox.retry'](ana, id, newId)).toBe(false);
});

test('[R3] until the server has said which streams it sends, an answered row stays', () => {
  const [followed, elsewhere] = [add(), add()];
  opened.store['outbox.answer']([
    accepted(followed, 2),
    { id: elsewhere, status: 'accepted', positions: [{ stream: `agent:${luis}`, seq: 1 }] },
  ]);
  expect(rows()).toBe(2);
  opened.store['stream.follow']([stream]);
  expect(rows()).toBe(1);
  applyUpTo(2);
  expect(rows()).toBe(0);
});

test("[R5] what was refused to one agent is not another one's to send again, to discard or to replace", () => {
  const id = add();
  opened.store['outbox.answer']([refused(id)]);
  expect(opened.store['outbox.retry'](luis, id, uuidv7() as CommandId)).toBe(false);
  expect(opened.store['outbox.discard'](luis, [id])).toBe(false);
  const entry = outboxEntry({ text: 'de Luis' });
  const command = { ...entry.pending.command, authorId: luis };
  opened.store['outbox.add']({ ...entry, pending: { ...entry.pending, command } }, [id]);
  expect(opened.refused()).toMatchObject([{ pending: { command: { id } } }]);
});

test('[R5] a correction and the refused row that it replaces change places in one transaction', () => {
  const id = add('mal escrita');
  opened.store['outbox.answer']([refused(id)]);
  const corrected = outboxEntry({ text: 'bien escrita' });
  // The disk is full, or the machine stops: the row that comes cannot be written.
  opened.outbox.exec("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
  expect(() => opened.store['outbox.add'](corrected, [id])).toThrow('full');
  expect(opened.refused()).toMatchObject([{ act: { text: 'mal escrita' } }]);
  opened.outbox.exec('DROP TRIGGER full');
  // Nor does the one that comes stay when the one that goes cannot go.
  opened.outbox.exec("CREATE TRIGGER full BEFORE DELETE ON refused BEGIN SELECT RAISE(ABORT, 'full'); END");
  expect(() => opened.store['outbox.add'](corrected, [id])).toThrow('full');
  expect(ids()).toEqual([]);
  opened.outbox.exec('DROP TRIGGER full');
  opened.store['outbox.add'](corrected, [id]);
  expect(opened.refused()).toEqual([]);
  expect(ids()).toEqual([corrected.pending.command.id]);
});

test('[R9] the same answer twice changes nothing more', () => {
  const id = add();
  opened.store['outbox.answer']([refused(id)]);
  opened.store['outbox.answer']([refused(id), accepted(id, 1)]);
  expect(opened.outbox.prepare('SELECT count(*) FROM refused').pluck().get()).toBe(1);
  expect(rows()).toBe(0);
});

test('a freed attention is told by the row that it concerned', () => {
  const id = add();
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  const { superseded } = opened.store['outbox.answer']([{ id, status: 'superseded', positions: [] }]);
  expect(superseded.map(({ subject }) => subject.turnCode)).toEqual(['C-001']);
  expect(rows()).toBe(0);
});

test("what was superseded of one agent's is not told to the next at the desk", () => {
  const id = add();
  opened.store['viewer.set']({ agentId: luis, branchId: branch });
  const { superseded } = opened.store['outbox.answer']([{ id, status: 'superseded', positions: [] }]);
  expect(superseded).toEqual([]);
  expect(rows()).toBe(0);
});
