import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GuestMessage, ReadGuestMessages, SendGuestMessage } from '../../protocol/video/message.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import { readGuestCookie } from '../sessions/guest-cookie.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readByGuest, requireGuest, sendGuestMessage, type Guest } from '../video/guest-messages.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

/** Somebody who writes fast and presses Enter after each half sentence. */
const MESSAGES_PER_GUEST = { limit: 40, windowMs: 60_000 };
const READS_PER_GUEST = { limit: 120, windowMs: 60_000 };

/** What a guest writes in the chat of a video (S2-46). */
export function guestMessageRoutes(app: FastifyInstance, context: ServerContext): void {
  const messages = new RateLimit(MESSAGES_PER_GUEST);
  const reads = new RateLimit(READS_PER_GUEST);
  const refuseFlood = (limit: RateLimit, guest: Guest): void => {
    const wait = limit.take(guest.id, context.clock());
    if (wait !== null) throw tooMany(wait);
  };

  app.post(
    '/v1/guest/messages',
    describeRoute({
      summary: 'A message of a guest of a video, from the call on; same key and text: same answer, one message',
      tag: 'customers',
      access: 'none',
      headers: { 'idempotency-key': 'A UUID of the page’s own; required' },
      body: SendGuestMessage,
      answers: { 201: GuestMessage },
    }),
    async (request, reply) => {
      const { token, text } = parse(SendGuestMessage, request.body);
      const key = z.uuid().safeParse(request.headers['idempotency-key']);
      const guest = await requireGuest(context, token, readGuestCookie(request.headers.cookie));
      if (!key.success) throw new Refusal('BAD_REQUEST', { field: 'Idempotency-Key' });
      refuseFlood(messages, guest);
      const sent = await sendGuestMessage(context, guest, key.data.toLowerCase(), { text });
      // In the order of the schema: a repeated answer is the same to the byte.
      return reply.code(201).send(GuestMessage.parse(sent));
    },
  );

  app.post(
    '/v1/guest/messages/read',
    describeRoute({
      summary: 'A guest of a video has seen the messages up to here',
      tag: 'customers',
      access: 'none',
      body: ReadGuestMessages,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const { token, upTo } = parse(ReadGuestMessages, request.body);
      const guest = await requireGuest(context, token, readGuestCookie(request.headers.cookie));
      refuseFlood(reads, guest);
      await readByGuest(context, guest, { upTo });
      return reply.code(204).send();
    },
  );
}
