import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { nextTicket } from '../ticket/next-ticket.ts';
import {
  caja,
  MINUTE,
  NINE,
  reclamos,
  rules,
  sampleAppointment,
  sampleTicket,
  services,
  ventas,
} from '../testing/sample-ticket.ts';
import { orderLine } from './order-line.ts';
import { weightedWait } from './weighted-wait.ts';

const agent = { mainServices: [caja, reclamos], supportServices: [ventas] };
const everything = { mainServices: [caja, reclamos, ventas], supportServices: [] };

function order(tickets: TicketHeader[], now: number, of: typeof agent | null = everything): number[] {
  return orderLine({ tickets, services, agent: of, rules, now }).map(({ ticket }) => ticket.number);
}

const waitingArbitrary = fc
  .record({
    serviceId: fc.constantFrom(caja, reclamos, ventas),
    priority: fc.constantFrom('normal' as const, 'preferente' as const),
    waited: fc.nat(240 * MINUTE),
    appointment: fc.option(fc.record({ early: fc.integer({ min: -60 * MINUTE, max: 60 * MINUTE }) }), { nil: null }),
  })
  .map(({ serviceId, priority, waited, appointment }) => (number: number) => {
    const since = NINE - waited;
    return appointment
      ? sampleAppointment(number, since + appointment.early, since, { serviceId, priority })
      : sampleTicket(number, { serviceId, priority, createdAt: since });
  });
const lineArbitrary = fc
  .array(waitingArbitrary, { maxLength: 25 })
  .map((made) => made.map((make, index) => make(index + 1)));

