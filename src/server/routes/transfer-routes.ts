import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TicketId } from '../../protocol/ids.ts';
import { OfferColleagues } from '../../protocol/video/transfer-offer.ts';
import { Refusal } from '../policies/refusal.ts';
import { colleaguesFor } from '../queries/colleagues.ts';
import { requireSession } from '../sessions/session-access.ts';
import type { ServerContext } from '../start/server-context.ts';
import { describeRoute } from './describe-route.ts';

/** What a desk asks before it offers a live video to a colleague. */
export function transferRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(
    '/v1/desk/tickets/:ticket/colleagues',
    describeRoute({
      summary: 'Who attends the service of this video in its branch, and can be asked to go on with it',
      tag: 'desk',
      access: 'session',
      params: { ticket: 'Id of the ticket' },
      answers: { 200: OfferColleagues },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      const { data } = z.object({ ticket: TicketId }).safeParse(request.params);
      if (!data) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
      return reply.send((await colleaguesFor(context, session, data.ticket)) satisfies OfferColleagues);
    },
  );
}
