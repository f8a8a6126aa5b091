import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallRole } from './call.ts';
import { createTwoSides } from './testing/two-sides.ts';
import type { Channel, Fault, TwoSides } from './testing/two-sides.ts';

const NINE = Date.UTC(2026, 5, 1, 9);
/** Faults for a minute, then a calm in which the call must mend itself before either side gives up. */
const storm = 60_000;
const calm = 55_000;

const role = fc.constantFrom<CallRole>('agent', 'guest');
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ type: fc.constantFrom('fail' as const, 'trouble' as const, 'reload' as const), role }),
  fc.record({ type: fc.constant('cut' as const), role, milliseconds: fc.integer({ min: 50, max: 20_000 }) }),
);
const faults = fc
  .array(fc.tuple(fc.integer({ min: 0, max: storm }), fault), { maxLength: 8 })
  .map((list) => list.toSorted(([one], [two]) => one - two));

/** Chance from a list that fast-check can shrink, over and over. */
const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
  minLength: 1,
  maxLength: 50,
});

function chanceOf(list: number[]): () => number {
  let index = 0;
  return () => list[index++ % list.length] ?? 0;
}

function live(sides: TwoSides, list: [number, Fault][], quiet: Channel): void {
  for (const [after, hit] of list) {
    sides.runUntil(NINE + after);
    sides.hit(hit);
  }
  sides.runUntil(NINE + storm);
  sides.setChannel(quiet);
  sides.runUntil(NINE + storm + calm);
}

describe('two sides of a call', () => {
  it('[R17] [CL4] [CL5] [CL6] end up in one session whatever the channel does, and never apply a signal of another', () => {
    fc.assert(
      fc.property(
        faults,
        chances,
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        fc.integer({ min: 0, max: 4_000 }),
        (list, chance, loss, maximumDelay) => {
          const quiet = { chance: chanceOf(chance), loss: 0, maximumDelay: 300 };
          const both = createTwoSides(NINE, { ...quiet, loss, maximumDelay });
          both.start(true);
          live(both, list, quiet);
          const { agent, guest } = both.sides;
          expect(both.foreign).toEqual([]);
          expect([agent.call.phase.name, guest.call.phase.name]).toEqual(['audioOnly', 'audioOnly']);
          expect(agent.call.link?.session).toBe(guest.call.link?.session);
          expect(guest.link?.partner).toBe(agent.link?.id);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('[T1] [CL2] both wait, whatever happens, as long as nobody was called', () => {
    fc.assert(
      fc.property(faults, chances, (list, chance) => {
        const quiet = { chance: chanceOf(chance), loss: 0, maximumDelay: 300 };
        const both = createTwoSides(NINE, quiet);
        both.start(false);
        live(both, list, quiet);
        expect([both.sides.agent.call.phase.name, both.sides.guest.call.phase.name]).toEqual(['waiting', 'waiting']);
        expect([both.sides.agent.link, both.sides.guest.link]).toEqual([null, null]);
      }),
    );
  });

  it('[R17] [CL6] without faults the first session is the only one, and a failed connection is back in 2 s', () => {
    const quiet = { chance: () => 0.5, loss: 0, maximumDelay: 100 };
    for (const side of ['agent', 'guest'] as const) {
      const both = createTwoSides(NINE, quiet);
      both.start(true);
      both.runUntil(NINE + 30_000);
      expect(both.sides.guest.call).toMatchObject({ session: NINE, phase: { name: 'audioOnly' } });
      both.hit({ type: 'fail', role: side });
      both.runUntil(NINE + 32_000);
      for (const { call } of [both.sides.agent, both.sides.guest]) {
        expect(call.session).toBeGreaterThan(NINE);
        expect(call).toMatchObject({ phase: { name: 'audioOnly' }, link: { isUp: true, session: call.session } });
      }
    }
  });
});
