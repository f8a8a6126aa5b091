import { displayName, documentLast4 } from '../../domain/names/display-name.ts';
import type { ContactMatch } from '../../protocol/contact.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { findContacts } from '../store/contact-rows.ts';

const MOST = 20;

/** Contacts of the company whose name or document holds every word of the search, without accents. Audited. */
export async function searchContacts(
  context: ServerContext,
  asker: { companyId: string; agentId: string; deviceId: string },
  search: string,
): Promise<ContactMatch[]> {
  const { db } = context.store;
  const words = wordsOf(search);
  const audit = { ...asker, act: 'contacts.search', subject: null, at: context.clock() };
  if (words.length === 0) {
    await insertAudit(db, audit);
    return [];
  }
  const found = await findContacts(db, words, MOST, audit);
  return found.map(({ id, firstName, lastName, documentType, documentNumber, phone }) => ({
    id: id as ContactMatch['id'],
    name: displayName(firstName, lastName) ?? '—',
    documentType,
    documentLast4: documentNumber === null ? null : documentLast4(documentNumber),
    phoneLast4: phone?.slice(-4) ?? null,
  }));
}

/** As `searchTextOf` writes them; dots and hyphens within a number are how people write it. */
const wordsOf = (search: string): string[] =>
  search
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => (/^[\d.-]+$/.test(word) ? word.replace(/[.-]/g, '') : word))
    .filter((word) => word !== '');