describe('orderLine', () => {
  it('[QU1] serves who has waited longest first, ties by number', () => {
    const tickets = [
      sampleTicket(3, { createdAt: NINE - 5 * MINUTE }),
      sampleTicket(2, { createdAt: NINE - 9 * MINUTE }),
      sampleTicket(1, { createdAt: NINE - 5 * MINUTE }),
    ];
    expect(order(tickets, NINE)).toEqual([2, 1, 3]);
  });

  it('[QU1] has the waiting tickets only', () => {
    const states = ['scheduled', 'bot', 'outOfHours', 'waiting', 'calling', 'attending', 'paused', 'closed'] as const;
    const tickets = states.map((state, index) => sampleTicket(index + 1, { state }));
    expect(order(tickets, NINE)).toEqual([4]);
    expect(order(tickets, NINE, null)).toEqual([4]);
  });

  it('[S2-06] [S2-07] [QU1] puts support services behind every main one, however long they waited', () => {
    const tickets = [
      sampleTicket(1, { serviceId: ventas, createdAt: NINE - 90 * MINUTE, priority: 'preferente' }),
      sampleTicket(2, { serviceId: caja, createdAt: NINE - MINUTE }),
      sampleTicket(3, { serviceId: reclamos, createdAt: NINE - 2 * MINUTE }),
    ];
    expect(order(tickets, NINE, agent)).toEqual([3, 2, 1]);
    expect(order(tickets, NINE, null)).toEqual([1, 3, 2]);
  });

  it("[QU1] leaves out services that are not the agent's, and takes one in both lists as main", () => {
    const tickets = [sampleTicket(1, { serviceId: ventas }), sampleTicket(2, { serviceId: reclamos })];
    const line = orderLine({
      tickets,
      services,
      agent: { mainServices: [ventas], supportServices: [ventas] },
      rules,
      now: NINE,
    });
    expect(line).toEqual([{ ticket: tickets[0], reasons: [{ type: 'mainService' }, { type: 'waited', minutes: 0 }] }]);
  });

  it('[QU2] weighs preferente twice', () => {
    const tickets = [
      sampleTicket(1, { createdAt: NINE - 19 * MINUTE }),
      sampleTicket(2, { createdAt: NINE - 10 * MINUTE, priority: 'preferente' }),
      sampleTicket(3, { createdAt: NINE - 21 * MINUTE }),
    ];
    expect(order(tickets, NINE)).toEqual([3, 2, 1]);
  });

  it('[S2-10] [QU2] [QU3] weighs a checked-in appointment three times from its hour', () => {
    const tickets = [
      sampleTicket(1, { createdAt: NINE - 29 * MINUTE }),
      sampleAppointment(2, NINE - 10 * MINUTE, NINE - 40 * MINUTE),
      sampleTicket(3, { createdAt: NINE - 31 * MINUTE }),
    ];
    expect(order(tickets, NINE)).toEqual([3, 2, 1]);
  });

  it('[QU3] counts a late appointment from its check-in', () => {
    const tickets = [
      sampleAppointment(1, NINE - 20 * MINUTE, NINE - 10 * MINUTE),
      sampleTicket(2, { createdAt: NINE - 31 * MINUTE }),
    ];
    expect(order(tickets, NINE)).toEqual([2, 1]);
    expect(order(tickets, NINE + MINUTE)).toEqual([1, 2]);
  });

  it('[QU3] gives an appointment nothing before its hour', () => {
    const tickets = [sampleAppointment(1, NINE + 30 * MINUTE, NINE - 60 * MINUTE), sampleTicket(2)];
    expect(order(tickets, NINE + MINUTE)).toEqual([2, 1]);
    expect(order(tickets, NINE + 46 * MINUTE)).toEqual([1, 2]);
  });

  it("[QU2] drops an appointment's weight past the service's lateness limit, to the minute", () => {
    const inTime = sampleAppointment(1, NINE, NINE + 15 * MINUTE);
    const late = sampleAppointment(2, NINE, NINE + 15 * MINUTE + 1);
    const later = NINE + 75 * MINUTE;
    const caja15 = { latenessMinutes: 15 };
    expect(weightedWait(inTime, caja15, rules, later)).toBe(3 * 60 * MINUTE);
    expect(weightedWait(late, caja15, rules, later)).toBe(60 * MINUTE - 1);
    expect(weightedWait({ ...late, priority: 'preferente' }, caja15, rules, later)).toBe(2 * (60 * MINUTE - 1));
    expect(weightedWait({ ...inTime, priority: 'preferente' }, caja15, rules, later)).toBe(3 * 60 * MINUTE);
  });

  it('[S2-22] [QU2] counts a requeued ticket by half of its wait', () => {
    const requeued = nextTicket(sampleTicket(1, { createdAt: NINE - 20 * MINUTE }), { type: 'requeue' }, NINE);
    if ('refused' in requeued) throw new Error(requeued.refused);
    const tickets = [
      requeued.ticket,
      sampleTicket(2, { createdAt: NINE - 9 * MINUTE }),
      sampleTicket(3, { createdAt: NINE - 11 * MINUTE }),
    ];
    expect(order(tickets, NINE)).toEqual([3, 1, 2]);
  });

  it('[S2-10] [QU5] says why each one stands where it stands', () => {
    const tickets = [
      sampleAppointment(1, NINE - 21 * MINUTE, NINE - 17 * MINUTE, { priority: 'preferente' }),
      sampleTicket(2, { serviceId: ventas, createdAt: NINE - 5 * MINUTE, transferredFrom: caja, requeues: 2 }),
      sampleAppointment(3, NINE + 10 * MINUTE, NINE - 2 * MINUTE),
    ];
    const line = orderLine({ tickets, services, agent, rules, now: NINE + 59_999 });
    expect(line.map(({ ticket, reasons }) => [ticket.number, reasons])).toEqual([
      [
        1,
        [
          { type: 'mainService' },
          { type: 'appointment', at: NINE - 21 * MINUTE, lateMinutes: 4 },
          { type: 'preferente' },
          { type: 'waited', minutes: 17 },
        ],
      ],
      [
        3,
        [
          { type: 'mainService' },
          { type: 'appointment', at: NINE + 10 * MINUTE, lateMinutes: -12 },
          { type: 'waited', minutes: 0 },
        ],
      ],
      [
        2,
        [
          { type: 'supportService' },
          { type: 'requeued', times: 2 },
          { type: 'transferred' },
          { type: 'waited', minutes: 5 },
        ],
      ],
    ]);
  });

  it('[QU1] is one total order, whatever the order of the input', () => {
    fc.assert(
      fc.property(
        lineArbitrary.chain((tickets) =>
          fc.record({
            tickets: fc.constant(tickets),
            shuffled: fc.shuffledSubarray(tickets, { minLength: tickets.length }),
          }),
        ),
        fc.constantFrom(agent, everything, null),
        ({ tickets, shuffled }, of) => {
          const line = orderLine({ tickets, services, agent: of, rules, now: NINE });
          expect(orderLine({ tickets: shuffled, services, agent: of, rules, now: NINE })).toEqual(line);
          expect(new Set(line.map(({ ticket }) => ticket.id)).size).toBe(tickets.length);
        },
      ),
    );
  });

  it('[QU1] orders any part of a line as it orders the whole', () => {
    fc.assert(
      fc.property(
        lineArbitrary.chain((tickets) => fc.record({ tickets: fc.constant(tickets), part: fc.subarray(tickets) })),
        ({ tickets, part }) => {
          const kept = new Set(part.map(({ number }) => number));
          expect(order(part, NINE, agent)).toEqual(order(tickets, NINE, agent).filter((number) => kept.has(number)));
        },
      ),
    );
  });

  it('[QU2] lets nobody lose weighted wait by waiting', () => {
    fc.assert(
      fc.property(lineArbitrary, fc.nat(240 * MINUTE), (tickets, more) => {
        for (const ticket of tickets) {
          expect(weightedWait(ticket, services[0], rules, NINE + more)).toBeGreaterThanOrEqual(
            weightedWait(ticket, services[0], rules, NINE),
          );
        }
      }),
    );
  });

  it('[QU4] lets nobody be preceded by one who waited less than a third as long', () => {
    fc.assert(
      fc.property(lineArbitrary, (tickets) => {
        const waits = orderLine({ tickets, services, agent: everything, rules, now: NINE }).map(({ ticket }) =>
          Math.max(0, NINE - Math.max(ticket.waitingSince, ticket.appointmentAt ?? 0)),
        );
        for (const [place, wait] of waits.entries()) {
          for (const earlier of waits.slice(0, place)) expect(earlier * 3).toBeGreaterThanOrEqual(wait);
        }
      }),
    );
  });
});

