import { displayName } from '../../src/domain/names/display-name.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';

/**
 * What agents type into a search: beginnings of names as they grow key by key, whole names, codes, last fours. Mostly without
 * accents and in small letters. The same seed gives the same searches.
 */
export function createSearches(seed: number): () => string {
  const people = createPeople(seed);
  const random = createRandom(seed + 1);
  const digits = (count: number): string => String(Math.floor(random() * 10 ** count)).padStart(count, '0');
  return () => {
    const { firstName, lastName } = people();
    const name = displayName(firstName, lastName) ?? '';
    const kind = random();
    if (kind < 0.55) return asTyped(name.slice(0, 1 + Math.floor(random() * name.length)), random());
    if (kind < 0.75) return asTyped(name, random());
    if (kind < 0.8) return `${asTyped(firstName, random())} ${digits(4)}`;
    if (kind < 0.9) return `${'CRV'[Math.floor(random() * 3)]}-${digits(3)}`;
    return digits(4);
  };
}

const asTyped = (text: string, chance: number): string => (chance < 0.8 ? bare(text) : text);

/** Without accents, in small letters. */
export const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
