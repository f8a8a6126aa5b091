import { inject, onTestFailed } from 'vitest';

/** Choices that are the same for the same seed. */
export interface Chance {
  /** From 0 to `until` - 1. */
  below: (until: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
}

/** Mulberry32 (public domain, Tommy Ettinger). */
export function createChance(seed: number): Chance {
  let state = seed;
  const below = (until: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % until;
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new Error('nothing to choose from');
    return items[below(items.length)] as Item;
  };
  return { below, pick };
}

/** The choices of a test in this run. A test that fails says how it is done again. */
export function chanceOfTest(): Chance {
  const seed = inject('faultsSeed');
  onTestFailed(() => {
    process.stderr.write(`Seed ${seed}; again with: npm run faults -- --seed ${seed}\n`);
  });
  return createChance(seed);
}

/** How much of something: a little within `npm test`, all of it in a long run. */
export const amount = (short: number, long: number): number => (inject('isLongRun') ? long : short);
