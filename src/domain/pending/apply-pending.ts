import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { TicketCustomer } from '../../protocol/commands/ticket-customer.ts';
import { ContactField } from '../../protocol/contact.ts';
import type { Contact } from '../../protocol/contact.ts';
import type { TicketId } from '../../protocol/ids.ts';
import { nextStatus } from '../agent-status/next-status.ts';
import type { StatusEvent } from '../agent-status/next-status.ts';
import { headerNames, noHeaderNames } from '../names/header-names.ts';
import type { HeaderNames } from '../names/header-names.ts';
import { newTicket } from '../ticket/new-ticket.ts';
import { nextTicket, requireAttention } from '../ticket/next-ticket.ts';
import { formatTurnCode } from '../turn-code/turn-code.ts';
import { addMessage } from './add-message.ts';
import type { DeskView } from './desk-view.ts';
import { addEvent, draftOf, hasEvent, mark } from './draft.ts';
import type { Draft } from './draft.ts';
import type { PendingCommand } from './pending-command.ts';

type Body<Type extends CommandBody['type']> = Extract<CommandBody, { type: Type }>;

/**
 * The view with the effect of the pending commands over it, in their order [PD1]; never changes its arguments. What the
 * view has of a command already is not applied again [PD3], so that it holds while a change has come and its command has
 * not gone yet. The maps are copied: of a large cache, pass the rows to be shown and those that the commands name.
 */
export function applyPending(view: DeskView, pending: readonly PendingCommand[]): DeskView {
  if (pending.length === 0) return view;
  const draft = draftOf(view);
  for (const each of pending) applyCommand(draft, each);
  return { ...draft, marks: [...draft.marks.values()] };
}

function applyCommand(draft: Draft, pending: PendingCommand): void {
  const { id: commandId, body } = pending.command;
  switch (body.type) {
    case 'status.choose':
      return applyStatus(draft, pending, { type: 'chosen', state: body.state, cause: body.cause });
    case 'status.chooseNext':
      return applyStatus(draft, pending, { type: 'nextChosen', state: body.state });
    case 'status.setManual':
      return applyStatus(draft, pending, { type: 'manualSet', isManual: body.isManual });
    case 'note.add':
      return addEvent(draft, pending, body.ticketId, { type: 'note.added', text: body.text });
    case 'mark.add': {
      const { momentMs, text } = body;
      return addEvent(draft, pending, body.ticketId, { type: 'mark.added', momentMs, text });
    }
    case 'call.report':
      return addEvent(draft, pending, body.ticketId, body.report);
    case 'topics.choose': {
      const content = draft.contents.get(body.ticketId);
      if (!content || hasEvent(content, commandId)) return;
      draft.contents.set(body.ticketId, { ...content, topicIds: body.topicIds });
      mark(draft, { type: 'topics', commandId, ticketId: body.ticketId });
      return addEvent(draft, pending, body.ticketId, { type: 'topics.chosen', topicIds: body.topicIds });
    }
    case 'message.send':
      return addMessage(draft, pending, body.ticketId, body.text);
    case 'contact.edit':
      return editContact(draft, pending, body);
    case 'contact.link':
      return linkContact(draft, pending, body);
    case 'attention.finish':
      return finish(draft, pending, body);
    case 'ticket.attendNow':
      return attendNow(draft, pending, body);
    default:
      // The rest needs the server's word: nothing of it is shown before the answer.
      return;
  }
}

function applyStatus(draft: Draft, { command, actedAt }: PendingCommand, event: StatusEvent): void {
  const before = draft.status;
  if (before === null) return;
  const after = nextStatus(before, event, actedAt);
  draft.status = after;
  for (const field of ['state', 'nextState', 'isManual'] as const) {
    if (before[field] !== after[field]) mark(draft, { type: 'status', commandId: command.id, field });
  }
}

function editContact(draft: Draft, pending: PendingCommand, body: Body<'contact.edit'>): void {
  const { command, actedAt, authorName } = pending;
  const own = draft.contents.get(body.ticketId);
  if (own && hasEvent(own, command.id)) return;
  const fields = ContactField.options.filter((field) => body.changes[field] !== undefined);
  const written = Object.fromEntries(
    fields.map((field) => {
      const to = body.changes[field]?.to ?? '';
      return [field, to === '' && field !== 'firstName' && field !== 'lastName' ? null : to];
    }),
  );
  for (const [ticketId, content] of draft.contents) {
    if (content.contact?.id !== body.contactId) continue;
    const contact: Contact = { ...content.contact, ...written, updatedAt: actedAt, updatedByName: authorName };
    draft.contents.set(ticketId, { ...content, contact });
    nameHeader(draft, ticketId, headerNames(contact));
    for (const field of fields) {
      mark(draft, { type: 'contactField', commandId: command.id, contactId: body.contactId, field });
    }
  }
  addEvent(draft, pending, body.ticketId, { type: 'contact.edited', fields });
}

