import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { displayState } from '../queries/display-state.ts';
import { kioskOffer } from '../queries/kiosk-offer.ts';
import { readSnapshot } from '../queries/read-snapshot.ts';
import { findTurn, turnStates } from '../queries/turn-state.ts';
import { attend, call, deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestOffice } from '../testing/office-factory.ts';
import { changesOf, openServer, type TestServer } from '../testing/open-server.ts';
import { connectDesk, openDoors } from '../testing/socket-client.ts';

let server: TestServer;
let office: TestOffice;
beforeEach(async () => {
  server = await openServer({ dispatches: true });
  office = await newOffice(server);
});
afterEach(() => server.close());

/** What a hand, a restore or another program may have left in the row of a ticket. */
const DAMAGES: [string, string][] = [
  ['a bad enum', `jsonb_set(header, '{kind}', '"hologram"')`],
  ['a state that does not exist', `jsonb_set(header, '{state}', '"flying"')`],
  ['null in place of a header', `'null'::jsonb`],
  ['null in place of a number', `jsonb_set(header, '{number}', 'null')`],
  ['an empty object', `'{}'::jsonb`],
  ['a list', `'[]'::jsonb`],
  ['the header of another ticket', `jsonb_set(header, '{id}', '"${uuidv7()}"')`],
];

const damage = (ticketId: string, header: string) =>
  sql`UPDATE ticket SET header = ${sql.raw(header)} WHERE id = ${ticketId}`.execute(server.context.store.db);

test.each(DAMAGES)('[B95] %s is set apart: line, pages, desks and calls go on with the rest', async (_what, header) => {
  const bad = await issue(office);
  const good = await issue(office);
  await damage(bad.id, header);
  const display = await displayState(server.context, office.branch);
  expect(display.waiting).toEqual({ count: 1, codes: [good.code] });
  const offer = await kioskOffer(server.context, office.branch);
  expect(offer.services.find(({ slug }) => slug === 'caja')?.waiting).toBe(1);
  const turns = await turnStates(server.context, office.branch.id, [bad.id, good.id]);
  expect([...turns.keys()]).toEqual([good.id]);
  const next = await issue(office);
  expect(next.position).toBe(2);
  // The system still calls, and it calls those who can be called.
  const ana = await newAgent(office, { state: 'resting' });
  await deliver(ana, { type: 'status.choose', state: 'online', cause: 'agent' });
  await server.context.dispatcher.settled();
  expect(await headerOf(office, good.id)).toMatchObject({ state: 'calling', holder: { agentId: ana.id } });
  // A desk gets all that can be read.
  const doorway = await openDoors(server);
  const client = await connectDesk(doorway, ana);
  const headers = client.frames.flatMap((frame) =>
    frame.type === 'snapshot'
      ? frame.bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header.id] : []))
      : [],
  );
  expect(headers.toSorted()).toEqual([good.id, next.id].toSorted());
  await doorway.close();
});

test.each(DAMAGES)('[B95] %s: an act on it is refused, and the acts behind it are done', async (_what, header) => {
  const ana = await newAgent(office, { isManual: true });
  const luis = await newAgent(office, { firstName: 'Luis', isManual: true });
  const held = await issue(office);
  const quoted = await attend(luis, held.id);
  const bad = await issue(office);
  const good = await issue(office);
  await damage(bad.id, header);
  expect(await deliver(ana, { type: 'ticket.call', ticketId: bad.id, attentionId: uuidv7() })).toMatchObject({
    status: 'refused',
    error: { code: 'NOT_FOUND', field: 'ticketId' },
  });
  expect(await call(ana, good.id)).toMatchObject({ epoch: 1 });
  await damage(held.id, header);
  expect(await deliver(luis, { type: 'attention.finish', ...quoted })).toMatchObject({
    status: 'refused',
    error: { code: 'NOT_FOUND', field: 'ticketId' },
  });
  expect((await readSnapshot(server.context.store, `agent:${luis.id}`, server.clock.now)).bodies).toHaveLength(1);
});

test('[B95] a line of a timeline that cannot be read does not hide the rest of it', async () => {
  const ana = await newAgent(office, { isManual: true });
  const { id } = await issue(office);
  await attend(ana, id);
  await deliver(ana, { type: 'note.add', ticketId: id, text: 'Vuelve mañana' });
  await sql`UPDATE event SET fact = '{"type":"ticket.teleported"}' WHERE fact ->> 'type' = 'ticket.called'`.execute(
    server.context.store.db,
  );
  await sql`UPDATE event SET fact = 'null' WHERE fact ->> 'type' = 'ticket.attended'`.execute(server.context.store.db);
  const { bodies } = await readSnapshot(server.context.store, `agent:${ana.id}`, server.clock.now);
  const content = bodies.find((body) => body.type === 'content.put')?.content;
  expect(content?.events.map(({ fact }) => fact.type)).toEqual(['ticket.created', 'note.added']);
});

test('[B95] a ticket of a service that is gone waits in no line of anybody, and the rest is called', async () => {
  const orphan = await issue(office);
  const good = await issue(office);
  const nowhere = uuidv7();
  await server.context.store.db.transaction().execute(async (tx) => {
    // As a restore without its checks would leave it.
    await sql`SET LOCAL session_replication_role = replica`.execute(tx);
    await sql`UPDATE ticket SET service_id = ${nowhere}, contact_id = ${nowhere},
                header = jsonb_set(header, '{serviceId}', ${JSON.stringify(nowhere)}::jsonb)
              WHERE id = ${orphan.id}`.execute(tx);
  });
  const ana = await newAgent(office);
  server.context.dispatcher.trigger(office.branch.id);
  await server.context.dispatcher.settled();
  expect(await headerOf(office, good.id)).toMatchObject({ state: 'calling', holder: { agentId: ana.id } });
  const display = await displayState(server.context, office.branch);
  expect(display.waiting.codes).toEqual([orphan.code]);
  const turn = await findTurn(server.context, orphan.turnUrl.split('#')[1]!);
  const states = await turnStates(server.context, office.branch.id, [turn!.ticketId]);
  expect(states.get(orphan.id)).toMatchObject({ code: orphan.code, serviceName: '' });
});

test.each([
  ['in the middle', [3]],
  ['at the end', [5]],
  ['of several', [2, 4]],
])('[B95] a hole in the log %s: the desk starts over and misses nothing', async (_where, gone) => {
  const ana = await newAgent(office, { isConnected: false, state: 'resting' });
  const ids = [];
  for (let index = 0; index < 5; index += 1) ids.push((await issue(office)).id);
  const branch = `branch:${office.branch.id}`;
  expect(await changesOf(server, branch)).toHaveLength(5);
  await server.context.store.db.deleteFrom('change').where('stream', '=', branch).where('seq', 'in', gone).execute();
  const doorway = await openDoors(server);
  const cursors = { [`company:${office.companyId}`]: 0, [`agent:${ana.id}`]: 0, [branch]: 1 };
  const client = await connectDesk(doorway, ana, cursors);
  const ofBranch = client.frames.filter((frame) => 'stream' in frame && frame.stream === branch);
  expect(ofBranch.find(({ type }) => type === 'snapshot')).toMatchObject({ seq: 5, isFirst: true, isLast: true });
  const headers = ofBranch.flatMap((frame) =>
    frame.type === 'snapshot'
      ? frame.bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header.id] : []))
      : [],
  );
  expect(headers.toSorted()).toEqual(ids.toSorted());
  const { id } = await issue(office);
  await client.frame('changes', ({ stream, changes }) => stream === branch && JSON.stringify(changes).includes(id));
  await doorway.close();
});
