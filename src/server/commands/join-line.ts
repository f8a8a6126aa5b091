import { v7 as uuidv7 } from 'uuid';
import { businessDayOf } from '../../domain/business-day/business-day.ts';
import type { HeaderNames } from '../../domain/names/header-names.ts';
import { newTicket, type NewTicket } from '../../domain/ticket/new-ticket.ts';
import { lineTurn } from '../../domain/turn-code/turn-lanes.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { nobody, type Work } from '../changes/work.ts';
import { readPlaceToJoin, type Place } from '../queries/read-place.ts';
import { hashSecret } from '../sessions/secrets.ts';
import { countLineTurn, takeNumbers } from '../store/number-rows.ts';
import type { BranchRow } from '../store/service-rows.ts';
import { insertTicket } from '../store/ticket-rows.ts';
import { turnToken } from './turn-token.ts';

interface Joining extends Pick<NewTicket, 'kind' | 'priority' | 'origin'> {
  service: Service;
  /** All of the branch. */
  services: Service[];
  customer: { contactId: string | null; names: HeaderNames };
  /** From which the token of its page is made: what its customer's side alone knows. */
  secret: string;
  /** The ticket in whose place it comes. */
  renews?: { id: string; number: number };
}

/** A customer joins the end of a line, without an agent: the ticket, its number and turn, and its place. */
export async function joinLine(
  work: Work,
  branch: BranchRow,
  { service, services, customer: { contactId, names }, kind, priority, origin, secret, renews }: Joining,
): Promise<{ header: TicketHeader; place: Place }> {
  const businessDay = businessDayOf(work.now, branch.timeZone);
  const [given, number, placeOf] = await Promise.all([
    countLineTurn(work.tx, service.id, businessDay),
    takeNumbers(work.tx, branch.companyId, 1),
    // Behind the counters: of several who join at once each counts those before it.
    readPlaceToJoin(work.tx, { branch, services, serviceId: service.id, now: work.now }),
  ]);
  const header = newTicket(
    {
      id: uuidv7() as TicketHeader['id'],
      branchId: branch.id as TicketHeader['branchId'],
      serviceId: service.id,
      number,
      turnCode: formatTurnCode(service.letter, lineTurn(given)),
      businessDay,
      kind,
      priority,
      origin,
      customer: names,
    },
    work.now,
  );
  const turnTokenHash = hashSecret(turnToken(secret, header.id));
  const rest = { companyId: branch.companyId, contactId, turnTokenHash, ...(renews && { renews: renews.id }) };
  work.write(insertTicket(work.tx, header, rest));
  const row = { id: header.id, branchId: branch.id, companyId: branch.companyId };
  const { id: serviceId } = service;
  work.record(row, nobody, { type: 'ticket.created', origin, serviceId, ...(renews && { renews: renews.number }) });
  work.say('branch', branch.id, { type: 'ticket.put', header });
  work.dispatch(branch.id);
  return { header, place: placeOf(header) };
}
