import { describe, expect, it } from 'vitest';
import { TicketKind, TicketState } from '../../protocol/ticket.ts';
import { placesInLine } from '../queue/places-in-line.ts';
import { ana, MINUTE, NINE, rules, sampleHolder, sampleTicket, services } from '../testing/sample-ticket.ts';
import { isGiven } from './is-given.ts';
import { MAXIMUM_HOPS, mayHop, whyNoHop } from './may-hop.ts';
import { mayRenew } from './may-renew.ts';
import { nextTicket } from './next-ticket.ts';

const both = { kind: 'counter', isAlsoVideo: true } as const;
const counter = { kind: 'counter' } as const;
const video = { kind: 'video' } as const;
const readiness = { verdict: 'ready', cause: null, since: NINE } as const;

function hop(header = sampleTicket(1), to: 'turn' | 'virtual' = 'virtual', at = NINE + 5 * MINUTE) {
  const next = nextTicket(header, { type: 'hop', to }, at);
  if ('refused' in next) throw new Error(next.refused);
  return next.ticket;
}

describe('a turn that is carried along', () => {
  it('[PT1] passes to the video and back: its kind is another one, and nothing else', () => {
    const before = sampleTicket(1, { priority: 'preferente', requeues: 1 });
    const there = hop(before);
    expect(there).toEqual({ ...before, kind: 'virtual', hops: 1 });
    expect(hop(there, 'turn', NINE + 9 * MINUTE)).toEqual({ ...before, hops: 2 });
  });

  it('[PT1] stands in the line where it stood, there and back', () => {
    const line = [1, 2, 3].map((number) =>
      sampleTicket(number, { createdAt: NINE + number, waitingSince: NINE + number }),
    );
    const placeIn = (ticket = line[1]!) => {
      const tickets = [line[0]!, ticket, line[2]!];
      return placesInLine({ tickets, services, rules, now: NINE + 10 * MINUTE }).get(ticket.id);
    };
    expect(placeIn()).toBe(1);
    expect(placeIn(hop(line[1]))).toBe(1);
    expect(placeIn(hop(hop(line[1]), 'turn'))).toBe(1);
  });

  it('[PT1] asked twice is done once', () => {
    const there = hop();
    expect(hop(there)).toBe(there);
  });

  it('[PT1] passes over 20 times, whichever way it is', () => {
    for (const kind of ['turn', 'virtual'] as const) {
      expect(whyNoHop({ kind, state: 'waiting', hops: MAXIMUM_HOPS - 1 }, both)).toBeNull();
      expect(whyNoHop({ kind, state: 'waiting', hops: MAXIMUM_HOPS }, both)).toBe('TOO_MANY_HOPS');
      expect(whyNoHop({ kind, state: 'calling', hops: MAXIMUM_HOPS }, both)).toBe('WRONG_STATE');
    }
    expect(MAXIMUM_HOPS).toBe(20);
  });

  it('[PT1] leaves what was told of the equipment behind with the video', () => {
    expect(hop({ ...sampleTicket(1), kind: 'virtual', readiness }, 'turn')).not.toHaveProperty('readiness');
  });

  it('[PT2] stays where it is once it is called, and so does what is no turn', () => {
    for (const state of TicketState.options) {
      expect([state, mayHop({ kind: 'turn', state }, both)]).toEqual([state, state === 'waiting']);
    }
    const called = nextTicket(sampleTicket(1), { type: 'call', holder: sampleHolder(ana) }, NINE);
    if ('refused' in called) throw new Error(called.refused);
    expect(nextTicket(called.ticket, { type: 'hop', to: 'virtual' }, NINE)).toEqual({ refused: 'WRONG_STATE' });
    for (const kind of TicketKind.options) {
      expect([kind, mayHop({ kind, state: 'waiting' }, both)]).toEqual([kind, kind === 'turn' || kind === 'virtual']);
    }
    const appointment = sampleTicket(1, { kind: 'appointment' });
    expect(nextTicket(appointment, { type: 'hop', to: 'virtual' }, NINE)).toEqual({ refused: 'WRONG_STATE' });
  });

  it('[PT3] goes only where its service attends', () => {
    const given = [both, counter, video, undefined].map((service) => [
      isGiven('turn', service),
      isGiven('virtual', service),
    ]);
    expect(given).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]);
    const may = (kind: 'turn' | 'virtual') =>
      [both, counter, video].map((service) => mayHop({ kind, state: 'waiting' }, service));
    expect(may('turn')).toEqual([true, false, true]);
    // Also one that was passed on to a service which has no video.
    expect(may('virtual')).toEqual([true, true, false]);
  });
});

describe('another turn in the place of one that is over', () => {
  const today = '2026-03-04';
  const missed = sampleTicket(1, { state: 'closed', outcome: 'noShow', closedAt: NINE + MINUTE });

  it('[S2-35] [PT5] is for whoever was not attended, today, where such turns are given', () => {
    expect(mayRenew(missed, counter, today)).toBe(true);
    expect(mayRenew({ ...missed, outcome: 'cancelled' }, counter, today)).toBe(true);
    expect(mayRenew({ ...missed, kind: 'virtual' }, both, today)).toBe(true);
  });

  it.each([
    ['finished', mayRenew({ ...missed, outcome: 'finished' }, counter, today)],
    ['attended before', mayRenew({ ...missed, attendingSince: NINE }, counter, today)],
    ['open', mayRenew(sampleTicket(1), counter, today)],
    ['of yesterday', mayRenew(missed, counter, '2026-03-05')],
    ['of a service that is gone', mayRenew(missed, undefined, today)],
    ['a video of a service that has none', mayRenew({ ...missed, kind: 'virtual' }, counter, today)],
    ['an appointment', mayRenew({ ...missed, kind: 'appointment' }, counter, today)],
  ])('[PT5] is not for one that is %s', (_, may) => {
    expect(may).toBe(false);
  });
});
