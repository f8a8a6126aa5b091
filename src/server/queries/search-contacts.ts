import { displayName, documentLast4 } from '../../domain/names/display-name.ts';
import type { ContactMatch } from '../../protocol/contact.ts';
import type { ServerContext } from '../start/server-context.ts';
import { findContacts, type FoundContact } from '../store/contact-rows.ts';
import type { Shown } from '../store/session-rows.ts';

const MOST = 20;

/**
 * Contacts of the company of who asks, whose name or document holds every word of the search, without accents. Audited. Null
 * when no live session is shown, and then nothing was looked for.
 */
export async function searchContacts(
  { store, clock }: ServerContext,
  shown: Shown,
  search: string,
): Promise<{ deviceId: string; matches: ContactMatch[] } | null> {
  const answer = await findContacts(store.db, shown, wordsOf(search), { at: clock(), limit: MOST });
  return answer && { deviceId: answer.deviceId, matches: answer.found.map(matchOf) };
}

const matchOf = ({ id, firstName, lastName, documentType, documentNumber, phone }: FoundContact): ContactMatch => ({
  id: id as ContactMatch['id'],
  name: displayName(firstName, lastName) ?? '—',
  documentType,
  documentLast4: documentNumber === null ? null : documentLast4(documentNumber),
  phoneLast4: phone?.slice(-4) ?? null,
});

/** As `searchTextOf` writes them; dots and hyphens within a number are how people write it. */
const wordsOf = (search: string): string[] =>
  search
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => (/^[\d.-]+$/.test(word) ? word.replace(/[.-]/g, '') : word))
    .filter((word) => word !== '');
