import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { BRANCH_SCHEMA } from '../../../cache-file/branch-migrations.ts';
import { HEADER_JSON } from '../../../cache-file/header-row.ts';
import { readSnapshot } from '../../queries/read-snapshot.ts';
import { attend, deliver, issue } from '../../testing/deliver.ts';
import { testImages } from '../../testing/branch-images.ts';
import { newAgent, newOffice, type TestAgent, type TestOffice } from '../../testing/office-factory.ts';
import { changesOf, NINE, openServer, type TestServer } from '../../testing/open-server.ts';
import type { BranchImage } from './branch-images.ts';

const DAY = 24 * 3_600_000;

let server: TestServer;
let office: TestOffice;
let ana: TestAgent;
let made: ReturnType<typeof testImages>;
let folder: string;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = NINE;
  office = await newOffice(server);
  ana = await newAgent(office, { firstName: 'Ana' });
  made = testImages(server);
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-image-'));
});
afterEach(async () => {
  await made.close();
  rmSync(folder, { recursive: true });
});

const offer = (images = made.images) => images.offer(office.branch.id, BRANCH_SCHEMA);
const stream = () => `branch:${office.branch.id}`;
const openImage = (image: BranchImage): Database.Database => {
  const path = join(folder, `${image.sha256}.db`);
  writeFileSync(path, zstdDecompressSync(readFileSync(image.path)));
  return new Database(path);
};

test('[R10] an image holds the rows that a desk would get, at the same place of the stream, with its search ready', async () => {
  const old = await issue(office);
  await deliver(ana, { type: 'ticket.cancel', ticketId: old.id });
  server.clock.now += 31 * DAY;
  await server.context.store.db
    .updateTable('session')
    .set({ expires_at: new Date(server.clock.now + DAY) })
    .execute();
  const [open, closed, held] = [await issue(office), await issue(office), await issue(office)];
  await deliver(ana, { type: 'ticket.cancel', ticketId: closed.id });
  await attend(ana, held.id);
  const image = await offer();
  const { seq, bodies } = await readSnapshot(server.context.store, stream(), server.clock.now);
  const db = openImage(image!);
  const read = (query: string) =>
    db
      .prepare<[], string>(query)
      .pluck()
      .all()
      .map((text) => JSON.parse(text) as unknown);
  const presences = read('SELECT json FROM presences');
  const headers = bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header] : []));
  expect(headers.map(({ id }) => id).toSorted()).toEqual([open.id, closed.id, held.id].toSorted());
  expect(read(`SELECT ${HEADER_JSON} FROM headers AS h`)).toEqual(headers.toSorted((a, b) => a.number - b.number));
  expect(presences).toEqual(bodies.flatMap((body) => (body.type === 'presence.put' ? [body.presence] : [])));
  expect(presences).not.toEqual([]);
  expect(db.prepare('SELECT * FROM cursors').all()).toEqual([{ stream: stream(), seq }]);
  expect(image).toMatchObject({ seq, schemaVersion: BRANCH_SCHEMA });
  const code = open.code.replace('-', ' ');
  const found = db.prepare('SELECT rowid FROM headers_search WHERE headers_search MATCH ?').pluck().all(code);
  expect(found).toEqual([headers.find(({ id }) => id === open.id)?.number]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('user_version', { simple: true })).toBe(BRANCH_SCHEMA);
  db.close();
  const packed = readFileSync(image!.path);
  expect([packed.length, createHash('sha256').update(packed).digest('hex')]).toEqual([image!.bytes, image!.sha256]);
});

