import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TicketId } from '../../protocol/ids.ts';
import { EnterVideo, GuestInvitation, GuestLink, InviteGuest } from '../../protocol/video/guest-link.ts';
import { clientAddress } from '../policies/client-address.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import { guestCookie, readGuestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import { requireSession } from '../sessions/session-access.ts';
import type { ServerContext } from '../start/server-context.ts';
import { createGuestLink, enterVideo, inviteByTurn, revokeLink } from '../video/guest-links.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const params = { ticket: 'Id of the ticket' };
const PER_TURN = { limit: 10, windowMs: 60_000 };

/** Links for guests of a video attention, and the way in. */
export function guestRoutes(app: FastifyInstance, context: ServerContext): void {
  const perTurn = new RateLimit(PER_TURN);

  app.post(
    '/v1/desk/tickets/:ticket/guest-links',
    describeRoute({
      summary:
        'Makes the link by which a guest comes into a video attention; 409 LINK_USED while somebody is in by the one before',
      tag: 'desk',
      access: 'session',
      params,
      body: InviteGuest,
      answers: { 201: GuestLink },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      const input = parse(InviteGuest, request.body);
      const link = await createGuestLink(context, session, ticketOf(request.params), input);
      return reply.code(201).send(link satisfies GuestLink);
    },
  );

  app.delete(
    '/v1/desk/tickets/:ticket/guest-links',
    describeRoute({
      summary: 'Revokes the link of a video attention; whoever came in by it is out',
      tag: 'desk',
      access: 'session',
      params,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      await revokeLink(context, session, ticketOf(request.params));
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/guest/invitations',
    describeRoute({
      summary: 'The link into the video of a turn, for its own page; the one before is revoked',
      tag: 'customers',
      access: 'none',
      body: EnterVideo,
      answers: { 201: GuestInvitation },
    }),
    async (request, reply) => {
      const { token } = parse(EnterVideo, request.body);
      const wait = perTurn.take(token, context.clock());
      if (wait !== null) throw tooMany(wait);
      const url = await inviteByTurn(
        context,
        token,
        readGuestCookie(request.headers.cookie),
        clientAddress(request.ip),
      );
      return reply.code(201).send({ url } satisfies GuestInvitation);
    },
  );

  app.post(
    '/v1/guest/entries',
    describeRoute({
      summary:
        'A guest enters with the token of a link, and is known by a cookie from then on; 409 LINK_USED elsewhere, GUEST_BLOCKED after a report',
      tag: 'customers',
      access: 'none',
      body: EnterVideo,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const { token } = parse(EnterVideo, request.body);
      const browser = readGuestCookie(request.headers.cookie) ?? newSecret();
      await enterVideo(context, token, browser, clientAddress(request.ip));
      return reply.header('set-cookie', guestCookie(browser)).code(204).send();
    },
  );
}

function ticketOf(found: unknown): string {
  const { data } = z.object({ ticket: TicketId }).safeParse(found);
  if (!data) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  return data.ticket;
}
