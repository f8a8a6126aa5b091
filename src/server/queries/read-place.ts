import { placeInLine } from '../../domain/queue/place-in-line.ts';
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
export async function readPlace(
  db: Reader,
  { branch, services, header, now }: { branch: BranchRow; services: Service[]; header: TicketHeader; now: number },
): Promise<{ ahead: number | null; range: WaitRange | null }> {
  if (header.state !== 'waiting') return { ahead: null, range: null };
  const tickets = await readWaiting(db, branch.id, header.serviceId);
  const ahead = placeInLine({ ticketId: header.id, tickets, services, rules: branch.queueRules, now });
  const range =
    ahead === null ? null : await readRange(db, { branch, services, serviceId: header.serviceId, ahead, now });
  return { ahead, range };
}

/** The range for somebody with `ahead` people before them in the line of a service. */
export async function readRange(
  db: Reader,
  request: { branch: BranchRow; services: Service[]; serviceId: string; ahead: number; now: number },
): Promise<WaitRange | null> {
  const { branch, services, serviceId, ahead, now } = request;
  const service = services.find(({ id }) => id === serviceId);
  if (!service) return null;
  return waitRange({
    ahead,
    pastWaitsMinutes: await readWaits(db, { branchId: branch.id, serviceId, now, limit: WAITS }),
    serviceMinutes: service.minutes,
    agentsServing: await countServing(db, branch.id, serviceId),
  });
}
