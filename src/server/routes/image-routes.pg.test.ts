import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import type { BranchImage } from '../jobs/snapshot/branch-images.ts';
import { testImages } from '../testing/branch-images.ts';
import {
  ask,
  seatAt,
  seatOf,
  signInAt,
  testServer,
  type SignedInDesk,
  type TestServer,
} from '../testing/test-server.ts';

let server: TestServer;
let images: ReturnType<typeof testImages>;
let ana: SignedInDesk;
let own: BranchImage;
let foreign: BranchImage;
let packed: Buffer;
let centro: string;
let foreignBranch: string;

beforeAll(async () => {
  server = await testServer();
  images = testImages(server);
  server.context.images = images.images;
  ana = await seatAt(server, 'ana@demo.test', 'centro', 1);
  centro = seatOf(server, 'centro', 1).branchId;
  foreignBranch = server.office.branches.find(({ id }) => id !== centro)!.id;
  for (const { slug, id } of server.office.branches) {
    const service = server.office.services.find(({ branchId }) => branchId === id);
    await ask(
      server,
      'POST',
      `/v1/branches/${slug}/tickets`,
      { service: service?.slug },
      { authorization: `Bearer ${server.deviceToken}` },
    );
  }
  own = (await images.images.offer(centro, BRANCH_SCHEMA))!;
  foreign = (await images.images.offer(foreignBranch, BRANCH_SCHEMA))!;
  packed = readFileSync(own.path);
});
afterAll(async () => {
  await images.close();
  await server.close();
});

const get = (branch: string, sha256: string, headers: Record<string, string> = {}, desk = ana) =>
  ask(server, 'GET', `/v1/desk/branches/${branch}/images/${sha256}`, undefined, { ...desk.headers, ...headers });

test('the image that was offered comes whole, named by its hash', async () => {
  const answer = await get(centro, own.sha256);
  expect(answer.statusCode).toBe(200);
  expect(answer.rawPayload.equals(packed)).toBe(true);
  expect(answer.headers).toMatchObject({
    etag: `"${own.sha256}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
  });
});

test('[R16] what a cut left out comes by range, as long as it is the same image', async () => {
  const rest = await get(centro, own.sha256, { range: 'bytes=100-', 'if-range': `"${own.sha256}"` });
  expect(rest.statusCode).toBe(206);
  expect(rest.headers['content-range']).toBe(`bytes 100-${own.bytes - 1}/${own.bytes}`);
  expect(rest.rawPayload.equals(packed.subarray(100))).toBe(true);
  const part = await get(centro, own.sha256, { range: 'bytes=100-199' });
  expect(part.rawPayload.equals(packed.subarray(100, 200))).toBe(true);
  const whole = await get(centro, own.sha256, { range: 'bytes=100-', 'if-range': `"${foreign.sha256}"` });
  expect([whole.statusCode, whole.rawPayload.length]).toEqual([200, own.bytes]);
  const beyond = await get(centro, own.sha256, { range: `bytes=${own.bytes}-` });
  expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${own.bytes}`]);
});

test('[T13] another branch, its image under our branch, and what never was do not exist', async () => {
  expect(foreign.sha256).not.toBe(own.sha256);
  const asked: [string, string][] = [
    [foreignBranch, foreign.sha256],
    [foreignBranch, own.sha256],
    [centro, foreign.sha256],
    [centro, '0'.repeat(64)],
    [centro, '..%2f..%2fdatabase-url'],
    ['nowhere', own.sha256],
  ];
  for (const [branch, sha256] of asked) {
    const answer = await get(branch, sha256);
    expect([branch, sha256, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      branch,
      sha256,
      404,
      'NOT_FOUND',
    ]);
  }
});

test('[T13] without a session, without its desk, or without a seat there is none', async () => {
  expect((await ask(server, 'GET', `/v1/desk/branches/${centro}/images/${own.sha256}`)).statusCode).toBe(401);
  const { authorization = '' } = ana.headers;
  expect((await get(centro, own.sha256, {}, { ...ana, headers: { authorization } })).statusCode).toBe(401);
  const luis = await signInAt(server, 'luis@demo.test');
  const stolen = { authorization, 'x-device': luis.deviceKey };
  expect((await get(centro, own.sha256, {}, { ...ana, headers: stolen })).statusCode).toBe(401);
  expect((await get(centro, own.sha256, {}, luis)).statusCode).toBe(404);
});

test('an image whose file is gone does not exist', async () => {
  rmSync(own.path);
  expect((await get(centro, own.sha256)).statusCode).toBe(404);
});

test('[T10] a desk that was revoked is told so and gets nothing', async () => {
  await server.context.store.db
    .updateTable('device')
    .set({ revoked_at: new Date() })
    .where('id', '=', ana.deviceKey.split('.')[0] ?? '')
    .execute();
  const answer = await get(centro, own.sha256);
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'DESK_REVOKED']);
});