/**
 * One agent, one attention a minute, and one arrival a minute for ever: the line never empties. Minutes until the turn of
 * somebody of normal priority who came behind `backlog` others; null when not within ten times that.
 */
function minutesUntilServed(
  arrivals: { backlog: number; isAppointment: (minute: number) => boolean },
  first: (tickets: TicketHeader[], now: number) => TicketHeader | undefined,
): number | null {
  const { backlog, isAppointment } = arrivals;
  const arrive = (number: number, at: number, minute: number) =>
    isAppointment(minute) ? sampleAppointment(number, at, at) : sampleTicket(number, { createdAt: at });
  const patient = sampleTicket(1, { createdAt: NINE });
  let line = [patient, ...Array.from({ length: backlog }, (_, index) => arrive(index + 2, NINE - MINUTE, index))];
  for (let minute = 1; minute <= 10 * (backlog + 2); minute += 1) {
    const now = NINE + minute * MINUTE;
    line.push(arrive(backlog + 1 + minute, now, minute));
    const served = first(line, now);
    if (served === patient) return minute;
    line = line.filter((ticket) => ticket !== served);
  }
  return null;
}

describe('the line of a full branch', () => {
  const byTheRule = (tickets: TicketHeader[], now: number) =>
    orderLine({ tickets, services, agent: everything, rules, now })[0]?.ticket;
  const appointmentsAlwaysFirst = (tickets: TicketHeader[]) =>
    tickets.toSorted(
      (a, b) => Number(b.kind === 'appointment') - Number(a.kind === 'appointment') || a.number - b.number,
    )[0];

  it('[QU4] starves nobody, although somebody with more weight comes for each one served', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (backlog, pattern) => {
        const isAppointment = (minute: number) => pattern[minute % pattern.length] ?? false;
        const minutes = minutesUntilServed({ backlog, isAppointment }, byTheRule);
        // Whoever comes after two thirds of the wait cannot go first: at most backlog + 2/3 of the minutes are served before.
        expect(minutes).not.toBeNull();
        expect(minutes).toBeLessThanOrEqual(3 * (backlog + 1));
      }),
    );
  });

  it('[QU4] would starve somebody if appointments simply went first', () => {
    const onlyAppointments = { backlog: 5, isAppointment: () => true };
    expect(minutesUntilServed(onlyAppointments, appointmentsAlwaysFirst)).toBeNull();
    expect(minutesUntilServed(onlyAppointments, byTheRule)).toBeLessThanOrEqual(18);
  });
});
