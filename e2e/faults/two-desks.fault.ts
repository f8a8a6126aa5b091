import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Act } from '../../src/bridge/act.ts';
import type { OutboxFact } from '../../src/bridge/facts.ts';
import type { ContactId, TicketId, TopicId } from '../../src/protocol/ids.ts';
import { issueTicket, openAgentClient, type AgentClient, type LooseBody } from './support/agent-client.ts';
import { converged } from './support/branch-view.ts';
import { amount, chanceOfTest, type Chance } from './support/chance.ts';
import { layChaosWire, type ChaosWire } from './support/chaos-wire.ts';
import { checkEdits, type Edit } from './support/check-edits.ts';
import { checkHistory, type Stored } from './support/check-history.ts';
import { openFaultDesk, type FaultDesk } from './support/fault-desk.ts';
import { openFaultOffice, type FaultOffice } from './support/fault-office.ts';
import { openHistory, type History } from './support/history.ts';
import { storedNotes } from './support/stored.ts';

const CONTACT = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Rosa', lastName: 'Peralta' };
const FIELDS = ['firstName', 'lastName', 'phone', 'email'] as const;
type Field = (typeof FIELDS)[number];

interface Place {
  /** Of its agent. */
  name: string;
  desk: FaultDesk;
  wire: ChaosWire;
  /** Attended here, a ticket of the one customer of all these tests. */
  ticketId: TicketId;
}

let office: FaultOffice;
let url: string;
let places: [Place, Place];
/** Sits at neither desk, and has a ticket of the same customer that nobody holds. */
let third: AgentClient;
let waitingId: TicketId;
let contactId: ContactId;
const closes: (() => Promise<void>)[] = [];

beforeAll(async () => {
  office = await openFaultOffice({ agents: 3, servers: 1 });
  closes.push(office.close);
  url = office.servers[0]!.url;
  third = await openAgentClient(url, 3);
  places = await Promise.all([openPlace(1), openPlace(2)]);
  waitingId = (await issueTicket(url, uuidv7(), { contact: CONTACT })).id;
  for (const { desk } of places) await converged(desk, office);
  contactId = places[0].desk.window().latest('current.changed')!.ticket!.contact!.id;
});
afterAll(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

async function openPlace(number: number): Promise<Place> {
  const wire = await layChaosWire(url);
  closes.push(wire.close);
  const desk = await openFaultDesk({ serverUrl: wire.url, dataFolder: join(office.folder, `desk-${number}`), number });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.enter();
  await desk.lineUp();
  const window = desk.window();
  await window.call('act', { type: 'status.setManual', isManual: true });
  await desk.delivered();
  const { id: ticketId } = await issueTicket(url, uuidv7(), { contact: CONTACT });
  await converged(desk, office);
  await window.call('act', { type: 'ticket.call', ticketId });
  await window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  await window.call('act', { type: 'attention.begin', ticketId });
  await window.until(
    'current.changed',
    ({ ticket }) => ticket?.header.state === 'attending' && ticket.contact !== null,
  );
  return { name: `Agente${number} Rojas`, desk, wire, ticketId };
}

async function readContact(): Promise<Record<Field, string | null>> {
  const { rows } = await sql<Record<Field, string | null>>`
    SELECT first_name AS "firstName", last_name AS "lastName", phone, email FROM contact WHERE id = ${contactId}
  `.execute(office.store.db);
  return rows[0]!;
}

const refusedAt = ({ desk }: Place): OutboxFact['refused'] => desk.window().latest('outbox.changed')?.refused ?? [];

/** The line is whole again, all that could be delivered has been, and the desk shows the contact that the server has. */
async function settle({ desk, wire }: Place): Promise<void> {
  wire.mend();
  await desk.lineUp();
  await desk.hurried(desk.delivered());
  const stored = await readContact();
  await desk
    .window()
    .until('current.changed', ({ ticket }) =>
      FIELDS.every((field) => (ticket?.contact?.[field] ?? null) === stored[field]),
    );
}

const textFor = (field: Field, index: number): string => {
  if (field === 'phone') return `+57300${String(1_000_000 + index)}`;
  return field === 'email' ? `rosa${index}@correo.test` : `Rosa ${index}`;
};

const editOf = (ticketId: TicketId, { field, saw, wrote }: Edit) =>
  ({ type: 'contact.edit', ticketId, contactId, changes: { [field]: { from: saw, to: wrote } } }) as const;

/** Each text that an agent was told was not taken, with the reason. */
const toldAt = (place: Place): { by: string; wrote: string; reason: string }[] =>
  refusedAt(place).flatMap(({ act, error }) =>
    act.type !== 'contact.edit'
      ? []
      : Object.values(act.changes).map(({ to }) => ({ by: place.name, wrote: to ?? '', reason: error.code })),
  );

test('[R20] two desks and a third agent edit one contact, at once and without the line: whoever was not taken has both texts, and nobody’s vanished', async () => {
  const chance = chanceOfTest();
  const ways = ['together', 'apart', 'oneLate', 'bothLate', 'threeWays'] as const;
  const rounds = amount(ways.length, 25);
  let lastText = 0;
  const linesBefore = (await editLines()).length;
  const all: Edit[] = [];
  const told: { by: string; wrote: string; reason: string }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const way = ways[round % ways.length]!;
    const before = await readContact();
    const field = chance.pick(FIELDS);
    const other = chance.pick(FIELDS.filter((each) => each !== field));
    const write = (by: string, into: Field): Edit => {
      lastText += 1;
      return { by, field: into, saw: before[into], wrote: textFor(into, lastText) };
    };
    const edits = places.map(({ name }, index) => write(name, way === 'apart' && index === 1 ? other : field));
    const areAllLate = way === 'bothLate' || way === 'threeWays';
    const late = areAllLate ? places : way === 'oneLate' ? [chance.pick(places)] : [];
    for (const { wire } of late) wire.cut();
    await Promise.all(
      places.map(({ desk, ticketId }, index) => desk.window().call('act', editOf(ticketId, edits[index]!))),
    );
    for (const place of places) if (!late.includes(place)) await settle(place);
    if (way === 'threeWays') {
      const edit = write(third.name, field);
      edits.push(edit);
      const answer = await third.deliver(url, uuidv7(), editOf(waitingId, edit));
      expect(answer).toMatchObject({ status: 'accepted' });
    }
    const order = chance.below(2) === 0 ? places : places.toReversed();
    for (const place of order) await settle(place);
    for (const place of places) await settle(place);

    const shown = places.flatMap(toldAt);
    expect(shown.every(({ reason }) => reason === 'VERSION_CONFLICT')).toBe(true);
    // Of those who wrote into one field one was taken, and each of the others is told.
    expect(shown).toHaveLength(way === 'apart' ? 0 : edits.length - 1);
    expect(checkEdits(edits, { before, after: await readContact(), shown })).toEqual([]);
    all.push(...edits);
    told.push(...shown);
    for (const place of places) await discardAll(place);
  }
  // Whoever was taken stands in the timelines with their name, once each.
  const taken = all.filter(({ wrote }) => !told.some((each) => each.wrote === wrote));
  expect((await editLines()).slice(linesBefore).toSorted()).toEqual(taken.map(({ by }) => by).toSorted());
});