/** What a hand, a restore or another program may have left in the row of a ticket. */
test.each([
  ['a bad enum', `jsonb_set(header, '{kind}', '"hologram"')`],
  ['a state that does not exist', `jsonb_set(header, '{state}', '"flying"')`],
  ['null in place of a header', `'null'::jsonb`],
  ['null in place of a number', `jsonb_set(header, '{number}', 'null')`],
  ['null in place of an instant', `jsonb_set(header, '{createdAt}', 'null')`],
  ['a word in place of an instant', `jsonb_set(header, '{calledAt}', '"noon"')`],
  ['an empty object', `'{}'::jsonb`],
  ['a list', `'[]'::jsonb`],
  ['the header of another ticket', `jsonb_set(header, '{id}', '"${uuidv7()}"')`],
])('[B95] a ticket with %s is set apart: the image holds the rest', async (_what, header) => {
  const [bad, good] = [await issue(office), await issue(office)];
  await sql`UPDATE ticket SET header = ${sql.raw(header)} WHERE id = ${bad.id}`.execute(server.context.store.db);
  const db = openImage((await offer())!);
  expect(db.prepare('SELECT id FROM headers').pluck().all()).toEqual([good.id]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('desks that begin together share one image, and later ones too while its changes are few', async () => {
  await issue(office);
  const [first, second] = await Promise.all([offer(), offer()]);
  expect(second).toBe(first);
  await issue(office);
  expect(await offer()).toBe(first);
  expect(readdirSync(made.folder)).toHaveLength(1);
});

test('[R16] an image to which the log does not reach back any more is made anew, and so is one with a long tail or a day old', async () => {
  await issue(office);
  const first = await offer();
  await issue(office);
  await issue(office);
  await server.context.store.db.deleteFrom('change').where('stream', '=', stream()).where('seq', '<=', 2).execute();
  const second = await offer();
  expect([first?.seq, second?.seq]).toEqual([1, 3]);
  server.clock.now += DAY;
  await issue(office);
  const third = await offer();
  expect(third).not.toBe(second);
  // The one before stays for those who are fetching it.
  const find = (image: typeof first) => made.images.find(office.branch.id, image!.sha256);
  expect([find(first), find(second), find(third)]).toEqual([null, second, third]);
  expect(readdirSync(made.folder)).toHaveLength(2);

  const short = testImages(server, { longestTail: 1 });
  const before = await offer(short.images);
  await issue(office);
  expect(await offer(short.images)).toBe(before);
  await issue(office);
  expect((await offer(short.images))?.seq).toBe(Number((await changesOf(server, stream())).at(-1)?.seq));
  await short.close();
});

test('of the closed tickets an image has as many as are kept, the newest', async () => {
  const [first, second, open] = [await issue(office), await issue(office), await issue(office)];
  await deliver(ana, { type: 'ticket.cancel', ticketId: second.id });
  server.clock.now += 1_000;
  await deliver(ana, { type: 'ticket.cancel', ticketId: first.id });
  const few = testImages(server, { headersKept: 1 });
  const db = openImage((await offer(few.images))!);
  expect(db.prepare('SELECT id FROM headers ORDER BY number').pluck().all()).toEqual([first.id, open.id]);
  db.close();
  await few.close();
});

test('an image whose file is gone is made anew', async () => {
  await issue(office);
  const first = await offer();
  rmSync(first!.path);
  expect(await offer()).not.toBe(first);
});

test('a small branch, and a desk of another schema, get rows', async () => {
  await issue(office);
  expect(await made.images.offer(office.branch.id, BRANCH_SCHEMA + 1)).toBeNull();
  expect(await made.images.offer(office.branch.id, undefined)).toBeNull();
  const large = testImages(server, { fewestHeaders: 2 });
  expect(await offer(large.images)).toBeNull();
  await issue(office);
  expect(await offer(large.images)).not.toBeNull();
  await large.close();
});

/** Runs `program` in the place of the thread that makes images: it can `note` a line in the file at `path`, and `answer`. */
const threadOf = (path: string, program: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync, existsSync } from 'node:fs';
    import { parentPort, workerData } from 'node:worker_threads';
    const path = ${JSON.stringify(path)};
    const note = (line) => appendFileSync(path, line + ' ' + workerData.order.branchId + '\\n');
    const answer = () => parentPort.postMessage({ seq: 1, bytes: 1, sha256: '', fileBytes: 1 });
    ${program}
  `)}`,
  );
/** Nobody else reads or writes `table` until the returned function is called. */
async function lock(table: 'agent_status' | 'ticket'): Promise<() => Promise<void>> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hold } = Promise.withResolvers<void>();
  const holding = server.context.store.db.transaction().execute(async (tx) => {
    await sql`LOCK TABLE ${sql.table(table)} IN ACCESS EXCLUSIVE MODE`.execute(tx);
    hold();
    await released;
  });
  await locked;
  return async () => {
    release();
    await holding;
  };
}

test('images are made one at a time, whatever the branch', async () => {
  const other = await newOffice(server);
  await issue(office);
  await issue(other);
  const path = join(folder, 'notes');
  const program = "note('begins'); process.on('exit', () => note('ends')); answer();";
  const { images, close } = testImages(server, { workerUrl: threadOf(path, program) });
  const ids = [office.branch.id, other.branch.id];
  await Promise.all(ids.map((id) => images.offer(id, BRANCH_SCHEMA)));
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const [first = '', second = ''] = lines[0]?.includes(office.branch.id) ? ids : ids.toReversed();
  expect(lines).toEqual([first, second].flatMap((id) => [`begins ${id}`, `ends ${id}`]));
  await close();
});

// What only the thread reads, and what is read before it begins.
test.each(['agent_status', 'ticket'] as const)('[R3] while PostgreSQL hangs at %s, rows go out', async (table) => {
  await issue(office);
  const { images, close } = testImages(server, { deadlineMs: 500 });
  const unlock = await lock(table);
  expect(await Promise.all([offer(images), offer(images)])).toEqual([null, null]);
  await close();
  await unlock();
  expect(server.errors.splice(0).join()).toContain('Not done after 500 ms');
});

test('[R3] a branch whose image was given up at the deadline has one at the next try', async () => {
  await issue(office);
  const path = join(folder, 'notes');
  const program = "if (existsSync(path)) answer(); else { note('hangs'); setInterval(() => undefined, 1000); }";
  const { images, close } = testImages(server, { deadlineMs: 2_000, workerUrl: threadOf(path, program) });
  expect(await offer(images)).toBeNull();
  expect(server.errors.splice(0).join()).toContain('could not be made');
  expect(await offer(images)).toMatchObject({ seq: 1 });
  await close();
});

test('[R13] a disk that is too full gets no image: rows go out and the log says why', async () => {
  await issue(office);
  let isFull = true;
  const careful = testImages(server, { disk: { isFull: () => Promise.resolve(isFull) } });
  expect(await offer(careful.images)).toBeNull();
  expect(readdirSync(careful.folder)).toEqual([]);
  isFull = false;
  expect(await offer(careful.images)).not.toBeNull();
  await careful.close();
});

test('when an image cannot be made, rows go out and the log says why', async () => {
  await issue(office);
  const broken = testImages(server, { workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
  expect(await offer(broken.images)).toBeNull();
  expect(server.errors.splice(0).join()).toContain('the image of a branch could not be made');
  await broken.close();
});
