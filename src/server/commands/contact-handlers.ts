import { headerNames } from '../../domain/names/header-names.ts';
import { ContactInput, type Contact, type ContactField } from '../../protocol/contact.ts';
import { normalDocument, normalEmail, normalPhone } from '../contacts/normalize-contact.ts';
import { ownTicket, refuseStranger } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { lockContact, saveContact } from '../store/contact-rows.ts';
import { readBranch } from '../store/service-rows.ts';
import { lockTicket, lockTicketsOf, saveTicket, setContact } from '../store/ticket-rows.ts';
import type { BodyOf, CommandHandler } from './command-handler.ts';
import { linkCustomer } from './link-customer.ts';
import { tellContent } from './tell-holder.ts';

/**
 * Edits a contact field by field (S2-29). A field that somebody else changed meanwhile to something else is refused, so that
 * nobody's text is overwritten unseen (trust R20). The contact is locked before its tickets.
 */
export const editContact: CommandHandler<'contact.edit'> = async (acting, body) => {
  const { work, author, actor, time } = acting;
  const ticket = ownTicket(author, acting.ticket);
  if (ticket.contactId !== body.contactId) throw new Refusal('NOT_FOUND', { field: 'contactId' });
  await refuseStranger(work, author, ticket);
  const [branch, before, rows] = await Promise.all([
    readBranch(work.tx, ticket.branchId),
    lockContact(work.tx, author.companyId, body.contactId),
    lockTicketsOf(work.tx, body.contactId, body.ticketId),
  ]);
  // It may have been linked to somebody else before the locks were held.
  const row = rows.find(({ id }) => id === body.ticketId);
  if (!branch || !before || !row) throw new Refusal('NOT_FOUND', { field: 'contactId' });

  const { after, edited } = applyEdits(before, body, branch.country);
  if (edited.length === 0) return 'accepted';
  const version = before.version + 1;
  await saveContact(work.tx, before.id, after, { agentId: author.agentId, at: work.now, version });
  work.record(row, actor, { type: 'contact.edited', fields: edited }, time);
  for (const each of rows) {
    // Headers carry the customer's name: those of open tickets follow.
    if (each.header.closedAt === null) {
      each.header = { ...each.header, ...headerNames(after) };
      work.write(saveTicket(work.tx, each.header));
      work.say('branch', each.branchId, { type: 'ticket.put', header: each.header });
    }
    await tellContent(work, each);
  }
  return 'accepted';
};

/** Says whose a ticket is; an anonymous one gets its customer, a wrong one is corrected. */
export const linkContact: CommandHandler<'contact.link'> = async (acting, body) => {
  const { work, author, actor, time } = acting;
  const ticket = ownTicket(author, acting.ticket);
  const branch = await readBranch(work.tx, ticket.branchId);
  if (!branch) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  const company = { id: branch.companyId, country: branch.country };
  const { contactId, names } = await linkCustomer(work, company, author, body.customer);
  const row = ownTicket(author, await lockTicket(work.tx, author.companyId, body.ticketId));
  await refuseStranger(work, author, row);
  row.contactId = contactId;
  row.header = { ...row.header, ...names };
  work.write(setContact(work.tx, row.id, contactId));
  work.write(saveTicket(work.tx, row.header));
  work.say('branch', row.branchId, { type: 'ticket.put', header: row.header });
  work.record(row, actor, { type: 'contact.linked' }, time);
  await tellContent(work, row);
  return 'accepted';
};

function applyEdits(
  before: Contact,
  { changes }: BodyOf<'contact.edit'>,
  country: string,
): { after: Contact; edited: ContactField[] } {
  const after: Contact = { ...before };
  const edited: ContactField[] = [];
  for (const [name, change] of Object.entries(changes)) {
    const field = name as ContactField;
    const to = normalField(field, change.to, country);
    if (to === before[field]) continue;
    if (!isSame(field, change.from, before[field], country)) throw new Refusal('VERSION_CONFLICT', { field });
    Object.assign(after, { [field]: to });
    edited.push(field);
  }
  if (after.documentNumber === null) after.documentType = null;
  else if (after.documentType === null) throw new Refusal('REQUIRED', { field: 'documentType' });
  return { after, edited };
}

/** Whether the agent saw what is stored: as it is, or as somebody at the desk wrote it before the server normalised it. */
function isSame(field: ContactField, seen: string | null, stored: string | null, country: string): boolean {
  if ((seen ?? '') === (stored ?? '')) return true;
  try {
    return normalField(field, seen, country) === stored;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** One field as it is stored, with the limits that it has when a contact is made. */
function normalField(field: ContactField, text: string | null, country: string): string | null {
  if (!ContactInput.shape[field].safeParse(text || undefined).success) throw new Refusal('BAD_REQUEST', { field });
  switch (field) {
    case 'documentNumber':
      return normalDocument(text);
    case 'phone':
      return normalPhone(text, country);
    case 'email':
      return normalEmail(text);
    case 'documentType':
      return text || null;
    case 'firstName':
    case 'lastName':
      return text ?? '';
  }
}
