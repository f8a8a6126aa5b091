import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OfferState } from '../../protocol/video/transfer-offer.ts';
import {
  isOpen,
  newOffer,
  nextTransferOffer,
  offerLimits,
  type Offer,
  type OfferEvent,
} from './next-transfer-offer.ts';

const NINE = Date.UTC(2026, 2, 4, 14, 0);

const eventArbitrary: fc.Arbitrary<OfferEvent> = fc.oneof(
  fc.record({ type: fc.constant('accept' as const), isFree: fc.boolean() }),
  fc.record({ type: fc.constant('decline' as const), reason: fc.constantFrom('', 'Salgo ya') }),
  fc.record({ type: fc.constant('flowing' as const), isHeld: fc.boolean(), isFree: fc.boolean() }),
  fc.constantFrom<OfferEvent>({ type: 'cancel' }, { type: 'ticketMoved' }, { type: 'clock' }),
);
const stepsArbitrary = fc.array(fc.record({ event: eventArbitrary, seconds: fc.integer({ min: 0, max: 20 }) }), {
  maxLength: 12,
});

/** As the server keeps it: whose the ticket is follows from the offers that were completed, and from nothing else. */
function play(steps: { event: OfferEvent; seconds: number }[]) {
  let offer = newOffer(NINE);
  let at = NINE;
  let holder: 'from' | 'to' = 'from';
  const states: Offer['state'][] = [offer.state];
  for (const { event, seconds } of steps) {
    at += seconds * 1000;
    const before = offer;
    const next = nextTransferOffer(offer, event, at);
    if ('refused' in next) continue;
    offer = next.offer;
    if (offer.state === 'completed' && before.state !== 'completed') holder = 'to';
    if (offer.state !== before.state) states.push(offer.state);
  }
  const last = nextTransferOffer(offer, { type: 'clock' }, offer.dueAt);
  return { offer: 'refused' in last ? offer : last.offer, states, holder };
}

const after = (steps: [OfferEvent, seconds: number][]): Offer =>
  play(steps.map(([event, seconds]) => ({ event, seconds }))).offer;
const accept: OfferEvent = { type: 'accept', isFree: true };
const flowing = { type: 'flowing', isHeld: true, isFree: true } as const;

describe('nextTransferOffer', () => {
  test('[S2-37] [TO1] whatever happens, in whatever order, it ends whole or as before, and ends once', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const { offer, states, holder } = play(steps);
        expect(isOpen(offer)).toBe(false);
        expect(holder).toBe(offer.state === 'completed' ? 'to' : 'from');
        expect(states.filter((state) => !isOpen({ state })).length).toBeLessThanOrEqual(1);
        if (offer.state === 'completed') expect(states).toEqual(['offered', 'accepted', 'completed']);
        expect(offer.failure !== null).toBe(offer.state === 'failed');
      }),
      { numRuns: 1000 },
    );
  });

  test('[TO1] every end can be reached', () => {
    const ends = [
      after([
        [accept, 5],
        [flowing, 2],
      ]),
      after([[{ type: 'decline', reason: 'Salgo ya' }, 3]]),
      after([]),
      after([
        [accept, 5],
        [{ type: 'cancel' }, 1],
      ]),
      after([[accept, 5]]),
    ].map(({ state }) => state);
    expect(new Set([...ends, 'offered', 'accepted'])).toEqual(new Set(OfferState.options));
  });

  test('[TO2] 30 s for an answer, 15 s for the media, and not a millisecond more', () => {
    const offer = newOffer(NINE);
    const late = nextTransferOffer(offer, accept, NINE + offerLimits.offered);
    expect(late).toEqual({ refused: 'OFFER_OVER' });
    const accepted = nextTransferOffer(offer, accept, NINE + offerLimits.offered - 1);
    if ('refused' in accepted) throw new Error(accepted.refused);
    const { dueAt } = accepted.offer;
    expect(dueAt).toBe(NINE + offerLimits.offered - 1 + offerLimits.accepted);
    expect(nextTransferOffer(accepted.offer, flowing, dueAt)).toEqual({ refused: 'OFFER_OVER' });
    expect(nextTransferOffer(accepted.offer, { type: 'clock' }, dueAt)).toMatchObject({
      offer: { state: 'failed', failure: 'noMedia' },
    });
  });

  test('[TO3] media count only after the answer, and only while the two still stand as they did', () => {
    expect(nextTransferOffer(newOffer(NINE), flowing, NINE)).toEqual({ refused: 'OFFER_OVER' });
    expect(
      after([
        [accept, 1],
        [{ ...flowing, isHeld: false }, 1],
      ]),
    ).toMatchObject({ failure: 'ticketMoved' });
    expect(
      after([
        [accept, 1],
        [{ ...flowing, isFree: false }, 1],
      ]),
    ).toMatchObject({ failure: 'colleagueGone' });
    expect(nextTransferOffer(newOffer(NINE), { type: 'accept', isFree: false }, NINE)).toEqual({
      refused: 'BUSY_AGENT',
    });
  });
});
