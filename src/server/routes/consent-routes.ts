import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConsentId } from '../../protocol/ids.ts';
import { ConsentAnswer, ConsentSeen, GuestConsent } from '../../protocol/video/consent.ts';
import type { EvidenceBook } from '../evidence/evidence-book.ts';
import { clientAddress } from '../policies/client-address.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import { readGuestCookie } from '../sessions/guest-cookie.ts';
import type { ServerContext } from '../start/server-context.ts';
import { answerConsent, seeConsent, withdrawConsent, type GuestActing } from '../video/guest-consents.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const PER_GUEST = { limit: 60, windowMs: 60_000 };
/** Answers are written down one at a time: nobody may stand in that line under many names. A branch may be one address. */
const PER_ADDRESS = { limit: 600, windowMs: 60_000 };
const params = { id: 'Id of the asking' };

/** What a guest does with terms and conditions that they were asked to accept (product S2-41, trust B67). */
export function consentRoutes(app: FastifyInstance, context: ServerContext, book: EvidenceBook): void {
  const perGuest = new RateLimit(PER_GUEST);
  const perAddress = new RateLimit(PER_ADDRESS);
  /** An agent answers for nobody: what shows a session or a desk is turned away. */
  const guestOf = (request: FastifyRequest): GuestActing => {
    const { authorization, cookie, 'user-agent': userAgent = null } = request.headers;
    if (authorization !== undefined || request.headers['x-device'] !== undefined) throw new Refusal('FORBIDDEN');
    const browser = readGuestCookie(cookie);
    if (browser === null) throw new Refusal('UNAUTHENTICATED');
    const now = context.clock();
    const wait = perAddress.take(clientAddress(request.ip), now) ?? perGuest.take(browser, now);
    if (wait !== null) throw tooMany(wait);
    return { browser, ip: request.ip, userAgent };
  };
  const describe = (summary: string, body: z.ZodType) =>
    describeRoute({ summary, tag: 'customers', access: 'guest', params, body, answers: { 200: GuestConsent } });

  for (const what of ['opened', 'read'] as const) {
    app.post(
      `/v1/guest/consents/:id/${what}`,
      describe(
        what === 'opened'
          ? 'The page of the guest shows the terms; 409 VERSION for another text, EXPIRED once they are no longer asked'
          : 'The guest has scrolled to the end of the terms; 409 NOT_SHOWN before they were opened',
        ConsentSeen,
      ),
      async (request, reply) => {
        const guest = guestOf(request);
        const { sha256 } = parse(ConsentSeen, request.body);
        const consent = await seeConsent(context, guest, { id: idOf(request.params), sha256, what });
        return reply.send(consent satisfies GuestConsent);
      },
    );
  }

  app.post(
    '/v1/guest/consents/:id/answer',
    describe(
      'Accepts or refuses; the same again has the same folio; 409 EXPIRED, VERSION, NOT_SHOWN; 403 for an agent',
      ConsentAnswer,
    ),
    async (request, reply) => {
      const guest = guestOf(request);
      const input = parse(ConsentAnswer, request.body);
      const consent = await answerConsent(context, book, guest, { ...input, id: idOf(request.params) });
      return reply.send(consent satisfies GuestConsent);
    },
  );

  app.post(
    '/v1/guest/consents/:id/withdraw',
    describe('Takes an acceptance back, also after the attention; 409 EXPIRED where there is none', ConsentSeen),
    async (request, reply) => {
      const guest = guestOf(request);
      const { sha256 } = parse(ConsentSeen, request.body);
      const consent = await withdrawConsent(context, book, guest, { id: idOf(request.params), sha256 });
      return reply.send(consent satisfies GuestConsent);
    },
  );
}

function idOf(found: unknown): string {
  const { data } = z.object({ id: ConsentId }).safeParse(found);
  if (!data) throw new Refusal('NOT_FOUND');
  return data.id;
}
