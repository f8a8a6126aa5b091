import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChangePassword, SignedIn, SignIn, SocketTicket, TakeSeat } from '../../protocol/http/desk-api.ts';
import { clientAddress } from '../policies/client-address.ts';
import { Refusal } from '../policies/refusal.ts';
import { changePassword } from '../sessions/change-password.ts';
import { findDevice } from '../sessions/device-access.ts';
import { requireSession } from '../sessions/session-access.ts';
import { createSignInLimits } from '../sessions/sign-in-limits.ts';
import { signIn } from '../sessions/sign-in.ts';
import { signOut } from '../sessions/sign-out.ts';
import { createSocketTicket } from '../sessions/socket-tickets.ts';
import { takeSeat } from '../sessions/take-seat.ts';
import type { ServerContext } from '../start/server-context.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

/** An agent comes in, sits down, gets a ticket for the socket, leaves. */
export function sessionRoutes(app: FastifyInstance, context: ServerContext): void {
  const limits = createSignInLimits();

  app.post(
    '/v1/sessions',
    describeRoute({
      summary: 'Signs an agent in at a desk; a desk without a key is enrolled and gets one',
      tag: 'desk',
      access: 'noneOrDesk',
      headers: { authorization: 'Device <id>.<secret>, from a desk that was enrolled' },
      body: SignIn,
      answers: { 201: SignedIn },
    }),
    async (request, reply) => {
      const { authorization } = request.headers;
      const device = await findDevice(context, authorization);
      if (authorization !== undefined && device?.kind !== 'desk') throw new Refusal('UNAUTHENTICATED');
      const input = parse(SignIn, request.body);
      const signedIn = await signIn(context, limits, { device, source: clientAddress(request.ip) }, input);
      return reply.code(201).send(signedIn);
    },
  );

  app.post(
    '/v1/sessions/current/seat',
    describeRoute({
      summary: 'Sits the agent at a module; 409 MODULE_TAKEN names who sits there',
      tag: 'desk',
      access: 'session',
      body: TakeSeat,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      await takeSeat(context, session, parse(TakeSeat, request.body));
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/sessions/current/password',
    describeRoute({
      summary: "Changes the agent's password and ends the agent's other sessions",
      tag: 'desk',
      access: 'session',
      body: ChangePassword,
      answers: { 204: null },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      const source = clientAddress(request.ip);
      await changePassword(context, limits, { session, source }, parse(ChangePassword, request.body));
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/sessions/current/socket-tickets',
    describeRoute({
      summary: 'A ticket for one socket: one use, 30 s',
      tag: 'desk',
      access: 'session',
      body: z.strictObject({}),
      answers: { 201: SocketTicket },
    }),
    async (request, reply) => {
      const session = await requireSession(context, request.headers);
      parse(z.strictObject({}), request.body ?? {});
      return reply.code(201).send({ ticket: await createSocketTicket(context, session) } satisfies SocketTicket);
    },
  );

  app.delete(
    '/v1/sessions/current',
    describeRoute({
      summary: 'Signs the agent out and frees the module; 409 BUSY_AGENT while a customer is in hand',
      tag: 'desk',
      access: 'session',
      answers: { 204: null },
    }),
    async (request, reply) => {
      await signOut(context, await requireSession(context, request.headers));
      return reply.code(204).send();
    },
  );
}
