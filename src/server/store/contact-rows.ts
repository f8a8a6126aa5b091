import { sql, type Selectable } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Contact } from '../../protocol/contact.ts';
import { searchTextOf, type NormalContact } from '../contacts/normalize-contact.ts';
import { Refusal } from '../policies/refusal.ts';
import type { Database, Reader, Writer } from './database.ts';
import { liveSession, type Shown } from './session-rows.ts';
import { brokenUnique } from './unique-violation.ts';

const DOCUMENT_IS_UNIQUE = 'contact_company_id_document_type_document_number_key';

const contacts = (db: Reader, companyId: string) =>
  db
    .selectFrom('contact')
    .selectAll('contact')
    .select((expression) =>
      expression
        .selectFrom('agent')
        .select('agent.first_name')
        .whereRef('agent.id', '=', 'contact.updated_by')
        .as('updated_by_name'),
    )
    .where('contact.company_id', '=', companyId);

const present = (row: Selectable<Database['contact']> & { updated_by_name: string | null }): Contact => ({
  id: row.id as Contact['id'],
  version: row.version,
  documentType: row.document_type,
  documentNumber: row.document_number,
  firstName: row.first_name,
  lastName: row.last_name,
  phone: row.phone,
  email: row.email,
  createdAt: row.created_at.getTime(),
  updatedAt: row.updated_at.getTime(),
  updatedByName: row.updated_by_name,
});

export async function readContact(db: Reader, companyId: string, contactId: string): Promise<Contact | null> {
  const row = await contacts(db, companyId).where('contact.id', '=', contactId).executeTakeFirst();
  return row ? present(row) : null;
}

/** Reads a contact and locks it to the end of the transaction: before any ticket of theirs. */
export async function lockContact(tx: Writer, companyId: string, contactId: string): Promise<Contact | null> {
  const row = await contacts(tx, companyId).where('contact.id', '=', contactId).forUpdate().executeTakeFirst();
  return row ? present(row) : null;
}

export async function readContacts(db: Reader, companyId: string, ids: string[]): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map();
  const rows = await contacts(db, companyId).where('contact.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, present(row)]));
}

export async function findContactByDocument(
  db: Reader,
  companyId: string,
  documentType: string,
  documentNumber: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('contact')
    .select('id')
    .where('company_id', '=', companyId)
    .where('document_type', '=', documentType)
    .where('document_number', '=', documentNumber)
    .executeTakeFirst();
  return row?.id ?? null;
}

const columns = (contact: NormalContact) => ({
  document_type: contact.documentType,
  document_number: contact.documentNumber,
  first_name: contact.firstName,
  last_name: contact.lastName,
  phone: contact.phone,
  email: contact.email,
  search_text: searchTextOf(contact),
});

/** Returns whether it was inserted; false when the company has somebody with this document. */
export async function insertContact(
  tx: Writer,
  companyId: string,
  contactId: string,
  contact: NormalContact,
  rest: { agentId: string | null; at: number },
): Promise<boolean> {
  const result = await tx
    .insertInto('contact')
    .values({
      ...columns(contact),
      id: contactId,
      company_id: companyId,
      created_at: new Date(rest.at),
      updated_at: new Date(rest.at),
      updated_by: rest.agentId,
    })
    .onConflict((conflict) => conflict.columns(['company_id', 'document_type', 'document_number']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

/** Writes a contact that was read with the lock; refuses DUPLICATE_CONTACT when its document is somebody else's. */
export async function saveContact(
  tx: Writer,
  contactId: string,
  contact: NormalContact,
  rest: { agentId: string; at: number; version: number },
): Promise<void> {
  try {
    await tx
      .updateTable('contact')
      .set({ ...columns(contact), version: rest.version, updated_at: new Date(rest.at), updated_by: rest.agentId })
      .where('id', '=', contactId)
      .execute();
  } catch (error) {
    if (brokenUnique(error) === DOCUMENT_IS_UNIQUE) {
      throw new Refusal('DUPLICATE_CONTACT', { field: 'documentNumber' });
    }
    throw error;
  }
}

/** What a search shows of a contact. */
export interface FoundContact {
  id: string;
  firstName: string;
  lastName: string;
  documentType: string | null;
  documentNumber: string | null;
  phone: string | null;
}

/**
 * Contacts of the company of who asks, whose search text holds every word, by name; none for no words. Words are lower case and
 * without accents. One statement lets in, writes down who looked and looks, so that nothing of what was found is given before
 * that is on record; null where it lets nobody in.
 */
export async function findContacts(
  db: Reader,
  shown: Shown,
  words: string[],
  { at, limit }: { at: number; limit: number },
): Promise<{ deviceId: string; found: FoundContact[] } | null> {
  // One condition a word: an index serves each of them, and no `ALL` of an array.
  const holds = words.map((word) => sql`search_text LIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  const { rows } = await sql<{ deviceId: string } & (FoundContact | { id: null })>`
    WITH asker AS (${liveSession(shown, at)}), noted AS (
      INSERT INTO audit (id, company_id, agent_id, device_id, act, at)
      SELECT ${uuidv7()}::uuid, company_id, agent_id, device_id, 'contacts.search', ${new Date(at)}::timestamptz FROM asker)
    SELECT asker.device_id AS "deviceId", found.id, first_name AS "firstName", last_name AS "lastName",
           document_type AS "documentType", document_number AS "documentNumber", phone
    FROM asker LEFT JOIN LATERAL (
      SELECT * FROM contact
      WHERE company_id = asker.company_id AND ${holds.length === 0 ? sql`false` : sql.join(holds, sql` AND `)}
      ORDER BY first_name COLLATE people, last_name COLLATE people, id LIMIT ${limit}) AS found ON true
    ORDER BY first_name COLLATE people, last_name COLLATE people, found.id`.execute(db);
  const [first] = rows;
  if (!first) return null;
  return { deviceId: first.deviceId, found: rows.filter((row) => row.id !== null) };
}
