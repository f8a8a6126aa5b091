import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { issueTicket } from '../commands/issue-ticket.ts';
import { IssuedTicket, IssueTicket, KioskOffer } from '../../protocol/http/public-api.ts';
import { clientAddress } from '../policies/client-address.ts';
import { OfficeAddresses } from '../sessions/office-addresses.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { kioskOffer } from '../queries/kiosk-offer.ts';
import { requireKioskAt } from '../sessions/device-access.ts';
import { tooMany } from '../policies/too-many.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { BranchRow } from '../store/service-rows.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const PER_DEVICE = { limit: 600, windowMs: 60_000 };
const Params = z.object({ branch: z.string() });
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const params = { branch: 'Slug of the branch' };

/** What kiosks and integrators ask of a branch. */
export function ticketRoutes(app: FastifyInstance, context: ServerContext): void {
  const perDevice = new RateLimit(PER_DEVICE);
  const offices = new OfficeAddresses(context);

  app.post(
    '/v1/branches/:branch/tickets',
    describeRoute({
      summary: 'Issues a ticket; `service` is its slug or its exact name',
      tag: 'customers',
      access: 'deviceToken',
      params,
      headers: { 'idempotency-key': 'Same key and body: same answer, one ticket. Same key, other body: 422' },
      body: IssueTicket,
      answers: { 201: IssuedTicket },
    }),
    async (request, reply) => {
      const { branch: slug } = parse(Params, request.params);
      const { device, branch } = await requireKioskAt(context, request.headers.authorization, slug);
      const wait = perDevice.take(device.id, context.clock());
      if (wait !== null) throw tooMany(wait);
      // What is not its own does not exist (trust T12).
      if (!branch) throw new Refusal('NOT_FOUND');
      const input = parse(IssueTicket, request.body);
      const key = idempotencyKey(request.headers['idempotency-key']);
      const issued = await issueTicket(context, {
        deviceId: device.id,
        deviceToken: device.token,
        origin: device.branchId === null ? 'api' : 'kiosk',
        branch,
        input,
        idempotency: key === null ? null : { key, bodyHash: hashOf(branch, input) },
      });
      // In the order of the schema: a repeated answer is the same to the byte.
      return reply.code(201).send(IssuedTicket.parse(issued));
    },
  );

  app.get(
    '/v1/branches/:branch/kiosk',
    describeRoute({
      summary: 'What the kiosk of a branch offers now',
      tag: 'customers',
      access: 'deviceToken',
      params,
      answers: { 200: KioskOffer },
    }),
    async (request, reply) => {
      const { branch: slug } = parse(Params, request.params);
      const { device, branch } = await requireKioskAt(context, request.headers.authorization, slug);
      offices.note(device.companyId, clientAddress(request.ip));
      if (!branch) throw new Refusal('NOT_FOUND');
      return reply.send((await kioskOffer(context, branch)) satisfies KioskOffer);
    },
  );
}

function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = IdempotencyKey.safeParse(header);
  if (!key.success) throw new Refusal('BAD_REQUEST', { field: 'Idempotency-Key' });
  return key.data;
}

/** Of what was understood, so that spaces and the order of keys make no difference. */
const hashOf = (branch: BranchRow, input: IssueTicket): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([branch.id, input]))
    .digest();
