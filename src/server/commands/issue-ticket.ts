import { isGiven } from '../../domain/ticket/is-given.ts';
import type { IssuedTicket, IssueTicket } from '../../protocol/http/public-api.ts';
import type { Service } from '../../protocol/office.ts';
import { runWork, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertIdempotencyKey, lockIdempotencyKey } from '../store/idempotency-rows.ts';
import { readServices, type BranchRow } from '../store/service-rows.ts';
import { joinLine } from './join-line.ts';
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
  if (!isGiven(input.kind, service)) throw new Refusal('BAD_REQUEST', { field: 'kind' });
  const company = { id: branch.companyId, country: branch.country };
  const customer = await recogniseCustomer(work, company, input.contact);
  const { kind, priority } = input;
  const asked = { service, services, customer, kind, priority, origin, secret: deviceToken };
  const { header, place } = await joinLine(work, branch, asked);
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
