import { displayName } from '../../src/domain/names/display-name.ts';
import { caja, fakeTicket, luis, moduleTwo, reclamos, ventas } from '../../src/main/testing/fake-office.ts';
import type { AttentionId, ServiceId } from '../../src/protocol/ids.ts';
import type { TicketHeader } from '../../src/protocol/ticket.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';

/** As many as a full waiting room has. */
const WAITING = 200;
const HELD = 40;
const TICKETS_A_DAY = 3_000;
const NOON = Date.parse('2026-11-22T17:00:00Z');
const DAY_MS = 86_400_000;

/** The instant at which the last of the tickets has just come. */
export const headersNow = NOON;

/**
 * The headers of a branch, the oldest first: all closed but the last, who wait or are held. Names by Zipf's law, codes anew
 * each day, the last four of a document at random. The same seed gives the same headers.
 */
export function* branchHeaders(count: number, seed: number): Generator<TicketHeader> {
  const people = createPeople(seed);
  const random = createRandom(seed + 1);
  const services: [ServiceId, string][] = [
    [caja, 'C'],
    [reclamos, 'R'],
    [ventas, 'V'],
  ];
  for (let number = 1; number <= count; number += 1) {
    const left = count - number;
    const daysAgo = Math.floor(left / TICKETS_A_DAY);
    const ofDay = TICKETS_A_DAY - (left % TICKETS_A_DAY);
    const at = NOON - daysAgo * DAY_MS - (left % TICKETS_A_DAY) * 9_000;
    const [serviceId, letter] = services[Math.floor(random() ** 2 * services.length)] ?? [caja, 'C'];
    const { firstName, lastName } = people();
    const header = fakeTicket(number, at, {
      serviceId,
      turnCode: `${letter}-${String(ofDay).padStart(3, '0')}`,
      businessDay: new Date(at).toISOString().slice(0, 10),
      priority: random() < 0.1 ? 'preferente' : 'normal',
      displayName: random() < 0.05 ? null : displayName(firstName, lastName),
      documentLast4: String(Math.floor(random() * 10_000)).padStart(4, '0'),
    });
    if (left < WAITING) yield header;
    else if (left < WAITING + HELD) yield held(header);
    else yield closed(header);
  }
}

function held(header: TicketHeader): TicketHeader {
  const calledAt = header.createdAt + 300_000;
  return {
    ...header,
    state: 'paused',
    epoch: 1,
    holder: {
      agentId: luis,
      agentName: 'Luis Paz',
      moduleId: moduleTwo,
      attentionId: header.id as string as AttentionId,
      epoch: 1,
    },
    calledAt,
    lastCalledAt: calledAt,
    callCount: 1,
    attendingSince: calledAt + 10_000,
  };
}

function closed(header: TicketHeader): TicketHeader {
  const { holder: _, ...rest } = held(header);
  return { ...rest, holder: null, state: 'closed', outcome: 'finished', closedAt: header.createdAt + 900_000 };
}
