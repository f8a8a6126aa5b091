import type { ContactMatch } from '../../protocol/contact.ts';
import type { ContactMatches } from '../../protocol/http/desk-api.ts';
import type { ContactId } from '../../protocol/ids.ts';
import { DeskError } from '../desk-error.ts';
import type { SessionKey } from '../sync/keys.ts';
import type { ServerApi } from '../sync/server-api.ts';

const MOST_REMEMBERED = 200;

/** Searches customers at the server, and remembers what was found: an act names a customer by id alone. */
export function createContactSearch(api: ServerApi, key: () => SessionKey | null) {
  const found = new Map<ContactId, ContactMatch>();
  return {
    search: async (text: string): Promise<ContactMatches> => {
      const session = key();
      if (!session) throw new DeskError('UNAUTHENTICATED');
      const answer = await api.searchContacts(session, text);
      for (const match of answer.matches) {
        found.delete(match.id);
        found.set(match.id, match);
      }
      for (const id of [...found.keys()].slice(0, -MOST_REMEMBERED)) found.delete(id);
      return answer;
    },
    matchOf: (id: ContactId): ContactMatch | null => found.get(id) ?? null,
    forget: (): void => found.clear(),
  };
}
