import { afterEach, beforeEach, expect, test } from 'vitest';
import { ana, branch, company, fakeOffice, fakeTicket } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../testing/test-store.ts';

let home: DeskHome;
let opened: ReturnType<typeof openTestStore>;
const viewer = { agentId: ana, branchId: branch };
const stream = `branch:${branch}`;
const own = `agent:${ana}`;
const ofCompany = `company:${company}`;

const say = (name: string, from: number, ...bodies: object[]) =>
  opened.store['stream.apply'](
    JSON.stringify({
      type: 'changes',
      stream: name,
      changes: bodies.map((body, index) => ({ seq: from + index, body })),
    }),
  );
const put = (number: number) => ({ type: 'ticket.put', header: fakeTicket(number, 1_000) });
const presence = {
  type: 'presence.put',
  presence: { branchId: branch, agentId: ana, agentName: 'Ana', moduleId: null, silentSince: 1 },
};

beforeEach(() => {
  home = createDeskHome();
  opened = openTestStore(home);
  say(ofCompany, 1, { type: 'office.put', office: fakeOffice() });
  say(stream, 1, put(1), put(2), put(3), presence);
  say(own, 1, { type: 'content.gone', ticketId: fakeTicket(9, 1).id });
});
afterEach(() => {
  opened.close();
  home.remove();
});

const waiting = (): number[] => {
  opened.store['desk.changes'](2_000);
  return opened.store['desk.window'](0, 100).rows.map(({ header }) => header.number);
};

test.each([
  ['a bad enum', `kind = 'hologram'`],
  ['a state that does not exist', `state = 'flying'`],
  ['half of a holder', `holder_id = '${ana}'`],
  ['a number below any', 'call_count = -1'],
  ['half of the text', 'business_day = substr(business_day, 1, 5)'],
  ['no text', `turn_code = ''`],
])('[B95] %s is set apart: the list still loads, and the server is asked for the branch again', (_what, damage) => {
  opened.cache.exec(`UPDATE headers SET ${damage} WHERE number = 2`);
  expect(opened.store['viewer.set'](viewer)).toBe(1);
  expect(waiting()).toEqual([1, 3]);
  expect(opened.store['stream.cursors']()).toEqual({ [ofCompany]: 1, [own]: 1 });
  expect(opened.store['desk.ticket'](fakeTicket(2, 1_000).id)).toBeNull();
  // What comes on the old line does not fit any more; the new one brings all of it.
  expect(say(stream, 5, put(4)).status).toBe('gap');
  const bodies = [put(1), put(2), put(3), put(4)];
  opened.store['stream.apply'](
    JSON.stringify({ type: 'snapshot', stream, seq: 5, isFirst: true, isLast: true, bodies }),
  );
  expect(waiting()).toEqual([1, 2, 3, 4]);
  expect(opened.store['viewer.set'](viewer)).toBe(0);
});

test('[B95] a header that the server sends again just as it was is left out, and the stream goes on', () => {
  const spoil = (): void => {
    opened.cache.exec(`UPDATE headers SET kind = 'hologram' WHERE number = 2`);
    opened.store['viewer.set'](viewer);
  };
  spoil();
  expect(opened.store['stream.cursors']()).not.toHaveProperty(stream);
  const bodies = [put(1), put(2), put(3), put(4)];
  opened.store['stream.apply'](
    JSON.stringify({ type: 'snapshot', stream, seq: 5, isFirst: true, isLast: true, bodies }),
  );
  spoil();
  expect(waiting()).toEqual([1, 3, 4]);
  expect(opened.store['stream.cursors']()).toHaveProperty(stream, 5);
  expect(say(stream, 6, put(2)).status).toBe('applied');
  expect(waiting()).toEqual([1, 2, 3, 4]);
  expect(opened.cache.pragma('branch.integrity_check', { simple: true })).toBe('ok');
});

test('[B95] a header damaged while the desk works is set apart where it is asked for', () => {
  opened.store['viewer.set'](null);
  opened.cache.exec(`UPDATE headers SET requeues = -1 WHERE number = 3`);
  opened.store['viewer.set'](viewer);
  expect(waiting()).toEqual([1, 2]);
});

test.each([
  ['presences', stream],
  ['statuses', own],
])('[B95] a damaged row of %s is absent, once, and its stream starts over', (table, damaged) => {
  const status = {
    agentId: ana,
    state: 'online',
    nextState: null,
    isManual: true,
    since: 1,
    cause: 'agent',
    branchId: branch,
    moduleId: null,
  };
  opened.cache
    .prepare('INSERT OR REPLACE INTO statuses (agent_id, json) VALUES (?, ?)')
    .run(ana, JSON.stringify(status));
  opened.cache.exec(`UPDATE ${table} SET json = '{"state":"flying"}'`);
  opened.store['viewer.set'](viewer);
  expect(waiting()).toEqual([1, 2, 3]);
  expect(opened.store['stream.cursors']()).not.toHaveProperty(damaged);
  expect(opened.cache.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
});

test('[B95] a damaged office is fetched again', () => {
  opened.cache.exec(`UPDATE office SET json = json_set(json, '$.services[0].kind', 'hologram')`);
  opened.store['viewer.set'](viewer);
  expect(opened.store['desk.changes'](2_000)).toEqual({});
  expect(opened.store['stream.cursors']()).not.toHaveProperty(ofCompany);
  say(ofCompany, 1, { type: 'office.put', office: fakeOffice() });
  expect(waiting()).toEqual([1, 2, 3]);
});

test('[B95] a ticket of a service that the office does not have opens all the same, and no list breaks', () => {
  const header = { ...fakeTicket(4, 1_000), serviceId: fakeOffice().branches[0]!.id };
  say(stream, 5, { type: 'ticket.put', header });
  opened.store['viewer.set'](viewer);
  expect(() => waiting()).not.toThrow();
  expect(opened.store['desk.ticket'](header.id)).toMatchObject({ header: { number: 4 } });
});

test('[B95] a bad row of the outbox costs the cache nothing: the call that meets it fails, and says so', () => {
  opened.store['viewer.set'](viewer);
  expect(waiting()).toEqual([1, 2, 3]);
  const entry = outboxEntry();
  opened.store['outbox.add'](entry);
  opened.outbox.exec(`UPDATE outbox SET sealed = x'00'`);
  // After a write that failed the file is read anew.
  expect(() => opened.store['outbox.add'](entry)).toThrow('UNIQUE');
  expect(() => opened.store['desk.changes'](3_000)).toThrow('authentication tag');
  expect(opened.store['stream.cursors']()).toEqual({ [ofCompany]: 1, [stream]: 4, [own]: 1 });
  opened.outbox.exec('DELETE FROM outbox');
  opened.close();
  opened = openTestStore(home);
  opened.store['viewer.set'](viewer);
  expect(waiting()).toEqual([1, 2, 3]);
});
