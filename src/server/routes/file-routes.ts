import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachmentOf } from '../../domain/files/content-disposition.ts';
import { SharedFile } from '../../protocol/files/shared-file.ts';
import { FileId } from '../../protocol/ids.ts';
import { auditFile, readFileFor } from '../files/read-file.ts';
import type { Asker } from '../files/asker.ts';
import type { ServerFiles } from '../files/server-files.ts';
import { readByteRange } from '../policies/byte-range.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { FileRow } from '../store/file-rows.ts';
import { describeRoute } from './describe-route.ts';
import { agentAsker, floodKeyOf, guestAsker } from './file-askers.ts';

/** Pictures of a list, and one range after another of a line that breaks off. */
const PER_ASKER = { limit: 600, windowMs: 60_000 };

const PREVIEW = 'image/webp';

/**
 * What was shared, to be saved and never shown: whatever it is, it comes as an attachment that is not guessed at, in a sandbox
 * without rights, for this origin alone, and kept in no cache (trust T6).
 */
export function fileRoutes(app: FastifyInstance, context: ServerContext, files: ServerFiles): void {
  const perAsker = new RateLimit(PER_ASKER);
  const params = { file: 'Id of the file' };
  const headers = { range: 'One range of bytes', 'if-range': 'The range counts only while this is the ETag' };

  const rowFor = async (asker: Asker, found: unknown): Promise<FileRow> => {
    const wait = perAsker.take(floodKeyOf(asker), context.clock());
    if (wait !== null) throw tooMany(wait);
    const { data } = z.object({ file: FileId }).safeParse(found);
    if (!data) throw new Refusal('NOT_FOUND', { field: 'file' });
    return readFileFor(context, asker, data.file);
  };
  const sendWhole = async (asker: Asker, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { file } = await rowFor(asker, request.params);
    await auditFile(context, asker, file.id);
    return send({ files, request, reply }, { blob: file.id, name: file.name, kind: file.kind, sha256: file.sha256 });
  };
  const sendPreview = async (asker: Asker, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { file, previewSha256 } = await rowFor(asker, request.params);
    if (previewSha256 === null) throw new Refusal('NOT_FOUND', { field: 'file' });
    await auditFile(context, asker, file.id);
    const name = `${file.id}.webp`;
    return send({ files, request, reply }, { blob: `${file.id}.preview`, name, kind: PREVIEW, sha256: previewSha256 });
  };

  app.get(
    '/v1/desk/files/:file',
    describeRoute({
      summary: 'What is known of a file that was shared in a ticket whose content this agent may read',
      tag: 'desk',
      access: 'session',
      params,
      answers: { 200: SharedFile },
    }),
    async (request, reply) => {
      const { file } = await rowFor(await agentAsker(context, request), request.params);
      return reply.send(file satisfies SharedFile);
    },
  );
  app.get(
    '/v1/desk/files/:file/content',
    describeRoute({
      summary: 'Its bytes, to be saved; by range where it was cut. Audited',
      tag: 'desk',
      access: 'session',
      params,
      headers,
      answers: { 200: null, 206: null },
    }),
    async (request, reply) => sendWhole(await agentAsker(context, request), request, reply),
  );
  app.get(
    '/v1/desk/files/:file/preview',
    describeRoute({
      summary: 'The small picture that the server has made of it; 404 where there is none',
      tag: 'desk',
      access: 'session',
      params,
      answers: { 200: null },
    }),
    async (request, reply) => sendPreview(await agentAsker(context, request), request, reply),
  );
  app.get(
    '/v1/guest/files/:file',
    describeRoute({
      summary:
        'A file that was shared with this guest, to be saved, until a day after the end; by its cookie. 409 GUEST_BLOCKED after a report',
      tag: 'customers',
      access: 'none',
      params,
      headers,
      answers: { 200: null, 206: null },
    }),
    async (request, reply) => sendWhole(guestAsker(request), request, reply),
  );
  app.get(
    '/v1/guest/files/:file/preview',
    describeRoute({
      summary: 'The small picture that the server has made of it; 404 where there is none',
      tag: 'customers',
      access: 'none',
      params,
      answers: { 200: null },
    }),
    async (request, reply) => sendPreview(guestAsker(request), request, reply),
  );
}

async function send(
  { files, request, reply }: { files: ServerFiles; request: FastifyRequest; reply: FastifyReply },
  { blob, name, kind, sha256 }: { blob: string; name: string; kind: string; sha256: string },
): Promise<FastifyReply> {
  const found = await files.blobs.open(blob);
  if (!found) {
    request.log.error({ blob }, 'the bytes of a file are missing');
    throw new Refusal('GONE');
  }
  const etag = `"${sha256}"`;
  const condition = request.headers['if-range'];
  const asked = condition === undefined || condition === etag ? request.headers.range : undefined;
  const range = readByteRange(asked, found.bytes);
  reply
    .header('content-disposition', attachmentOf(name))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .type(kind.startsWith('text/') ? `${kind}; charset=utf-8` : kind);
  if (range === 'none') {
    await found.close();
    return reply.code(416).header('content-range', `bytes */${found.bytes}`).header('content-length', 0).send('');
  }
  const { from, to } = range ?? { from: 0, to: found.bytes - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${from}-${to}/${found.bytes}`);
  reply.header('content-length', to - from + 1);
  return reply.send(found.read(from, to));
}
