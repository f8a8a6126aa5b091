import type { FastifyInstance } from 'fastify';
import { HopTurn, RenewTurn, TurnPageUrl } from '../../protocol/http/turn-api.ts';
import { clientAddress } from '../policies/client-address.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { tooMany } from '../policies/too-many.ts';
import { guestCookie, readGuestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import type { ServerContext } from '../start/server-context.ts';
import { hopTurn } from '../video/hop-turn.ts';
import { renewTurn } from '../video/renew-turn.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const PER_TURN = { limit: 10, windowMs: 60_000 };

/** What the customer of a turn does with it, from its own page. */
export function turnRoutes(app: FastifyInstance, context: ServerContext): void {
  const perTurn = new RateLimit(PER_TURN);
  const count = (token: string): void => {
    const wait = perTurn.take(token, context.clock());
    if (wait !== null) throw tooMany(wait);
  };

  app.post(
    '/v1/turns/hops',
    describeRoute({
      summary: 'The customer of a waiting turn passes to the video, or back to the counter, and keeps code and place',
      tag: 'customers',
      access: 'none',
      body: HopTurn,
      answers: { 200: TurnPageUrl },
    }),
    async (request, reply) => {
      const input = parse(HopTurn, request.body);
      count(input.token);
      const browser = readGuestCookie(request.headers.cookie) ?? newSecret();
      const url = await hopTurn(context, input, browser, clientAddress(request.ip));
      if (input.to === 'video') reply.header('set-cookie', guestCookie(browser));
      return reply.send({ url } satisfies TurnPageUrl);
    },
  );

  app.post(
    '/v1/turns/renewals',
    describeRoute({
      summary: 'Another turn in the place of one that was closed without an attention; asked again, the same one',
      tag: 'customers',
      access: 'none',
      body: RenewTurn,
      answers: { 201: TurnPageUrl },
    }),
    async (request, reply) => {
      const input = parse(RenewTurn, request.body);
      count(input.token);
      const url = await renewTurn(context, input, readGuestCookie(request.headers.cookie), clientAddress(request.ip));
      return reply.code(201).send({ url } satisfies TurnPageUrl);
    },
  );
}
