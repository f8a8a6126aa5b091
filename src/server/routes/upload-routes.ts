import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MAXIMUM_CHUNK_BYTES } from '../../protocol/files/file-limits.ts';
import { GuestFile, type SharedFile } from '../../protocol/files/shared-file.ts';
import { BeginGuestUpload, BeginUpload, GuestUpload, Upload, UploadOffset } from '../../protocol/files/upload.ts';
import { UploadId } from '../../protocol/ids.ts';
import type { Asker } from '../files/asker.ts';
import { beginGuestUpload, beginUpload } from '../files/begin-upload.ts';
import { completeUpload, sharedOf } from '../files/complete-upload.ts';
import type { ServerFiles } from '../files/server-files.ts';
import { cancelUpload, ownUpload, takePart } from '../files/take-part.ts';
import { clientAddress } from '../policies/client-address.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import { readGuestCookie } from '../sessions/guest-cookie.ts';
import type { ServerContext } from '../start/server-context.ts';
import type { UploadRow } from '../store/upload-rows.ts';
import { describeRoute } from './describe-route.ts';
import { agentAsker, floodKeyOf, guestAsker } from './file-askers.ts';
import { parse } from './parse.ts';

const BYTES = 'application/octet-stream';
const BEGINNINGS = { limit: 60, windowMs: 60_000 };
/** Of one address: a branch's Wi-Fi is one. */
const BEGINNINGS_PER_ADDRESS = { limit: 300, windowMs: 60_000 };
/** Parts, looks and ends. */
const STEPS = { limit: 3_000, windowMs: 60_000 };

interface Door {
  path: '/v1/desk/uploads' | '/v1/guest/uploads';
  tag: 'desk' | 'customers';
  access: 'session' | 'none';
  begins: z.ZodType;
  upload: typeof Upload | typeof GuestUpload;
  who: (request: FastifyRequest) => Promise<Asker> | Asker;
  begin: (request: FastifyRequest, asker: Asker) => Promise<UploadRow>;
  /** As whoever sent it may see it. */
  present: (file: SharedFile) => SharedFile | GuestFile;
}

/** How files are sent: the same steps for desks and for guests (protocol/files/upload.ts). */
export async function uploadRoutes(app: FastifyInstance, context: ServerContext, files: ServerFiles): Promise<void> {
  const doors: Door[] = [
    {
      path: '/v1/desk/uploads',
      tag: 'desk',
      access: 'session',
      begins: BeginUpload,
      upload: Upload,
      who: (request) => agentAsker(context, request),
      begin: (request, asker) => {
        if (asker.type !== 'agent') throw new Error('a desk is asked for its agent');
        return beginUpload(context, asker, parse(BeginUpload, request.body));
      },
      present: (file) => file,
    },
    {
      path: '/v1/guest/uploads',
      tag: 'customers',
      access: 'none',
      begins: BeginGuestUpload,
      upload: GuestUpload,
      who: guestAsker,
      begin: (request) =>
        beginGuestUpload(context, readGuestCookie(request.headers.cookie), parse(BeginGuestUpload, request.body)),
      present: (file) => GuestFile.parse(file),
    },
  ];
  const perAddress = new RateLimit(BEGINNINGS_PER_ADDRESS);
  // Bytes are taken here alone: anywhere else they are refused as what is not JSON.
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      BYTES,
      { parseAs: 'buffer', bodyLimit: MAXIMUM_CHUNK_BYTES },
      (_request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: Buffer) => void) => done(null, body),
    );
    for (const door of doors) addDoor(scope, { context, files, perAddress }, door);
  });
}

function addDoor(
  app: FastifyInstance,
  { context, files, perAddress }: { context: ServerContext; files: ServerFiles; perAddress: RateLimit },
  { path, tag, access, begins, upload, who, begin, present }: Door,
): void {
  const beginnings = new RateLimit(BEGINNINGS);
  const steps = new RateLimit(STEPS);
  const params = { upload: 'Id of the upload' };
  const described = { tag, access };
  const hold = (limit: RateLimit, key: string): void => {
    const wait = limit.take(key, context.clock());
    if (wait !== null) throw tooMany(wait);
  };
  const step = async (request: FastifyRequest): Promise<{ asker: Asker; id: string }> => {
    const asker = await who(request);
    hold(steps, floodKeyOf(asker));
    const { data } = z.object({ upload: UploadId }).safeParse(request.params);
    if (!data) throw new Refusal('NOT_FOUND', { field: 'upload' });
    return { asker, id: data.upload };
  };
  const stateOf = ({ id, bytes, received }: Pick<UploadRow, 'id' | 'bytes' | 'received'>, file: SharedFile | null) =>
    ({ id, bytes, offset: received, file: file && present(file) }) as Upload | GuestUpload;
  const doneOf = (file: SharedFile): Upload | GuestUpload =>
    stateOf({ id: file.id, bytes: file.bytes, received: file.bytes }, file);

  app.post(
    path,
    describeRoute({ ...described, summary: 'Begins to send a file', body: begins, answers: { 201: upload } }),
    async (request, reply) => {
      const asker = await who(request);
      hold(beginnings, floodKeyOf(asker));
      if (asker.type === 'guest') hold(perAddress, clientAddress(request.ip));
      return reply.code(201).send(stateOf(await begin(request, asker), null));
    },
  );

  app.patch(
    `${path}/:upload`,
    {
      ...describeRoute({
        ...described,
        summary: 'The next bytes of it, from where it stands; 409 BAD_OFFSET says where that is',
        params,
        headers: { 'upload-offset': 'The first of these bytes' },
        answers: { 200: upload },
      }),
      bodyLimit: MAXIMUM_CHUNK_BYTES,
    },
    async (request, reply) => {
      const { asker, id } = await step(request);
      if (!Buffer.isBuffer(request.body)) throw new Refusal('UNSUPPORTED_MEDIA', { values: { expected: BYTES } });
      const offset = parse(UploadOffset, request.headers['upload-offset']);
      const taken = await takePart(context, files, asker, { id, offset, bytes: request.body });
      return reply.send(stateOf(taken, null));
    },
  );

  app.get(
    `${path}/:upload`,
    describeRoute({ ...described, summary: 'Where it stands, to go on after a cut', params, answers: { 200: upload } }),
    async (request, reply) => {
      const { asker, id } = await step(request);
      const file = await sharedOf(context, asker, id);
      return reply.send(file ? doneOf(file) : stateOf(await ownUpload(context, asker, id), null));
    },
  );

  app.post(
    `${path}/:upload/complete`,
    describeRoute({
      ...described,
      summary: 'All bytes are there: looks it through and shares it. Twice has one effect',
      params,
      answers: { 200: upload },
    }),
    async (request, reply) => {
      const { asker, id } = await step(request);
      return reply.send(doneOf(await completeUpload(context, files, asker, id)));
    },
  );

  app.delete(
    `${path}/:upload`,
    describeRoute({ ...described, summary: 'Sends it no more; nothing of it is left', params, answers: { 204: null } }),
    async (request, reply) => {
      const { asker, id } = await step(request);
      await cancelUpload(context, files, asker, id);
      return reply.code(204).send();
    },
  );
}
