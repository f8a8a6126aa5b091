import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deliverCommands } from '../commands/deliver-commands.ts';
import { reserveBlocks } from '../commands/reserve-blocks.ts';
import { AgentCommand, type CommandResult } from '../../protocol/commands/agent-command.ts';
import {
  CommandResults,
  ContactMatches,
  ContactSearch,
  DeliverCommands,
  ReserveBlocks,
  ReservedBlocks,
} from '../../protocol/http/desk-api.ts';
import { CommandId, TicketId } from '../../protocol/ids.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { searchContacts } from '../queries/search-contacts.ts';
import { ticketContent } from '../queries/ticket-content.ts';
import { requireDesk } from '../sessions/device-access.ts';
import { readShown, requireSession } from '../sessions/session-access.ts';
import { tooMany } from '../policies/too-many.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor } from '../store/author-rows.ts';
import { describeRoute } from './describe-route.ts';
import { askedLanguage, errorBody } from '../policies/error-body.ts';
import { parse, refusalOf } from './parse.ts';

const PER_DESK = { limit: 3_000, windowMs: 60_000 };

const Envelope = z.strictObject({
  commands: z
    .array(z.looseObject({ id: CommandId }))
    .min(1)
    .max(250),
});

/** What desks send and ask. */
export function deskRoutes(app: FastifyInstance, context: ServerContext): void {
  const perDesk = new RateLimit(PER_DESK);
  const refuseFlood = (deviceId: string): void => {
    const wait = perDesk.take(deviceId, context.clock());
    if (wait !== null) throw tooMany(wait);
  };

  app.get(
    '/v1/desk/device',
    describeRoute({
      summary: 'Whether this desk may work; 403 DESK_REVOKED tells one that was revoked to remove all that it keeps',
      tag: 'desk',
      access: 'desk',
      answers: { 204: null },
    }),
    async (request, reply) => {
      const device = await requireDesk(context, request.headers.authorization);
      refuseFlood(device.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/desk/commands',
    describeRoute({
      summary: 'Delivers what agents did at this desk; one answer for each, in the same order',
      tag: 'desk',
      access: 'desk',
      body: DeliverCommands,
      answers: { 200: CommandResults },
    }),
    async (request, reply) => {
      const device = await requireDesk(context, request.headers.authorization);
      refuseFlood(device.id);
      const { commands } = parse(Envelope, request.body);
      const asker = { language: askedLanguage(request.headers['accept-language']), requestId: request.id };
      const describe = (refusal: Refusal) => errorBody(refusal, asker);
      // One command of the wrong shape is refused and does not hold up the others (trust R5).
      const parsed = commands.map((command) => ({ id: command.id, ...AgentCommand.safeParse(command) }));
      const good = parsed.flatMap(({ data }) => (data ? [data] : []));
      const delivered = (await deliverCommands(context, device, good, describe)).values();
      const results = parsed.map(({ id, error }): CommandResult => {
        if (error) return { id, status: 'refused', error: describe(refusalOf(error)) };
        const { value } = delivered.next();
        if (!value) throw new Error(`command ${id} has no answer`);
        return value;
      });
      return reply.send({ serverTime: context.clock(), results } satisfies CommandResults);
    },
  );

  app.post(
    '/v1/desk/blocks',
    describeRoute({
      summary: 'Reserves numbers and turns of today to this desk, for tickets made without the line',
      tag: 'desk',
      access: 'session',
      body: ReserveBlocks,
      answers: { 200: ReservedBlocks },
    }),
    async (request, reply) => {
      const { deviceId, companyId, branchId } = await requireSession(context, request.headers);
      refuseFlood(deviceId);
      if (branchId === null) throw new Refusal('WRONG_STATE');
      const blocks = await reserveBlocks(
        context,
        { deviceId, companyId, branchId },
        parse(ReserveBlocks, request.body),
      );
      return reply.send({ blocks } satisfies ReservedBlocks);
    },
  );

  app.get(
    '/v1/desk/contacts',
    describeRoute({
      summary: 'Finds contacts by name or document, at most 20; the search is audited',
      tag: 'desk',
      access: 'session',
      query: ContactSearch,
      answers: { 200: ContactMatches },
    }),
    async (request, reply) => {
      const shown = readShown(request.headers);
      const { data: query } = ContactSearch.safeParse(request.query);
      const isGood = shown && query && perDesk.waitFor(shown.deviceId, context.clock()) === null;
      let found = isGood ? await searchContacts(context, shown, query.search) : null;
      if (found) refuseFlood(found.deviceId);
      else {
        // Step by step: the first that refuses says why.
        const { deviceId } = await requireSession(context, request.headers);
        refuseFlood(deviceId);
        const { search } = parse(ContactSearch, request.query);
        found = shown && (await searchContacts(context, shown, search));
      }
      if (!found) throw new Refusal('UNAUTHENTICATED');
      return reply.send({ matches: found.matches } satisfies ContactMatches);
    },
  );

  app.get(
    '/v1/desk/tickets/:ticket/content',
    describeRoute({
      summary: 'The customer and the timeline of a ticket, read on demand and audited',
      tag: 'desk',
      access: 'session',
      params: { ticket: 'Id of the ticket' },
      answers: { 200: TicketContent },
    }),
    async (request, reply) => {
      const { id: sessionId, agentId, deviceId } = await requireSession(context, request.headers);
      refuseFlood(deviceId);
      const ticket = z.object({ ticket: TicketId }).safeParse(request.params);
      const author = await readAuthor(context.store.db, { agentId, deviceId, sessionId }, context.clock());
      if (!ticket.success || !author) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
      return reply.send((await ticketContent(context, author, ticket.data.ticket)) satisfies TicketContent);
    },
  );
}