test('[R20] twin: who writes over whatever is there makes somebody’s text vanish, and the checker says so', async () => {
  const before = await readContact();
  const edits: Edit[] = [
    { by: third.name, field: 'lastName', saw: before.lastName, wrote: 'Peralta Ruiz' },
    { by: 'naive', field: 'lastName', saw: before.lastName, wrote: 'Peralta Gil' },
  ];
  for (const edit of edits) {
    const { lastName } = await readContact();
    const answer = await third.deliver(url, uuidv7(), editOf(waitingId, { ...edit, saw: lastName }));
    expect(answer).toMatchObject({ status: 'accepted' });
  }
  expect(checkEdits(edits, { before, after: await readContact(), shown: [] })).toEqual([
    `vanished: Peralta Ruiz of ${third.name} was overwritten by somebody who never saw it`,
  ]);
  for (const place of places) await settle(place);
});

/** Who edited the contact, as the timelines say. */
async function editLines(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT first_name || ' ' || last_name AS name FROM event JOIN agent ON agent.id = agent_id
    WHERE fact ->> 'type' = 'contact.edited' ORDER BY position
  `.execute(office.store.db);
  return rows.map(({ name }) => name);
}

async function discardAll(place: Place): Promise<void> {
  const window = place.desk.window();
  for (const { id } of refusedAt(place)) await window.call('outbox.discard', { id });
  await window.until('outbox.changed', ({ refused }) => refused.length === 0);
}

/** What the server can never take, in as many ways as an agent may come to it; `op` is in what the agent wrote. */
function poisonOf(chance: Chance, ticketId: TicketId, email: string | null): { op: string; act: Act } {
  const onTicket = { ticketId };
  switch (chance.below(3)) {
    case 0: {
      const op = uuidv7();
      return { op, act: { type: 'topics.choose', ...onTicket, topicIds: [op as TopicId] } };
    }
    case 1: {
      const op = `sin arroba ${chance.below(1_000_000)}`;
      return { op, act: { type: 'contact.edit', ...onTicket, contactId, changes: { email: { from: email, to: op } } } };
    }
    default: {
      const op = `Peralta ${chance.below(1_000_000)}`;
      const changes = { lastName: { from: 'Peralta de antes', to: op } };
      return { op, act: { type: 'contact.edit', ...onTicket, contactId, changes } };
    }
  }
}

const opOf = ({ act }: OutboxFact['refused'][number]): string => {
  if (act.type === 'topics.choose') return act.topicIds[0] ?? '';
  if (act.type === 'contact.edit') return Object.values(act.changes)[0]?.to ?? '';
  return act.type;
};

test('[R5] acts that the server can never take, in the middle of two desks’ outboxes: all others arrive in order, and each of them is in front of its agent', async () => {
  const chance = chanceOfTest();
  const { email } = await readContact();
  const history = openHistory();
  const poison: string[] = [];
  const tickets = [...places.map(({ ticketId }) => ticketId), waitingId];
  const notesBefore = (await storedNotes(office.store)).length;
  const rounds = amount(1, 5);
  for (let round = 0; round < rounds; round += 1) {
    for (const { wire } of places) wire.cut();
    for (const { desk, name, ticketId } of places) {
      const at = new Set([1 + chance.below(6), 7 + chance.below(6)]);
      for (let index = 0; index < 15; index += 1) {
        if (at.has(index)) {
          const { op, act } = poisonOf(chance, ticketId, email);
          poison.push(op);
          expect(await desk.perform(history, op, ticketId, act)).toBe('ok');
        } else {
          const op = `${name} ${round} ${index}`;
          const noted = chance.pick(tickets);
          expect(await desk.perform(history, op, noted, { type: 'note.add', ticketId: noted, text: op })).toBe('ok');
        }
      }
    }
    // The second is still without the line: nothing of it waits for the first, nor the other way round.
    const [first, second] = chance.below(2) === 0 ? places : places.toReversed();
    await settle(first!);
    await settle(second!);
  }

  const refusals = await sql<{ id: string; reason: string }>`
    SELECT id, answer -> 'error' ->> 'code' AS reason FROM command WHERE answer ->> 'status' = 'refused'
  `.execute(office.store.db);
  const items = places.flatMap(refusedAt);
  const shown = items.map((item) => ({ op: opOf(item), reason: item.error.code }));
  const reasonOf = new Map(refusals.rows.map(({ id, reason }) => [id, reason]));
  const refused = poison.map((op) => ({
    op,
    reason: reasonOf.get(items.find((item) => opOf(item) === op)?.id ?? '') ?? 'unknown',
  }));
  const effects = (await storedNotes(office.store)).slice(notesBefore);
  expect(effects).toHaveLength(rounds * 26);
  expect(checkHistory(history.events, { effects, holds: [], refused, shown })).toEqual([]);
  expect(shown).toHaveLength(rounds * 4);
  for (const place of places) await mendOne(place, history);
});

/** What an agent can do about it: correct one, send one again and be told again, forget the rest. */
async function mendOne(place: Place, history: History): Promise<void> {
  const window = place.desk.window();
  const [wrong, again] = refusedAt(place);
  const text = `en su lugar ${place.name}`;
  history.record({ type: 'invoke', client: place.name, op: text, ticketId: place.ticketId });
  const act = { type: 'note.add', ticketId: place.ticketId, text } as const;
  await window.call('outbox.replace', { ids: [wrong!.id], act });
  await place.desk.hurried(place.desk.delivered());
  expect((await storedNotes(office.store)).map(({ op }) => op)).toContain(text);
  await window.call('outbox.retry', { id: again!.id });
  const isBack = ({ refused }: OutboxFact): boolean =>
    refused.some((item) => item.id !== again!.id && opOf(item) === opOf(again!));
  const { refused } = await window.until('outbox.changed', isBack);
  expect(refused.some(({ id }) => id === wrong!.id)).toBe(false);
  await discardAll(place);
}

test('[R5] twin: an outbox that waits behind what is refused, and one that throws it away, are found out', async () => {
  const queue = (name: string): { op: string; body: LooseBody }[] =>
    Array.from({ length: 5 }, (_, index) => {
      const op = `${name} ${index}`;
      if (index !== 2) return { op, body: { type: 'note.add', ticketId: waitingId, text: op } };
      return { op, body: { type: 'topics.choose', ticketId: waitingId, topicIds: [uuidv7()] } };
    });
  const deliver = async (name: string, afterRefusal: 'stop' | 'goOn'): Promise<string[]> => {
    const history = openHistory();
    const refused: Stored['refused'] = [];
    for (const { op } of queue(name)) {
      const event = { client: name, op, ticketId: waitingId };
      history.record({ type: 'invoke', ...event });
      history.record({ type: 'ok', ...event });
    }
    for (const { op, body } of queue(name)) {
      const answer = await third.deliver(url, uuidv7(), body);
      if (answer.status === 'refused') {
        refused.push({ op, reason: answer.error.code });
        if (afterRefusal === 'stop') break;
      }
    }
    const effects = (await storedNotes(office.store)).filter(({ op }) => op.startsWith(name));
    const shown = afterRefusal === 'stop' ? refused : [];
    return checkHistory(history.events, { effects, holds: [], refused, shown });
  };
  expect(await deliver('waits', 'stop')).toEqual([
    'lost: waits 3 of waits was acknowledged',
    'lost: waits 4 of waits was acknowledged',
  ]);
  expect(await deliver('forgets', 'goOn')).toEqual([
    'hidden: forgets 2 was refused (NOT_FOUND) and is not in front of the agent',
  ]);
});
