import type { TicketContent } from '../../protocol/ticket-content.ts';
import { readConsents } from '../store/consent-rows.ts';
import { readContacts } from '../store/contact-rows.ts';
import type { Reader } from '../store/database.ts';
import { readEvents } from '../store/event-rows.ts';
import { readFilesOf } from '../store/file-rows.ts';
import { readChats } from '../store/message-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';
import { consentOf } from './consent-views.ts';

/** All that the holder of a ticket gets of it. Who may have it is decided before. */
export async function readTicketContent(db: Reader, ticket: TicketRow): Promise<TicketContent> {
  const [content] = await readTicketContents(db, ticket.companyId, [ticket]);
  if (!content) throw new Error('a ticket has content');
  return content;
}

/** The same of several tickets of one company, in their order. */
export async function readTicketContents(
  db: Reader,
  companyId: string,
  tickets: TicketRow[],
): Promise<TicketContent[]> {
  const contactIds = new Set(tickets.map(({ contactId }) => contactId).filter((id) => id !== null));
  const ids = tickets.map(({ id }) => id);
  const videos = tickets.flatMap(({ id, header }) => (header.kind === 'virtual' || header.hops ? [id] : []));
  const [contacts, events, consents, files, chats] = await Promise.all([
    readContacts(db, companyId, [...contactIds]),
    readEvents(db, ids),
    readConsents(db, videos),
    readFilesOf(db, ids),
    readChats(db, ids),
  ]);
  return tickets.map(({ id, contactId, topicIds, header }) => ({
    ticketId: header.id,
    contact: (contactId === null ? null : contacts.get(contactId)) ?? null,
    topicIds: topicIds as TicketContent['topicIds'],
    events: events.get(id) ?? [],
    ...(consents.has(id) && { consents: (consents.get(id) ?? []).map(consentOf) }),
    ...(files.has(id) && { files: files.get(id) ?? [] }),
    ...chats.get(id),
  }));
}
