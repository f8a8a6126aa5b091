import { describe, expect, it } from 'vitest';
import { MINUTE, NINE, reclamos, rules, sampleTicket, services } from '../testing/sample-ticket.ts';
import { placesInLine } from './places-in-line.ts';

const tickets = [
  sampleTicket(1, { createdAt: NINE - 5 * MINUTE }),
  sampleTicket(2, { createdAt: NINE - 9 * MINUTE }),
  sampleTicket(3, { createdAt: NINE - 4 * MINUTE, priority: 'preferente' }),
  sampleTicket(4, { createdAt: NINE - 60 * MINUTE, serviceId: reclamos }),
  sampleTicket(5, { createdAt: NINE - 60 * MINUTE, state: 'calling' }),
];
const places = placesInLine({ tickets, services, rules, now: NINE });
const place = (number: number) => places.get(sampleTicket(number).id);

describe('placesInLine', () => {
  it('[QU6] counts the people ahead in the line of the same service, by the rule of the line', () => {
    expect([1, 2, 3, 4].map(place)).toEqual([2, 0, 1, 0]);
  });

  it('[QU6] has no place for a ticket that does not wait or is not there', () => {
    expect([5, 6].map(place)).toEqual([undefined, undefined]);
  });
});
