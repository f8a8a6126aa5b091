import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { businessDayOf } from '../../domain/business-day/business-day.ts';
import { newTicket } from '../../domain/ticket/new-ticket.ts';
import { lineTurn } from '../../domain/turn-code/turn-lanes.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import type { IssuedTicket, IssueTicket } from '../../protocol/http/public-api.ts';
import type { Service } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { nobody, runWork, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import { readPlaceToJoin } from '../queries/read-place.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertIdempotencyKey, lockIdempotencyKey } from '../store/idempotency-rows.ts';
import { countLineTurn, takeNumbers } from '../store/number-rows.ts';
import { readServices, type BranchRow } from '../store/service-rows.ts';
import { insertTicket } from '../store/ticket-rows.ts';
import { recogniseCustomer } from './link-customer.ts';
import { turnToken } from './turn-token.ts';

export interface IssueRequest {
  deviceId: string;
  /** The token that the device showed. */
  deviceToken: string;
  origin: 'kiosk' | 'api';
  branch: BranchRow;
  input: IssueTicket;
  /** `Idempotency-Key` and the hash of the body it came with. */
  idempotency: { key: string; bodyHash: Buffer } | null;
}

/** What may lie in the database: the answer without its link. */
type KeptAnswer = Omit<IssuedTicket, 'turnUrl'>;

/** A ticket for somebody at a kiosk or behind an integration. The same key gives the same answer and one ticket. */
export async function issueTicket(context: ServerContext, request: IssueRequest): Promise<IssuedTicket> {
  const { result } = await runWork(context, async (work) => {
    const [known, services] = await Promise.all([knownAnswer(work, request), readServices(work.tx, request.branch.id)]);
    if (known) return known;
    const issued = await issue(work, request, services);
    keepAnswer(work, request, issued);
    return issued;
  });
  return { ...result, turnUrl: `${context.publicUrl}/turn#${turnToken(request.deviceToken, result.id)}` };
}

async function issue(
  work: Work,
  { branch, input, origin, deviceToken }: IssueRequest,
  services: Service[],
): Promise<KeptAnswer> {
  const service = services.find(({ slug, name }) => slug === input.service || name === input.service);
  if (!service) throw new Refusal('NOT_FOUND', { field: 'service' });
  if ((input.kind === 'virtual') !== (service.kind === 'video')) throw new Refusal('BAD_REQUEST', { field: 'kind' });
  const company = { id: branch.companyId, country: branch.country };
  const { contactId, names } = await recogniseCustomer(work, company, input.contact);
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
      kind: input.kind,
      priority: input.priority,
      origin,
      customer: names,
    },
    work.now,
  );
  const turnTokenHash = createHash('sha256').update(turnToken(deviceToken, header.id)).digest();
  work.write(insertTicket(work.tx, header, { companyId: branch.companyId, contactId, turnTokenHash }));
  const row = { id: header.id, branchId: branch.id, companyId: branch.companyId };
  work.record(row, nobody, { type: 'ticket.created', origin, serviceId: service.id });
  work.say('branch', branch.id, { type: 'ticket.put', header });
  work.dispatch(branch.id);
  const place = placeOf(header);
  return {
    id: header.id,
    number: header.number,
    code: header.turnCode,
    position: (place.ahead ?? 0) + 1,
    range: place.range,
  };
}

async function knownAnswer(work: Work, { deviceId, idempotency }: IssueRequest): Promise<KeptAnswer | null> {
  if (!idempotency) return null;
  const known = await lockIdempotencyKey(work.tx, deviceId, idempotency.key);
  if (!known) return null;
  if (!known.bodyHash.equals(idempotency.bodyHash)) throw new Refusal('KEY_REUSED');
  return known.answer as KeptAnswer;
}

function keepAnswer(work: Work, { deviceId, idempotency }: IssueRequest, answer: KeptAnswer): void {
  if (!idempotency) return;
  const row = { ...idempotency, deviceId, status: 201, answer, receivedAt: work.now };
  work.write(insertIdempotencyKey(work.tx, row));
}
