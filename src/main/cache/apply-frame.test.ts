import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangeBody } from '../../protocol/change.ts';
import { SharedFile } from '../../protocol/files/shared-file.ts';
import type { EventId } from '../../protocol/ids.ts';
import { ana, branch, company, fakeOffice, fakeTicket, idOf } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
});
afterEach(() => {
  opened.close();
  home.remove();
});

const stream = `branch:${branch}`;
const own = `agent:${ana}`;
const put = (number: number): ChangeBody => ({ type: 'ticket.put', header: fakeTicket(number, 1_000) });
const changes = (from: number, bodies: unknown[], name = stream) =>
  opened.store['stream.apply'](
    JSON.stringify({
      type: 'changes',
      stream: name,
      changes: bodies.map((body, index) => ({ seq: from + index, body })),
    }),
  );
const snapshot = (seq: number, bodies: unknown[], isFirst = true, isLast = true) =>
  opened.store['stream.apply'](JSON.stringify({ type: 'snapshot', stream, seq, isFirst, isLast, bodies }));
const numbers = (): unknown[] => opened.cache.prepare('SELECT number FROM headers ORDER BY number').pluck().all();
const cursor = (): number | undefined => opened.store['stream.cursors']()[stream];

test('[R10] changes move the rows and the cursor together', () => {
  expect(changes(1, [put(1), put(2)]).status).toBe('applied');
  expect([numbers(), cursor()]).toEqual([[1, 2], 2]);
});

test('[R10] when the cursor cannot be written, the rows are not there either', () => {
  changes(1, [put(1)]);
  opened.cache.exec(
    "CREATE TEMP TRIGGER broken BEFORE UPDATE ON branch.cursors BEGIN SELECT RAISE(ABORT, 'broken'); END",
  );
  expect(() => changes(2, [put(2), put(3)])).toThrow('broken');
  expect([numbers(), cursor()]).toEqual([[1], 1]);
});

test('[R10] a gap is refused whole, a repeat is passed over, an overlap is taken from where it is new', () => {
  changes(1, [put(1), put(2)]);
  expect(changes(4, [put(4)]).status).toBe('gap');
  expect(changes(1, [put(1)]).status).toBe('repeated');
  expect(changes(2, [put(2), put(3)]).status).toBe('applied');
  expect([numbers(), cursor()]).toEqual([[1, 2, 3], 3]);
});

test('a change of a type that this version does not know is passed over and counted in the cursor', () => {
  const outcome = changes(1, [put(1), { type: 'hologram.put', hologram: {} }, put(2)]);
  expect(outcome).toMatchObject({ status: 'applied', broken: 0 });
  expect([numbers(), cursor()]).toEqual([[1, 2], 3]);
});

test('[B95] a change of a known type in a wrong shape does not stop the rest', () => {
  const outcome = changes(1, [{ type: 'ticket.put', header: { id: 7 } }, put(2)]);
  expect(outcome).toMatchObject({ status: 'applied', broken: 1 });
  expect(numbers()).toEqual([2]);
});

test('a snapshot replaces the stream only when its last part has come', () => {
  changes(1, [put(1), put(2)]);
  expect(snapshot(9, [put(3)], true, false).status).toBe('waitsForRest');
  expect([numbers(), cursor()]).toEqual([[1, 2], 2]);
  expect(snapshot(9, [put(4)], false, true).status).toBe('applied');
  expect([numbers(), cursor()]).toEqual([[3, 4], 9]);
});

test('the rest of a snapshot whose connection broke is not taken for a part of the next', () => {
  snapshot(9, [put(3)], true, false);
  opened.store['stream.restart']();
  expect(snapshot(9, [put(4)], false, true).status).toBe('gap');
  expect(numbers()).toEqual([]);
});

test('starting over one stream leaves the others', () => {
  changes(1, [{ type: 'office.put', office: fakeOffice() }], `company:${company}`);
  const content = { ticketId: fakeTicket(2, 1).id, contact: null, topicIds: [], events: [] };
  changes(1, [{ type: 'content.put', content }], own);
  snapshot(1, [put(1)]);
  snapshot(5, []);
  expect(numbers()).toEqual([]);
  expect(opened.store['stream.cursors']()).toMatchObject({ [own]: 1, [`company:${company}`]: 1, [stream]: 5 });
  expect(opened.cache.prepare('SELECT count(*) FROM contents').pluck().get()).toBe(1);
});

test('an event is added once to a timeline that this stream carries, and to no other', () => {
  const header = fakeTicket(1, 1_000);
  const event = {
    id: idOf<EventId>('5', 1),
    ticketId: header.id,
    occurredAt: 1,
    receivedAt: 1,
    isSuspect: false,
    agentId: ana,
    agentName: 'Ana',
    fact: { type: 'note.added', text: 'Hola' },
  };
  changes(1, [put(1)]);
  changes(1, [{ type: 'event.added', event }], own);
  expect(opened.store['desk.ticket'](header.id)?.timeline).toBeNull();
  const content = { ticketId: header.id, contact: null, topicIds: [], events: [event] };
  changes(
    2,
    [
      { type: 'content.put', content },
      { type: 'event.added', event },
    ],
    own,
  );
  expect(opened.store['desk.ticket'](header.id)?.timeline).toHaveLength(1);
  changes(4, [{ type: 'content.gone', ticketId: header.id }], own);
  expect(opened.store['desk.ticket'](header.id)?.timeline).toBeNull();
});

test('[S2-47] a file is added to a content that this desk has, once', () => {
  const { id: ticketId } = fakeTicket(1, 1);
  const file = SharedFile.parse({
    id: fakeTicket(2, 1).id,
    ticketId,
    attentionId: null,
    from: 'guest',
    agentName: null,
    name: 'foto.jpg',
    kind: 'image/jpeg',
    bytes: 1,
    sha256: '',
    width: 1,
    height: 1,
    hasPreview: true,
    wasCleaned: true,
    sharedAt: 1,
  });
  const shown = () => opened.store['desk.ticket'](ticketId)?.files;
  changes(1, [put(1)]);
  changes(1, [{ type: 'file.put', file }], own);
  expect(shown()).toBeNull();
  const content = { ticketId, contact: null, topicIds: [], events: [] };
  changes(
    2,
    [
      { type: 'content.put', content },
      { type: 'file.put', file },
      { type: 'file.put', file },
    ],
    own,
  );
  expect(shown()).toEqual([file]);
});

test('[T10] the contents of an agent leave the desk when another one works at it', () => {
  const content = { ticketId: fakeTicket(1, 1).id, contact: null, topicIds: [], events: [] };
  changes(1, [{ type: 'content.put', content }], own);
  opened.store['viewer.set']({ agentId: fakeOffice().agents[1]!.id, branchId: branch });
  expect(opened.cache.prepare('SELECT count(*) FROM contents').pluck().get()).toBe(0);
  expect(opened.store['stream.cursors']()).not.toHaveProperty(own);
});
