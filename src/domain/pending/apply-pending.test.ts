import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../protocol/agent-status.ts';
import { AgentCommand } from '../../protocol/commands/agent-command.ts';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { Contact } from '../../protocol/contact.ts';
import {
  AttentionId,
  BlockId,
  CommandId,
  ContactId,
  ModuleId,
  SessionId,
  TicketId,
  TopicId,
} from '../../protocol/ids.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import { TicketHeader } from '../../protocol/ticket.ts';
import { sampleId } from '../testing/sample-ids.ts';
import { ana, branchId, caja, luis, MINUTE, NINE, sampleHolder, sampleTicket } from '../testing/sample-ticket.ts';
import { applyPending } from './apply-pending.ts';
import type { DeskView } from './desk-view.ts';
import type { PendingCommand } from './pending-command.ts';

const moduleId = sampleId(ModuleId, 700);
const later = NINE + 10 * MINUTE;
const contact: Contact = {
  id: sampleId(ContactId, 600),
  version: 4,
  documentType: 'CC',
  documentNumber: '1020304567',
  firstName: 'María',
  lastName: 'Ortiz Peña',
  phone: '+573001112233',
  email: null,
  createdAt: NINE,
  updatedAt: NINE,
  updatedByName: null,
};
const status: AgentStatus = {
  agentId: ana,
  state: 'online',
  nextState: 'online',
  isManual: false,
  since: NINE,
  cause: 'agent',
  branchId,
  moduleId,
};
const attended = sampleTicket(1, {
  state: 'attending',
  holder: { ...sampleHolder(ana), epoch: 1 },
  epoch: 1,
  calledAt: NINE + MINUTE,
  lastCalledAt: NINE + MINUTE,
  callCount: 1,
  attendingSince: NINE + 2 * MINUTE,
  displayName: 'María Ortiz',
  documentType: 'CC',
  documentLast4: '4567',
});
const anonymous = sampleTicket(2, { state: 'closed', outcome: 'finished', epoch: 1, closedAt: NINE });
const view: DeskView = {
  headers: new Map([attended, anonymous, sampleTicket(3)].map((header) => [header.id, header])),
  contents: new Map([
    [attended.id, { ticketId: attended.id, contact, topicIds: [], events: [] }],
    [anonymous.id, { ticketId: anonymous.id, contact: null, topicIds: [], events: [] }],
  ]),
  status,
  marks: [],
};

const sessionId = sampleId(SessionId, 4999);
const commandId = (number: number) => sampleId(CommandId, 5000 + number);
function pending(number: number, body: CommandBody, more: Partial<PendingCommand> = {}): PendingCommand {
  const actedAt = later + number * 1000;
  return {
    command: AgentCommand.parse({ id: commandId(number), authorId: ana, sessionId, occurredAt: actedAt, body }),
    actedAt,
    authorName: 'Ana Rojas',
    branchId,
    moduleId,
    moduleName: 'Módulo 1',
    block: null,
    match: null,
    ...more,
  };
}

const attention = { ticketId: attended.id, attentionId: sampleHolder(ana).attentionId, epoch: 1 };
const finish: CommandBody = { type: 'attention.finish', ...attention };
const note: CommandBody = { type: 'note.add', ticketId: attended.id, text: 'Trae la factura' };
const newId = sampleId(TicketId, 1090);
const newAttention = sampleId(AttentionId, 2090);
const attendNow: CommandBody = {
  type: 'ticket.attendNow',
  ticketId: newId,
  attentionId: newAttention,
  serviceId: caja,
  customer: { type: 'none' },
  blockId: sampleId(BlockId, 800),
  number: 40,
  turn: 12,
};
const block = { businessDay: '2026-03-04', letter: 'C' };
const edit = (changes: Record<string, { from: string | null; to: string | null }>): CommandBody => ({
  type: 'contact.edit',
  contactId: contact.id,
  ticketId: attended.id,
  changes,
});

