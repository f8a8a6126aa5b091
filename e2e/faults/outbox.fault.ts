import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Act } from '../../src/bridge/act.ts';
import type { ContactId, TicketId } from '../../src/protocol/ids.ts';
import { issueTicket } from './support/agent-client.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { layChaosWire } from './support/chaos-wire.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultDesk, type FaultDesk } from './support/fault-desk.ts';
import { openFaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { storedNotes } from './support/stored.ts';

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

const noteOf = (ticketId: TicketId, text: string): Act => ({ type: 'note.add', ticketId, text });

/** A desk on a wire of its own whose agent attends a customer. */
async function openAttendingDesk() {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const { url } = office.servers[0]!;
  const wire = await layChaosWire(url);
  closes.push(wire.close);
  const desk = await openFaultDesk({ serverUrl: wire.url, dataFolder: join(office.folder, 'desk'), number: 1 });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.enter();
  await desk.lineUp();
  await desk.window().call('act', { type: 'status.setManual', isManual: true });
  await desk.delivered();
  const { id } = await issueTicket(url, 'first', { contact: { firstName: 'Rosa', lastName: 'Peralta' } });
  await desk.window().until('waiting.changed', ({ next }) => next?.header.id === id);
  await desk.window().call('act', { type: 'ticket.call', ticketId: id });
  await desk.window().until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  await desk.window().call('act', { type: 'attention.begin', ticketId: id });
  const { ticket } = await desk
    .window()
    .until('current.changed', ({ ticket }) => ticket?.header.state === 'attending' && ticket.contact !== null);
  return { office, wire, desk, ticketId: id, contactId: ticket!.contact!.id };
}

/** What an agent changes in a contact that somebody else has changed meanwhile: refused, and never to be lost. */
const staleEdit = (ticketId: TicketId, contactId: ContactId, to: string): Act => ({
  type: 'contact.edit',
  ticketId,
  contactId,
  changes: { lastName: { from: 'Peralta de antes', to } },
});

async function comeBack(desk: FaultDesk): Promise<void> {
  await desk.start();
  await desk.enter();
}

test('[R3] [R9] a desk killed while it queues and delivers: each act that it answered is at the server once, in order, or in front of the agent', async () => {
  const chance = chanceOfTest();
  const { office, wire, desk, ticketId, contactId } = await openAttendingDesk();
  const history = openHistory();
  const edits: string[] = [];
  const rounds = amount(4, 20);
  for (let round = 0; round < rounds; round += 1) {
    const last = chance.below(12);
    const way = (['whole', 'away', 'answerLost', 'answerCut'] as const)[round % 4]!;
    let mayDie = Promise.resolve();
    if (way === 'away') wire.cut();
    if (way === 'answerLost') {
      mayDie = wire.strike({ type: 'halfOpen', direction: 'down', afterBytes: chance.below(600) });
    }
    if (way === 'answerCut') {
      mayDie = wire.strike({ type: 'cut', direction: 'down', afterBytes: chance.below(600) });
    }
    for (let index = 0; index < last; index += 1) {
      const op = `note ${round}.${index}`;
      expect(await desk.perform(history, op, ticketId, noteOf(ticketId, op))).toBe('ok');
    }
    const edit = `Edición ${round}`;
    edits.push(edit);
    expect(await desk.perform(history, edit, ticketId, staleEdit(ticketId, contactId, edit))).toBe('ok');
    const op = `note ${round}.last`;
    const underWay = desk.perform(history, op, ticketId, noteOf(ticketId, op));
    await mayDie;
    await desk.kill();
    await underWay;
    wire.mend();
    await comeBack(desk);
  }
  await desk.lineUp();
  await desk.delivered();

  const { refused } = await desk.window().until('outbox.changed', (fact) => fact.refused.length >= edits.length);
  const shown = refused.map(({ act, error }) => ({
    op: (act.type === 'contact.edit' ? act.changes.lastName?.to : null) ?? act.type,
    reason: error.code,
  }));
  const stored = {
    effects: await storedNotes(office.store),
    holds: [],
    refused: edits.map((op) => ({ op, reason: 'VERSION_CONFLICT' })),
    shown,
  };
  expect(checkHistory(history.events, stored)).toEqual([]);
  expect(shown).toHaveLength(edits.length);
});

test('[R3] twin: an act acknowledged before its row is safe is lost with the desk, and the checker says so', async () => {
  const { office, desk, ticketId } = await openAttendingDesk();
  const history = openHistory();
  // So that it is the acknowledgement alone that comes too early.
  desk.process().kill('SIGSTOP');
  for (let index = 0; index < 10; index += 1) {
    const op = `note ${index}`;
    const event = { client: 'desk 1', op, ticketId };
    history.record({ type: 'invoke', ...event });
    void desk.window().call('act', noteOf(ticketId, op));
    history.record({ type: 'ok', ...event });
  }
  await desk.kill();
  await comeBack(desk);
  await desk.lineUp();
  await desk.delivered();
  const stored = { effects: await storedNotes(office.store), holds: [], refused: [], shown: [] };
  expect(checkHistory(history.events, stored)).toEqual(
    Array.from({ length: 10 }, (_, index) => `lost: note ${index} of desk 1 was acknowledged`),
  );
});
