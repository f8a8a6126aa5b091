import { placesInLine } from '../../domain/queue/places-in-line.ts';
import { waitRange } from '../../domain/queue/wait-range.ts';
import type { WaitRange } from '../../protocol/http/public-api.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { readWaits } from '../store/attention-rows.ts';
import type { Reader } from '../store/database.ts';
import type { BranchRow } from '../store/service-rows.ts';
import { countServing } from '../store/status-rows.ts';
import { readWaiting } from '../store/ticket-rows.ts';

/** As many waits as the rule looks at (SPEC QU8). */
const WAITS = 30;

/** Where a ticket stands in the line of its service, and the range of wait that people there may expect. */
export interface Place {
  ahead: number | null;
  range: WaitRange | null;
}

interface Asked {
  branch: BranchRow;
  services: Service[];
  now: number;
}

/** The place of a ticket that is about to join the line of a service, once it is known. */
export async function readPlaceToJoin(
  db: Reader,
  asked: Asked & { serviceId: string },
): Promise<(header: TicketHeader) => Place> {
  const { branch, services, serviceId, now } = asked;
  const [tickets, rangeAt] = await Promise.all([readWaiting(db, branch.id, serviceId), readRanges(db, asked)]);
  return (header) => {
    const aheadOf = placesInLine({ tickets: [...tickets, header], services, rules: branch.queueRules, now });
    return placeOf(aheadOf.get(header.id) ?? null, rangeAt);
  };
}

const placeOf = (ahead: number | null, rangeAt: (ahead: number) => WaitRange | null): Place => ({
  ahead,
  range: ahead === null ? null : rangeAt(ahead),
});

/** The places of those tickets of a branch that wait: each line is read and ordered once, however many stand in it. */
export async function readPlaces(
  db: Reader,
  { branch, services, headers, now }: Asked & { headers: TicketHeader[] },
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const waiting = headers.filter(({ state }) => state === 'waiting');
  for (const [serviceId, asking] of Map.groupBy(waiting, (header) => header.serviceId)) {
    const [tickets, rangeAt] = await Promise.all([
      readWaiting(db, branch.id, serviceId),
      readRanges(db, { branch, services, serviceId, now }),
    ]);
    const aheadOf = placesInLine({ tickets, services, rules: branch.queueRules, now });
    for (const { id } of asking) {
      places.set(id, placeOf(aheadOf.get(id) ?? null, rangeAt));
    }
  }
  return places;
}

/** The range for somebody with `ahead` people before them in the line of a service. */
export async function readRange(
  db: Reader,
  { ahead, ...asked }: Asked & { serviceId: string; ahead: number },
): Promise<WaitRange | null> {
  return (await readRanges(db, asked))(ahead);
}

/** The ranges of a service, by the people ahead. */
async function readRanges(
  db: Reader,
  { branch, services, serviceId, now }: Asked & { serviceId: string },
): Promise<(ahead: number) => WaitRange | null> {
  const service = services.find(({ id }) => id === serviceId);
  if (!service) return () => null;
  const [pastWaitsMinutes, agentsServing] = await Promise.all([
    readWaits(db, { branchId: branch.id, serviceId, now, limit: WAITS }),
    countServing(db, branch.id, serviceId),
  ]);
  return (ahead) => waitRange({ ahead, pastWaitsMinutes, serviceMinutes: service.minutes, agentsServing });
}
