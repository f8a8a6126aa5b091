import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TicketId } from '../../protocol/ids.ts';
import { EnterVideo, GuestInvitation, GuestLink } from '../../protocol/video/guest-link.ts';
import { Refusal } from '../policies/refusal.ts';
import { guestCookie, readGuestCookie } from '../sessions/guest-cookie.ts';
import { newSecret } from '../sessions/secrets.ts';
import { requireSession } from '../sessions/session-access.ts';
import type { ServerContext } from '../start/server-context.ts';
import { createGuestLink, enterVideo, inviteByTurn, revokeLink } from '../video/guest-links.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const params = { ticket: 'Id of the ticket' };

/** Links for guests of a video attention, and the way in. */
export function guestRoutes(app: FastifyInstance, context: ServerContext): void {
  app.post(
    '/v1/desk/tickets/:ticket/guest-links',
    describeRoute({
      summary: 'Makes the link by which a guest comes into a video attention; the one before is revoked',
      tag: 'desk',
      access: 'session',
      params,
      body: z.strictObject({}),
      answers: { 201: GuestLink },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      parse(z.strictObject({}), request.body ?? {});
      const link = await createGuestLink(context, session, ticketOf(request.params));
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
      const url = await inviteByTurn(context, token);
      return reply.code(201).send({ url } satisfies GuestInvitation);
    },
  );

  app.post(
    '/v1/guest/entries',
    describeRoute({
      summary:
        'A guest enters with the token of a link, and is known by a cookie from then on; 409 LINK_USED elsewhere',
      tag: 'customers',
      access: 'none',
      body: EnterVideo,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const { token } = parse(EnterVideo, request.body);
      const browser = readGuestCookie(request.headers.cookie) ?? newSecret();
      await enterVideo(context, token, browser);
      return reply.header('set-cookie', guestCookie(browser)).code(204).send();
    },
  );
}

function ticketOf(found: unknown): string {
  const { data } = z.object({ ticket: TicketId }).safeParse(found);
  if (!data) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  return data.ticket;
}
