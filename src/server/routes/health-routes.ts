import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../policies/refusal.ts';
import { credentialOf } from '../sessions/device-access.ts';
import { hashSecret } from '../sessions/secrets.ts';
import type { DiskGuard } from '../start/disk-guard.ts';
import { isLoopback } from '../policies/is-loopback.ts';
import type { Metrics } from '../start/metrics.ts';
import type { ServerContext } from '../start/server-context.ts';
import { isAnswering } from '../store/server-rows.ts';
import { describeRoute } from './describe-route.ts';

const Alive = z.object({ status: z.literal('ok') });
const ok = { status: 'ok' } as const satisfies z.infer<typeof Alive>;
/** A probe gets its answer within a second, whatever the database does (trust R12). */
const DATABASE_ANSWERS_WITHIN_MS = 800;

interface Options {
  context: ServerContext;
  disk: DiskGuard;
  metrics: Metrics;
  metricsToken: string;
  isStopping: () => boolean;
}

/** For whoever watches over the server. */
export function healthRoutes(
  app: FastifyInstance,
  { context, disk, metrics, metricsToken, isStopping }: Options,
): void {
  app.get(
    '/livez',
    describeRoute({ summary: 'The process lives', tag: 'health', access: 'none', answers: { 200: Alive } }),
    (_request, reply) => reply.send(ok),
  );

  app.get(
    '/readyz',
    describeRoute({
      summary: 'Ready for work: 503 without the database or while stopping, 507 when the disk is full',
      tag: 'health',
      access: 'none',
      answers: { 200: Alive },
    }),
    async (_request, reply) => {
      if (isStopping()) throw new Refusal('UNAVAILABLE');
      if (await disk.isFull()) throw new Refusal('DISK_FULL');
      if (!(await isAnswering(context.store, DATABASE_ANSWERS_WITHIN_MS))) throw new Refusal('UNAVAILABLE');
      return reply.send(ok);
    },
  );

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, metricsToken)) throw new Refusal('NOT_FOUND');
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/**
 * With the token; or from this machine itself, asked by its own name (trust T14: a page may point its name here, and say any
 * name but in `Host`) and not through a proxy on it.
 */
function mayRead({ ip, raw, headers }: FastifyRequest, token: string): boolean {
  const given = credentialOf(headers.authorization, 'Bearer');
  if (given !== undefined) return timingSafeEqual(hashSecret(given), hashSecret(token));
  return (
    isLoopback(ip.replace(/^::ffff:/i, '')) &&
    isLoopback((raw.headers.host ?? '').replace(/:\d+$/, '')) &&
    headers['x-forwarded-for'] === undefined &&
    headers['x-forwarded-host'] === undefined &&
    headers.forwarded === undefined
  );
}
