import { v7 as uuidv7 } from 'uuid';
import { headerNames, noHeaderNames, type HeaderNames } from '../../domain/names/header-names.ts';
import type { TicketCustomer } from '../../protocol/commands/ticket-customer.ts';
import type { ContactInput } from '../../protocol/contact.ts';
import type { Work } from '../changes/work.ts';
import { normalizeContact } from '../contacts/normalize-contact.ts';
import { Refusal } from '../policies/refusal.ts';
import { insertAudit } from '../store/audit-rows.ts';
import type { Author } from '../store/author-rows.ts';
import { findContactByDocument, insertContact, lockContact, readContact } from '../store/contact-rows.ts';

interface Linked {
  contactId: string | null;
  names: HeaderNames;
}

interface Company {
  id: string;
  country: string;
}

/** Finds or makes the contact of a ticket, as an agent said it. */
export async function linkCustomer(
  work: Work,
  company: Company,
  author: Pick<Author, 'agentId' | 'deviceId'>,
  customer: TicketCustomer,
): Promise<Linked> {
  if (customer.type === 'none') return { contactId: null, names: noHeaderNames };
  if (customer.type === 'existing') {
    // Locked: an edit under way would not see this ticket, and leave it the old name.
    const contact = await lockContact(work.tx, company.id, customer.contactId);
    if (!contact) throw new Refusal('NOT_FOUND', { field: 'contactId' });
    const { agentId, deviceId } = author;
    await insertAudit(work.tx, {
      companyId: company.id,
      agentId,
      deviceId,
      act: 'contact.read',
      subject: contact.id,
      at: work.now,
    });
    return { contactId: contact.id, names: headerNames(contact) };
  }
  const contact = normalizeContact(customer.contact, company.country);
  const isNew = await insertContact(work.tx, company.id, customer.contactId, contact, {
    agentId: author.agentId,
    at: work.now,
  });
  if (!isNew) throw new Refusal('DUPLICATE_CONTACT', { field: 'documentNumber' });
  return { contactId: customer.contactId, names: headerNames(contact) };
}

/**
 * The contact of somebody at a kiosk or behind an integration: known by the document, or new. What is known is never
 * changed nor told from here; nobody without a document becomes a contact.
 */
export async function recogniseCustomer(
  work: Work,
  company: Company,
  input: ContactInput | undefined,
): Promise<Linked> {
  if (!input) return { contactId: null, names: noHeaderNames };
  const contact = normalizeContact(input, company.country);
  const { documentType, documentNumber } = contact;
  if (documentType === null || documentNumber === null) {
    if (!contact.firstName && !contact.lastName && !contact.phone && !contact.email) {
      return { contactId: null, names: noHeaderNames };
    }
    const contactId = uuidv7();
    await insertContact(work.tx, company.id, contactId, contact, { agentId: null, at: work.now });
    return { contactId, names: headerNames(contact) };
  }
  const contactId = uuidv7();
  const isNew = await insertContact(work.tx, company.id, contactId, contact, { agentId: null, at: work.now });
  if (isNew) return { contactId, names: headerNames(contact) };
  const knownId = await findContactByDocument(work.tx, company.id, documentType, documentNumber);
  const known = knownId === null ? null : await readContact(work.tx, company.id, knownId);
  if (!known) throw new Error('a contact that hinders another cannot be read');
  return { contactId: known.id, names: headerNames(known) };
}