function linkContact(draft: Draft, pending: PendingCommand, body: Body<'contact.link'>): void {
  const content = draft.contents.get(body.ticketId);
  if (!content || hasEvent(content, pending.command.id)) return;
  const { contact, names } = customerOf(draft, pending, body.customer);
  draft.contents.set(body.ticketId, { ...content, contact });
  nameHeader(draft, body.ticketId, names);
  mark(draft, { type: 'customer', commandId: pending.command.id, ticketId: body.ticketId });
  addEvent(draft, pending, body.ticketId, { type: 'contact.linked' });
}

function finish(draft: Draft, pending: PendingCommand, body: Body<'attention.finish'>): void {
  const { command, actedAt } = pending;
  const header = draft.headers.get(body.ticketId);
  if (!header || requireAttention(header, { ...body, agentId: command.authorId }) !== null) return;
  const next = nextTicket(header, { type: 'finish' }, actedAt);
  if ('refused' in next) return;
  draft.headers.set(header.id, next.ticket);
  mark(draft, { type: 'ticket', commandId: command.id, ticketId: header.id });
  addEvent(draft, pending, header.id, { type: 'ticket.closed', outcome: 'finished' });
  if (header.state !== 'paused') applyStatus(draft, pending, { type: 'attentionEnded' });
}

function attendNow(draft: Draft, pending: PendingCommand, body: Body<'ticket.attendNow'>): void {
  const { command, actedAt, authorName, branchId, moduleId, moduleName, block } = pending;
  if (block === null) return;
  const { ticketId, attentionId, serviceId, number } = body;
  const { contact, names } = customerOf(draft, pending, body.customer);
  if (!draft.headers.has(ticketId)) {
    const opened = newTicket(
      {
        id: ticketId,
        branchId,
        serviceId,
        number,
        turnCode: formatTurnCode(block.letter, body.turn),
        businessDay: block.businessDay,
        kind: 'turn',
        priority: 'normal',
        origin: 'desk',
        customer: names,
      },
      actedAt,
    );
    const holder = { agentId: command.authorId, agentName: authorName, moduleId, attentionId };
    const next = nextTicket(opened, { type: 'attendNow', holder, isAside: false }, actedAt);
    if ('refused' in next) return;
    draft.headers.set(ticketId, next.ticket);
    mark(draft, { type: 'ticket', commandId: command.id, ticketId });
  }
  if (!draft.contents.has(ticketId)) {
    draft.contents.set(ticketId, { ticketId, contact, topicIds: [], events: [] });
    addEvent(draft, pending, ticketId, { type: 'ticket.created', origin: 'desk', serviceId });
    addEvent(draft, pending, ticketId, { type: 'ticket.attended', moduleName }, attentionId);
  }
}

/** Of a known customer whose content is not on this desk only the search's line is known: names, no contact. */
function customerOf(
  draft: Draft,
  { match, actedAt, authorName }: PendingCommand,
  customer: TicketCustomer,
): { contact: Contact | null; names: HeaderNames } {
  switch (customer.type) {
    case 'none':
      return { contact: null, names: noHeaderNames };
    case 'existing': {
      const known = [...draft.contents.values()].find(({ contact }) => contact?.id === customer.contactId)?.contact;
      if (known) return { contact: known, names: headerNames(known) };
      if (match?.id !== customer.contactId) return { contact: null, names: noHeaderNames };
      const { name: displayName, documentType, documentLast4 } = match;
      return { contact: null, names: { displayName, documentType, documentLast4 } };
    }
    case 'new': {
      const { documentType, documentNumber, firstName, lastName, phone, email } = customer.contact;
      const contact: Contact = {
        id: customer.contactId,
        version: 1,
        documentType: documentType ?? null,
        documentNumber: documentNumber ?? null,
        firstName: firstName ?? '',
        lastName: lastName ?? '',
        phone: phone ?? null,
        email: email ?? null,
        createdAt: actedAt,
        updatedAt: actedAt,
        updatedByName: authorName,
      };
      return { contact, names: headerNames(contact) };
    }
  }
}

function nameHeader(draft: Draft, ticketId: TicketId, names: HeaderNames): void {
  const header = draft.headers.get(ticketId);
  if (header) draft.headers.set(ticketId, { ...header, ...names });
}