describe('applyPending', () => {
  it('[PD1] without pending commands is the cache', () => {
    expect(applyPending(view, [])).toBe(view);
  });

  it('[S2-31] [R2] [PD1] [PD4] shows a note on the timeline, marked "Por enviar"', () => {
    const shown = applyPending(view, [pending(1, note)]);
    expect(shown.contents.get(attended.id)?.events).toEqual([
      {
        id: commandId(1),
        ticketId: attended.id,
        occurredAt: later + 1000,
        receivedAt: later + 1000,
        isSuspect: false,
        agentId: ana,
        agentName: 'Ana Rojas',
        fact: { type: 'note.added', text: 'Trae la factura' },
      },
    ]);
    expect(shown.marks).toEqual([
      { type: 'event', commandId: commandId(1), ticketId: attended.id, eventId: commandId(1) },
    ]);
  });

  it('[PD1] [S2-45] shows a mark at its moment of the call', () => {
    const { ticketId, attentionId } = attention;
    const shown = applyPending(view, [
      pending(1, { type: 'mark.add', ticketId, attentionId, momentMs: 61_000, text: 'Aquí' }),
    ]);
    expect(shown.contents.get(ticketId)?.events).toMatchObject([
      { id: commandId(1), fact: { type: 'mark.added', momentMs: 61_000, text: 'Aquí' } },
    ]);
  });

  it('[S2-31] [PD2] [PD3] shows one line, unmarked, once the server has the note', () => {
    const stored = applyPending(view, [pending(1, note)]);
    const shown = applyPending({ ...stored, marks: [] }, [pending(1, note)]);
    expect(shown.contents.get(attended.id)?.events).toHaveLength(1);
    expect(shown.marks).toEqual([]);
  });

  it('[S2-32] [PD2] shows the topics chosen last', () => {
    const choose = (...topics: number[]): CommandBody => ({
      type: 'topics.choose',
      ticketId: attended.id,
      topicIds: topics.map((topic) => sampleId(TopicId, topic)),
    });
    const shown = applyPending(view, [pending(1, choose(301)), pending(2, choose(301, 302))]);
    expect(shown.contents.get(attended.id)?.topicIds).toEqual([sampleId(TopicId, 301), sampleId(TopicId, 302)]);
    expect(shown.marks.find(({ type }) => type === 'topics')?.commandId).toBe(commandId(2));
  });

  it('[S2-29] [PD1] shows a contact edit with the customer, in the header and on the timeline', () => {
    const shown = applyPending(view, [
      pending(1, edit({ firstName: { from: 'María', to: 'Mariela' }, phone: { from: '+573001112233', to: '' } })),
    ]);
    expect(shown.contents.get(attended.id)?.contact).toEqual({
      ...contact,
      firstName: 'Mariela',
      phone: null,
      updatedAt: later + 1000,
      updatedByName: 'Ana Rojas',
    });
    expect(shown.headers.get(attended.id)?.displayName).toBe('Mariela Ortiz');
    expect(shown.contents.get(attended.id)?.events.map(({ fact }) => fact)).toEqual([
      { type: 'contact.edited', fields: ['firstName', 'phone'] },
    ]);
    expect(shown.marks).toEqual([
      { type: 'contactField', commandId: commandId(1), contactId: contact.id, field: 'firstName' },
      { type: 'contactField', commandId: commandId(1), contactId: contact.id, field: 'phone' },
      { type: 'event', commandId: commandId(1), ticketId: attended.id, eventId: commandId(1) },
    ]);
  });

  it('[S4-18] [PD1] shows whose an anonymous ticket is', () => {
    const contactId = sampleId(ContactId, 601);
    const shown = applyPending(view, [
      pending(1, {
        type: 'contact.link',
        ticketId: anonymous.id,
        customer: {
          type: 'new',
          contactId,
          contact: { firstName: 'Luz', documentType: 'CC', documentNumber: '55667788' },
        },
      }),
    ]);
    expect(shown.contents.get(anonymous.id)?.contact).toMatchObject({ id: contactId, firstName: 'Luz', lastName: '' });
    expect(shown.headers.get(anonymous.id)).toMatchObject({ displayName: 'Luz', documentLast4: '7788' });
    expect(shown.marks.map(({ type }) => type)).toEqual(['customer', 'event']);
  });

  it('[S4-16] [PD1] links a known customer, whole where this desk has them, else as the search showed them', () => {
    const link = (contactId: ContactId): CommandBody => ({
      type: 'contact.link',
      ticketId: anonymous.id,
      customer: { type: 'existing', contactId },
    });
    const known = applyPending(view, [pending(1, link(contact.id))]);
    expect(known.contents.get(anonymous.id)?.contact).toEqual(contact);
    expect(known.headers.get(anonymous.id)?.displayName).toBe('María Ortiz');

    const other = sampleId(ContactId, 602);
    const match = { id: other, name: 'Pedro Gil', documentType: 'CC', documentLast4: '0001', phoneLast4: null };
    const found = applyPending(view, [pending(1, link(other), { match })]);
    expect(found.contents.get(anonymous.id)?.contact).toBeNull();
    expect(found.headers.get(anonymous.id)).toMatchObject({ displayName: 'Pedro Gil', documentLast4: '0001' });
  });

  it('[S2-30] [R2] [PD5] shows a finished attention, and the next state that was waiting for it', () => {
    const shown = applyPending(view, [pending(1, { type: 'status.chooseNext', state: 'lunch' }), pending(2, finish)]);
    expect(shown.headers.get(attended.id)).toEqual({
      ...attended,
      state: 'closed',
      outcome: 'finished',
      holder: null,
      closedAt: later + 2000,
    });
    expect(shown.contents.get(attended.id)?.events.map(({ fact }) => fact)).toEqual([
      { type: 'ticket.closed', outcome: 'finished' },
    ]);
    expect(shown.status).toEqual({ ...status, state: 'lunch', cause: 'nextState', since: later + 2000 });
    expect(shown.marks.map((mark) => (mark.type === 'status' ? mark.field : mark.type))).toEqual([
      'nextState',
      'ticket',
      'event',
      'state',
    ]);
  });

  it('[R1] [PD5] shows nothing of a finish whose attention was freed or passed on', () => {
    const passedOn = { ...attended, holder: { ...sampleHolder(luis, 2), epoch: 2 }, epoch: 2 };
    const freed: DeskView = { ...view, headers: new Map([[attended.id, passedOn]]) };
    expect(applyPending(freed, [pending(1, finish)])).toEqual(freed);
  });

  it('[S2-04] [S2-05] [S2-13] [PD1] shows state, next state and manual mode as chosen', () => {
    const shown = applyPending(view, [
      pending(1, { type: 'status.choose', state: 'documenting', cause: 'agent' }),
      pending(2, { type: 'status.chooseNext', state: 'resting' }),
      pending(3, { type: 'status.setManual', isManual: true }),
    ]);
    expect(shown.status).toEqual({
      ...status,
      state: 'documenting',
      since: later + 1000,
      nextState: 'resting',
      isManual: true,
    });
    expect(shown.marks).toEqual([
      { type: 'status', commandId: commandId(1), field: 'state' },
      { type: 'status', commandId: commandId(2), field: 'nextState' },
      { type: 'status', commandId: commandId(3), field: 'isManual' },
    ]);
  });

  it('[R2] [PD1] [PD4] shows the ticket of "Atender ahora" attended by this desk, and finishes it', () => {
    const shown = applyPending(view, [pending(1, attendNow, { block })]);
    const header = shown.headers.get(newId);
    expect(TicketHeader.parse(header)).toMatchObject({
      state: 'attending',
      turnCode: 'C-012',
      number: 40,
      businessDay: '2026-03-04',
      origin: 'desk',
      serviceId: caja,
      branchId,
      attendingSince: later + 1000,
      holder: { agentId: ana, agentName: 'Ana Rojas', moduleId, attentionId: newAttention, epoch: 1 },
    });
    expect(shown.contents.get(newId)?.events.map(({ id, fact }) => [id, fact.type])).toEqual([
      [commandId(1), 'ticket.created'],
      [newAttention, 'ticket.attended'],
    ]);
    expect(shown.marks.map(({ type }) => type)).toEqual(['ticket', 'event', 'event']);

    const done = applyPending(view, [
      pending(1, attendNow, { block }),
      pending(2, { type: 'note.add', ticketId: newId, text: 'Sin línea' }),
      pending(3, { type: 'attention.finish', ticketId: newId, attentionId: newAttention, epoch: 1 }),
    ]);
    expect(done.headers.get(newId)).toMatchObject({ state: 'closed', outcome: 'finished' });
    expect(done.contents.get(newId)?.events.map(({ fact }) => fact.type)).toEqual([
      'ticket.created',
      'ticket.attended',
      'note.added',
      'ticket.closed',
    ]);
  });

  it('[PD3] leaves a ticket of "Atender ahora" that the server has as the server has it', () => {
    const freed = sampleTicket(40, { id: newId, origin: 'desk', epoch: 1 });
    const stored: DeskView = { ...view, headers: new Map([[newId, freed]]) };
    const shown = applyPending(stored, [pending(1, attendNow, { block })]);
    expect(shown.headers.get(newId)).toBe(freed);
    expect(shown.marks.filter(({ type }) => type === 'ticket')).toEqual([]);
  });

  it('[PD6] shows nothing of what needs the server', () => {
    const call: CommandBody = { type: 'ticket.call', ticketId: sampleTicket(3).id, attentionId: newAttention };
    expect(
      applyPending(view, [pending(1, call), pending(2, { type: 'ticket.cancel', ticketId: attended.id })]),
    ).toEqual(view);
  });

  const bodyArbitrary: fc.Arbitrary<CommandBody> = fc.oneof(
    fc.constantFrom<CommandBody>(finish, attendNow, {
      type: 'attention.finish',
      ticketId: newId,
      attentionId: newAttention,
      epoch: 1,
    }),
    fc.record({
      type: fc.constant('status.choose' as const),
      state: fc.constantFrom('online' as const, 'lunch' as const, 'offline' as const),
      cause: fc.constant('agent' as const),
    }),
    fc.record({
      type: fc.constant('note.add' as const),
      ticketId: fc.constantFrom(attended.id, anonymous.id, newId, sampleTicket(3).id),
      text: fc.constantFrom('Uno', 'Dos'),
    }),
    fc.record({
      type: fc.constant('topics.choose' as const),
      ticketId: fc.constantFrom(attended.id, newId),
      topicIds: fc.subarray([sampleId(TopicId, 301), sampleId(TopicId, 302)]),
    }),
    fc
      .record({ firstName: fc.constantFrom('Eva', 'Inés'), email: fc.constantFrom('', 'a@b.co') })
      .map(({ firstName, email }) =>
        edit({ firstName: { from: null, to: firstName }, email: { from: null, to: email } }),
      ),
    fc.constant<CommandBody>({
      type: 'contact.link',
      ticketId: anonymous.id,
      customer: { type: 'existing', contactId: contact.id },
    }),
  );
  const outboxArbitrary = fc
    .array(bodyArbitrary, { maxLength: 12 })
    .map((bodies) => bodies.map((body, index) => pending(index + 1, body, { block })));

  it('[PD1] changes none of its arguments and keeps their shape', () => {
    fc.assert(
      fc.property(outboxArbitrary, (outbox) => {
        const before = structuredClone({ view, outbox });
        const shown = applyPending(view, outbox);
        expect({ view, outbox }).toEqual(before);
        expect(Object.keys(shown).toSorted()).toEqual(Object.keys(view).toSorted());
        for (const header of shown.headers.values()) expect(TicketHeader.parse(header)).toEqual(header);
        for (const content of shown.contents.values()) expect(TicketContent.parse(content)).toEqual(content);
      }),
    );
  });

  it('[PD1] applies a list as its parts one after the other', () => {
    fc.assert(
      fc.property(outboxArbitrary, fc.nat(12), (outbox, cut) => {
        const inParts = applyPending(applyPending(view, outbox.slice(0, cut)), outbox.slice(cut));
        expect(inParts).toEqual(applyPending(view, outbox));
      }),
    );
  });

  it('[R9] [PD3] applied twice is applied once', () => {
    fc.assert(
      fc.property(outboxArbitrary, (rest) => {
        const outbox = [pending(0, attendNow, { block }), ...rest];
        const once = applyPending(view, outbox);
        expect(applyPending(once, outbox)).toEqual(once);
      }),
    );
  });

  it('[PD2] marks name pending commands only, one for one thing, and events that are there', () => {
    fc.assert(
      fc.property(outboxArbitrary, (outbox) => {
        const { marks, contents } = applyPending(view, outbox);
        const commandIds = outbox.map(({ command }) => command.id);
        for (const mark of marks) expect(commandIds).toContain(mark.commandId);
        const things = marks.map((mark) => JSON.stringify({ ...mark, commandId: null }));
        expect(new Set(things).size).toBe(things.length);
        const shown = [...contents.values()].flatMap(({ events }) => events.map(({ id }) => id));
        const marked = marks.flatMap((mark) => (mark.type === 'event' ? [mark.eventId] : []));
        expect(marked.toSorted()).toEqual(shown.toSorted());
      }),
    );
  });
});
