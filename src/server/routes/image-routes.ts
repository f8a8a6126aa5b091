import { open } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { readByteRange } from '../policies/byte-range.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import { requireSession } from '../sessions/session-access.ts';
import type { ServerContext } from '../start/server-context.ts';
import { describeRoute } from './describe-route.ts';

/** A cut is resumed; whoever begins more often than this does not get on. */
const PER_DESK = { limit: 60, windowMs: 60_000 };

/** The ready images of branches, for the desks to which the socket has offered them. */
export function imageRoutes(app: FastifyInstance, context: ServerContext): void {
  const perDesk = new RateLimit(PER_DESK);

  app.get<{ Params: { branch: string; sha256: string } }>(
    '/v1/desk/branches/:branch/images/:sha256',
    describeRoute({
      summary:
        'A ready cache of the branch in which the desk sits, as offered by the socket; by range where it was cut',
      tag: 'desk',
      access: 'session',
      params: { branch: 'Id of the branch', sha256: 'Hash of the image, which is its ETag too' },
      headers: { range: 'One range of bytes', 'if-range': 'The range counts only while this is the ETag' },
      answers: { 200: null, 206: null },
    }),
    async (request, reply) => {
      const { deviceId, branchId } = await requireSession(context, request.headers);
      const wait = perDesk.take(deviceId, context.clock());
      if (wait !== null) throw tooMany(wait);
      const { branch, sha256 } = request.params;
      const image = branch === branchId ? (context.images?.find(branch, sha256) ?? null) : null;
      const file = image && (await open(image.path).catch(() => null));
      if (!image || !file) throw new Refusal('NOT_FOUND');
      const { bytes } = image;
      const etag = `"${sha256}"`;
      const condition = request.headers['if-range'];
      const asked = condition === undefined || condition === etag ? request.headers.range : undefined;
      const range = readByteRange(asked, bytes);
      reply.header('accept-ranges', 'bytes').header('etag', etag).type('application/zstd');
      if (range === 'none') {
        await file.close();
        return reply.code(416).header('content-range', `bytes */${bytes}`).header('content-length', 0).send('');
      }
      const { from, to } = range ?? { from: 0, to: bytes - 1 };
      if (range) reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
      reply.header('content-length', to - from + 1);
      return reply.send(file.createReadStream({ start: from, end: to, highWaterMark: 1 << 18 }));
    },
  );
}
