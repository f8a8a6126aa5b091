import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GuestFile, SharedFile } from '../../protocol/files/shared-file.ts';
import { GuestUpload, Upload } from '../../protocol/files/upload.ts';
import type { BlobStore } from '../files/blob-store.ts';
import { completeUpload } from '../files/complete-upload.ts';
import {
  begin,
  begun,
  complete,
  deliverAt,
  deskDoor,
  guestDoor,
  openVideo,
  openVisit,
  patch,
  send,
  type Door,
  type OpenVideo,
} from '../files/testing/file-bench.ts';
import * as sample from '../files/testing/sample-files.ts';
import { sweepBlobs, sweepUploads } from '../jobs/sweep-files.ts';
import { guestStates } from '../queries/guest-states.ts';
import { readTicketContents } from '../queries/read-ticket-content.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import { noteOfficeAddress } from '../store/guest-block-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { ask, seatAt, testServer, type SignedInDesk, type TestServer } from '../testing/test-server.ts';

const MB = 1024 * 1024;

let isFull = false;
let server: TestServer;
let luis: SignedInDesk;
let ana: SignedInDesk;
let video: OpenVideo;
let desk: Door;
let guest: Door;

beforeAll(async () => {
  server = await testServer({ disk: { isFull: () => Promise.resolve(isFull) } });
  luis = await seatAt(server, 'luis@demo.test', 'centro', 1);
  ana = await seatAt(server, 'ana@demo.test', 'centro', 2);
});
afterAll(() => server.close());
beforeEach(async () => {
  // Nobody is remembered for what they did in the test before.
  server.advance(180_000);
  video = await openVideo(server, luis);
  desk = deskDoor(luis, video);
  guest = guestDoor(video);
});
afterEach(() => video.finish());

const blobs = () => server.context.files!.blobs;
const namesOf = async (all: AsyncIterable<{ name: string }[]>): Promise<string[]> => {
  const names: string[] = [];
  for await (const some of all) names.push(...some.map(({ name }) => name));
  return names.toSorted();
};
const contentOf = async (ticketId: string) => {
  const { db } = server.context.store;
  const { company_id } = await db
    .selectFrom('ticket')
    .select('company_id')
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  const row = await readTicket(db, company_id, ticketId);
  return (await readTicketContents(db, company_id, [row!]))[0]!;
};
const seenByGuest = async (ticketId: string): Promise<GuestFile[]> => {
  const row = await server.context.store.db
    .selectFrom('ticket')
    .select('branch_id')
    .where('id', '=', ticketId)
    .executeTakeFirstOrThrow();
  const states = await guestStates(server.context, row.branch_id, [ticketId]);
  return states.get(ticketId)?.state.files ?? [];
};
const get = (door: Door, path: string, headers: Record<string, string> = {}) =>
  ask(server, 'GET', `${door.path}/files/${path}`, undefined, { ...door.headers, ...headers });
const contentPath = (door: Door, id: string): string => (door === desk ? `${id}/content` : id);
/** Shares a file and gives it as both sides know it. */
const share = async (door: Door, name: string, bytes: Buffer): Promise<SharedFile> => {
  const response = await send(server, door, name, bytes);
  if (response.statusCode !== 200) throw new Error(response.body);
  const { files = [] } = await contentOf(video.ticketId);
  return files.at(-1)!;
};

/** Luis reports the guest of the video. Who else comes from this machine, as a branch's customers do, is not shut out with them. */
async function report(): Promise<void> {
  const { db } = server.context.store;
  const { id } = await db.selectFrom('company').select('id').executeTakeFirstOrThrow();
  await noteOfficeAddress(db, id, '127.0.0.1', server.context.clock());
  const { ticketId, attentionId } = video;
  await deliverAt(server, luis, { type: 'guest.block', ticketId, attentionId, epoch: 1, reason: 'other', comment: '' });
}

/** A store whose nth call fails, before it has done anything or after it has done it all. */
function failingAt(store: BlobStore, step: number, isAfter: boolean): BlobStore & { hasFailed: () => boolean } {
  let calls = 0;
  let hasFailed = false;
  const guarded = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    calls += 1;
    const isNow = calls === step;
    if (isNow) hasFailed = true;
    if (isNow && !isAfter) throw new Error('the disk fails');
    const result = await act();
    if (isNow) throw new Error('the process fails');
    return result;
  };
  return {
    ...store,
    withDraft: (id, use) => guarded(() => store.withDraft(id, use)),
    put: (name, path) => guarded(() => store.put(name, path)),
    dropDraft: (id) => guarded(() => store.dropDraft(id)),
    hasFailed: () => hasFailed,
  };
}

describe('both ways', () => {
  test('[S2-47] what the agent sends the guest sees and saves, byte by byte', async () => {
    const bytes = sample.pdf('/Lang (es)', Buffer.alloc(200_000, '% filling\n'));
    const response = await send(server, desk, 'Contrato.pdf', bytes);
    expect(response.statusCode).toBe(200);
    const { file } = Upload.parse(response.json());
    expect(file).toMatchObject({
      from: 'agent',
      agentName: expect.stringContaining('Luis'),
      ticketId: video.ticketId,
      attentionId: video.attentionId,
      name: 'Contrato.pdf',
      kind: 'application/pdf',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      wasCleaned: false,
    });
    const seen = await seenByGuest(video.ticketId);
    expect(seen).toEqual([GuestFile.parse(file)]);
    // Nothing of the agent beyond what a guest may know (trust T2).
    expect(Object.keys(seen[0]!)).not.toContain('agentName');
    const saved = await get(guest, file!.id);
    expect(saved.statusCode).toBe(200);
    expect(saved.rawPayload.equals(bytes)).toBe(true);
  });

  test('[S2-47] [B31] what the guest sends stands in the ticket and its timeline, cleaned, and the agent saves it', async () => {
    const photo = await sample.photoWithPlace();
    const response = await send(server, guest, 'IMG 1.JPG', photo);
    expect(response.statusCode).toBe(200);
    const { file } = GuestUpload.parse(response.json());
    expect(Object.keys(file!).toSorted()).toEqual(Object.keys(GuestFile.shape).toSorted());
    expect(file).toMatchObject({
      from: 'guest',
      name: 'IMG 1.jpg',
      kind: 'image/jpeg',
      wasCleaned: true,
      hasPreview: true,
    });
    const { files, events } = await contentOf(video.ticketId);
    expect(files).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      agentId: null,
      fact: { type: 'file.shared', fileId: file!.id, name: 'IMG 1.jpg', wasCleaned: true },
    });
    const saved = await get(desk, `${file!.id}/content`);
    expect(saved.rawPayload.includes('Canario')).toBe(false);
    expect(createHash('sha256').update(saved.rawPayload).digest('hex')).toBe(files![0]!.sha256);
    const described = await get(desk, file!.id);
    expect(SharedFile.parse(described.json())).toEqual(files![0]);
    const small = await get(desk, `${file!.id}/preview`);
    expect(small.headers['content-type']).toBe('image/webp');
    expect(small.rawPayload.length).toBeLessThan(100_000);
  });

  test('[S2-47] a change tells the agent’s desk, and pages of the ticket look again', async () => {
    const { db } = server.context.store;
    const said = async (stream: string) =>
      (await db.selectFrom('change').select('body').where('stream', '=', stream).orderBy('seq').execute()).map(
        ({ body }) => body,
      );
    const file = await share(guest, 'nota.txt', Buffer.from('Hola'));
    const own = await said(`agent:${luis.agent.id}`);
    expect(own.slice(-2)).toMatchObject([
      { type: 'event.added', event: { fact: { type: 'file.shared' } } },
      { type: 'file.put', file },
    ]);
    const [{ branch_id }] = (await db
      .selectFrom('ticket')
      .select('branch_id')
      .where('id', '=', video.ticketId)
      .execute()) as [{ branch_id: string }];
    expect((await said(`branch:${branch_id}`)).at(-1)).toMatchObject({
      type: 'ticket.put',
      header: { id: video.ticketId },
    });
  });

  test('[S2-47] a guest who waits sends already, and whoever calls finds it', async () => {
    const visit = await openVisit(server, luis);
    const response = await send(server, guestDoor(visit), 'a.txt', Buffer.from('a'));
    expect(response.statusCode).toBe(200);
    expect((await contentOf(visit.ticketId)).files).toMatchObject([{ attentionId: null, from: 'guest' }]);
  });
});

describe('an upload', () => {
  const bytes = Buffer.from('0123456789'.repeat(20_000));

  test.each([['desk'], ['guest']])(
    '[B25] by the %s that is cut at 60 % goes on where it stood, and nothing else is left',
    async (which) => {
      const door = which === 'desk' ? desk : guest;
      const id = await begun(server, door, 'datos.csv', bytes.length);
      const cut = bytes.length * 0.6;
      await patch(server, door, id, { offset: 0, bytes: bytes.subarray(0, cut) });
      // The answer was lost: the same part again is told where it stands.
      const again = await patch(server, door, id, { offset: 0, bytes: bytes.subarray(0, cut) });
      expect(again.statusCode).toBe(409);
      expect(again.json()).toMatchObject({ code: 'BAD_OFFSET', detail: String(cut) });
      const state = await ask(server, 'GET', `${door.path}/uploads/${id}`, undefined, door.headers);
      expect(state.json()).toEqual({ id, bytes: bytes.length, offset: cut, file: null });
      const early = await complete(server, door, id);
      expect(early.statusCode).toBe(400);
      const rest = await patch(server, door, id, { offset: cut, bytes: bytes.subarray(cut) });
      expect(rest.json()).toMatchObject({ offset: bytes.length });
      const [one, other] = await Promise.all([complete(server, door, id), complete(server, door, id)]);
      expect([one.statusCode, other.statusCode]).toEqual([200, 200]);
      expect(one.json()).toEqual(other.json());
      const late = await complete(server, door, id);
      expect(late.json()).toEqual(one.json());
      expect((await ask(server, 'GET', `${door.path}/uploads/${id}`, undefined, door.headers)).json()).toEqual(
        one.json(),
      );
      expect((await contentOf(video.ticketId)).files).toHaveLength(1);
      expect((await get(door, contentPath(door, id))).rawPayload.equals(bytes)).toBe(true);
      expect(await namesOf(blobs().drafts())).toEqual([]);
    },
  );

  test('[B25] of nothing, of more than was said, or of less is refused', async () => {
    const empty = await begin(server, guest, 'a.txt', 0);
    expect([empty.statusCode, empty.json()]).toMatchObject([422, { code: 'EMPTY' }]);
    const id = await begun(server, guest, 'a.txt', 4);
    const long = await patch(server, guest, id, { offset: 0, bytes: Buffer.from('12345') });
    expect([long.statusCode, long.json()]).toMatchObject([400, { code: 'BAD_REQUEST', field: 'bytes' }]);
    await patch(server, guest, id, { offset: 0, bytes: Buffer.from('123') });
    const short = await complete(server, guest, id);
    expect([short.statusCode, short.json()]).toMatchObject([400, { code: 'BAD_REQUEST', field: 'bytes' }]);
    const nothing = await patch(server, guest, id, { offset: 3, bytes: Buffer.alloc(0) });
    expect(nothing.statusCode).toBe(400);
    await ask(server, 'DELETE', `/v1/guest/uploads/${id}`, undefined, guest.headers);
  });

  test('[B25] whose length is not what its head says is refused', async () => {
    const id = await begun(server, guest, 'a.txt', 100);
    const lying = await server.app.inject({
      method: 'PATCH',
      url: `/v1/guest/uploads/${id}`,
      headers: {
        ...guest.headers,
        'content-type': 'application/octet-stream',
        'upload-offset': '0',
        'content-length': '50',
      },
      payload: Buffer.from('abc'),
    });
    expect([lying.statusCode, lying.json()]).toMatchObject([400, { code: 'BAD_REQUEST' }]);
    const state = await ask(server, 'GET', `/v1/guest/uploads/${id}`, undefined, guest.headers);
    expect(state.json()).toMatchObject({ offset: 0 });
  });

  test('[R13] on a full disk stands still, and what is there can be fetched', async () => {
    const file = await share(guest, 'a.txt', Buffer.from('a'));
    const id = await begun(server, guest, 'b.txt', 3);
    isFull = true;
    const refused = await patch(server, guest, id, { offset: 0, bytes: Buffer.from('abc') });
    const saved = await get(guest, file.id);
    isFull = false;
    expect([refused.statusCode, refused.json()]).toMatchObject([507, { code: 'DISK_FULL', retryable: true }]);
    expect(saved.statusCode).toBe(200);
    expect((await patch(server, guest, id, { offset: 0, bytes: Buffer.from('abc') })).statusCode).toBe(200);
    expect((await complete(server, guest, id)).statusCode).toBe(200);
  });

  test('[B29] of 101 MB is refused before a byte is sent, and a part of more than 1 MB too', async () => {
    const large = await begin(server, guest, 'a.pdf', 101 * MB);
    expect([large.statusCode, large.json()]).toMatchObject([413, { code: 'FILE_TOO_LARGE' }]);
    expect(large.json<{ title: string }>().title).toContain('Máximo 100 MB');
    const id = await begun(server, guest, 'a.txt', 100 * MB);
    const part = await patch(server, guest, id, { offset: 0, bytes: Buffer.alloc(MB + 1, 'a') });
    expect(part.statusCode).toBe(413);
    expect((await patch(server, guest, id, { offset: 0, bytes: Buffer.alloc(MB, 'a') })).statusCode).toBe(200);
    await ask(server, 'DELETE', `/v1/guest/uploads/${id}`, undefined, guest.headers);
  });

  test('[B29] the 21st of an attention is refused, both sides and those under way counted; a cancelled one makes room', async () => {
    await share(guest, 'a.txt', Buffer.from('a'));
    const ids: string[] = [];
    for (let index = 1; index < 20; index += 1)
      ids.push(await begun(server, index % 2 ? desk : guest, `${index}.txt`, 1));
    for (const door of [desk, guest]) {
      const refused = await begin(server, door, 'b.txt', 1);
      expect([refused.statusCode, refused.json()]).toMatchObject([409, { code: 'QUOTA' }]);
    }
    const gone = await ask(server, 'DELETE', `/v1/desk/uploads/${ids[0]}`, undefined, desk.headers);
    expect(gone.statusCode).toBe(204);
    expect((await begin(server, guest, 'b.txt', 1)).statusCode).toBe(201);
  });

  test('[B29] of what would be more than 500 MB in all is refused', async () => {
    for (let index = 0; index < 5; index += 1) await begun(server, guest, `${index}.pdf`, 100 * MB);
    expect((await begin(server, guest, 'b.txt', 1)).json()).toMatchObject({ code: 'QUOTA' });
  });

  test('[B25] that is cancelled leaves nothing', async () => {
    const id = await begun(server, guest, 'a.txt', 5);
    await patch(server, guest, id, { offset: 0, bytes: Buffer.from('abc') });
    expect(await namesOf(blobs().drafts())).toEqual([id]);
    for (let twice = 0; twice < 2; twice += 1) {
      expect((await ask(server, 'DELETE', `/v1/guest/uploads/${id}`, undefined, guest.headers)).statusCode).toBe(204);
    }
    expect(await namesOf(blobs().drafts())).toEqual([]);
    expect((await complete(server, guest, id)).statusCode).toBe(404);
  });

  test('[B25] with which nobody goes on for an hour is gone, and its bytes with it', async () => {
    const id = await begun(server, guest, 'a.txt', 5);
    const fresh = await begun(server, guest, 'b.txt', 5);
    await patch(server, guest, id, { offset: 0, bytes: Buffer.from('abc') });
    server.advance(3_000_000);
    await patch(server, guest, fresh, { offset: 0, bytes: Buffer.from('abc') });
    server.advance(700_000);
    await sweepUploads(server.context, blobs());
    expect(await namesOf(blobs().drafts())).toEqual([fresh]);
    expect((await patch(server, guest, id, { offset: 3, bytes: Buffer.from('de') })).statusCode).toBe(404);
    expect((await patch(server, guest, fresh, { offset: 3, bytes: Buffer.from('de') })).statusCode).toBe(200);
    expect((await complete(server, guest, fresh)).statusCode).toBe(200);
  });

  test('[B8] [B4] is taken as bytes alone, and bytes nowhere else', async () => {
    const id = await begun(server, guest, 'a.txt', 5);
    const json = await ask(
      server,
      'PATCH',
      `/v1/guest/uploads/${id}`,
      { a: 1 },
      { ...guest.headers, 'upload-offset': '0' },
    );
    expect(json.statusCode).toBe(415);
    for (const offset of ['-1', '1e3', '', 'x', '9'.repeat(20)]) {
      const response = await server.app.inject({
        method: 'PATCH',
        url: `/v1/guest/uploads/${id}`,
        headers: { ...guest.headers, 'content-type': 'application/octet-stream', 'upload-offset': offset },
        payload: Buffer.from('abc'),
      });
      expect([offset, response.statusCode]).toEqual([offset, 400]);
    }
    const elsewhere = await server.app.inject({
      method: 'POST',
      url: '/v1/guest/entries',
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from('{}'),
    });
    expect(elsewhere.statusCode).toBe(415);
  });
});

describe('what is refused for what it is', () => {
  test.each([
    'a.exe',
    'a.lnk',
    'a.js',
    'a.hta',
    'a.iso',
    'a.docm',
    'a.svg',
    'a.html',
    'eicar.com',
    'foto.heic',
    'pdf',
    '',
  ])('[B22] %s before a byte is sent, naming what is allowed', async (name) => {
    const refused = await begin(server, guest, name, 100);
    expect([refused.statusCode, refused.json()]).toMatchObject([415, { code: 'FILE_TYPE', retryable: false }]);
    expect(refused.json<{ detail: string }>().detail).toContain('jpg, png, webp, gif, pdf, docx, xlsx, pptx, txt, csv');
  });

  test('[B20] [B22] under an allowed name, once it is looked through, and nothing of it is left', async () => {
    for (const [name, bytes, detected] of [
      ['foto.png', sample.svg, 'svg'],
      ['foto.png', sample.html, 'text/html'],
      ['a.pdf', sample.program(), 'msdownload'],
      ['a.docx', sample.docm(), 'macroenabled'],
    ] as const) {
      const refused = await send(server, guest, name, bytes);
      expect([name, refused.statusCode, refused.json()]).toMatchObject([name, 415, { code: 'FILE_TYPE' }]);
      expect(refused.json<{ detail: string }>().detail).toMatch(
        new RegExp(`^Se detectó .*${detected}.*Se admiten: jpg`),
      );
    }
    const flood = await send(server, guest, 'a.png', sample.pixelFlood(30_000, 30_000));
    expect([flood.statusCode, flood.json()]).toMatchObject([422, { code: 'IMAGE_TOO_LARGE' }]);
    expect(flood.json<{ title: string }>().title).toContain('Máximo 40 megapíxeles');
    expect(await namesOf(blobs().drafts())).toEqual([]);
    expect((await contentOf(video.ticketId)).files ?? []).toEqual([]);
  });

  test('[T6] [T7] the test virus and markup as text are text: saved and never shown', async () => {
    const file = await share(guest, 'eicar.txt', sample.eicar);
    const saved = await get(desk, `${file.id}/content`);
    expect(saved.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(saved.headers['content-disposition']).toContain('attachment');
  });
});

test.each([
  ['a.jpg', () => sample.photoWithPlace(), 'image/jpeg'],
  ['a.png', () => sample.plainPng(), 'image/png'],
  ['a.webp', () => sample.plainWebp(), 'image/webp'],
  ['a.gif', () => sample.movingGif(), 'image/gif'],
  ['a.pdf', () => sample.pdf(), 'application/pdf'],
  ['a.docx', () => sample.docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['a.xlsx', () => sample.xlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a.pptx', () => sample.pptx(), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['a.txt', () => sample.html, 'text/plain; charset=utf-8'],
  ['a.csv', () => Buffer.from('a;b\n'), 'text/csv; charset=utf-8'],
])('[T6] %s is served to be saved, never to be shown', async (name, make, type) => {
  const file = await share(guest, name, await make());
  const answers = [await get(desk, `${file.id}/content`), await get(guest, file.id)];
  if (file.hasPreview) answers.push(await get(desk, `${file.id}/preview`), await get(guest, `${file.id}/preview`));
  for (const [index, { statusCode, headers }] of answers.entries()) {
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': index < 2 ? type : 'image/webp',
      'content-disposition': expect.stringMatching(/^attachment; filename="/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox;/),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
});

test('a file comes by range, from where a line broke off', async () => {
  const bytes = Buffer.from('0123456789');
  const file = await share(guest, 'a.txt', bytes);
  const rest = await get(desk, `${file.id}/content`, { range: 'bytes=4-' });
  expect([rest.statusCode, rest.body, rest.headers['content-range']]).toEqual([206, '456789', 'bytes 4-9/10']);
  expect((await get(desk, `${file.id}/content`, { range: 'bytes=10-' })).statusCode).toBe(416);
});

describe('who may', () => {
  test('[T12] of a file of another ticket, another branch’s and a stranger’s nothing exists', async () => {
    const file = await share(guest, 'a.txt', Buffer.from('a'));
    const upload = await begun(server, guest, 'b.txt', 5);
    const marta = await seatAt(server, 'marta@demo.test', 'norte', 1);
    const other = await openVisit(server, luis);
    const strangers: [string, Record<string, string>][] = [
      ['/v1/guest', {}],
      ['/v1/guest', { cookie: `__Host-guest=${newSecret()}` }],
      ['/v1/guest', other.guest],
      ['/v1/desk', ana.headers],
      ['/v1/desk', marta.headers],
    ];
    for (const [path, headers] of strangers) {
      const whole = path === '/v1/desk' ? `${path}/files/${file.id}/content` : `${path}/files/${file.id}`;
      for (const url of [whole, `${path}/files/${file.id}/preview`, `${path}/uploads/${upload}`]) {
        expect([url, (await ask(server, 'GET', url, undefined, headers)).statusCode]).toEqual([url, 404]);
      }
      const door = { path, headers };
      expect((await patch(server, door, upload, { offset: 0, bytes: Buffer.from('x') })).statusCode).toBe(404);
      expect((await complete(server, door, upload)).statusCode).toBe(404);
      await ask(server, 'DELETE', `${path}/uploads/${upload}`, undefined, headers);
    }
    // The agent of the same ticket does not send on behalf of the guest either.
    expect((await patch(server, desk, upload, { offset: 0, bytes: Buffer.from('x') })).statusCode).toBe(404);
    expect((await patch(server, guest, upload, { offset: 0, bytes: Buffer.from('x') })).statusCode).toBe(200);
  });

  test('[T12] an agent begins nothing in a ticket that they do not hold, nor in another attention of it', async () => {
    const stranger = { ...desk, headers: ana.headers };
    expect((await begin(server, stranger, 'a.txt', 1)).json()).toMatchObject({ code: 'NOT_FOUND' });
    const old = { ...desk, place: { ...desk.place, attentionId: crypto.randomUUID() } };
    expect((await begin(server, old, 'a.txt', 1)).json()).toMatchObject({ code: 'STALE_EPOCH' });
    const nowhere = { ...desk, place: { ...desk.place, ticketId: crypto.randomUUID() } };
    expect((await begin(server, nowhere, 'a.txt', 1)).json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('[T1] a guest without their cookie, with another’s, or with a wrong token begins nothing', async () => {
    const other = await openVisit(server, luis);
    for (const door of [
      { ...guest, headers: {} },
      { ...guest, headers: other.guest },
      { ...guest, place: { token: newSecret() } },
    ]) {
      const refused = await begin(server, door, 'a.txt', 1);
      expect(refused.statusCode).toBe(404);
    }
  });

  test('[T1] [T12] whoever comes after a revoked link sees nothing of who was in before', async () => {
    const file = await share(guest, 'cedula.txt', Buffer.from('1020304050'));
    const upload = await begun(server, guest, 'b.txt', 1);
    const invited = await ask(
      server,
      'POST',
      `/v1/desk/tickets/${video.ticketId}/guest-links`,
      { isReplacing: true },
      luis.headers,
    );
    const token = invited.json<{ url: string }>().url.split('#')[1]!;
    const entered = await ask(server, 'POST', '/v1/guest/entries', { token });
    const next = guestDoor({ token, guest: { cookie: String(entered.headers['set-cookie']).split(';')[0]! } });
    expect((await get(next, file.id)).statusCode).toBe(404);
    expect(await seenByGuest(video.ticketId)).toEqual([]);
    for (const url of [`/v1/guest/files/${file.id}`, `/v1/guest/uploads/${upload}`]) {
      expect((await ask(server, 'GET', url, undefined, guest.headers)).statusCode).toBe(404);
    }
    const sent = await share(desk, 'contrato.txt', Buffer.from('para quien está'));
    expect((await get(next, sent.id)).statusCode).toBe(200);
    expect((await get(guest, sent.id)).statusCode).toBe(404);
  });

  test('[T1] what the agent sends while nobody is in is for whoever enters next, by whichever link', async () => {
    const invite = () =>
      ask(server, 'POST', `/v1/desk/tickets/${video.ticketId}/guest-links`, { isReplacing: true }, luis.headers);
    await invite();
    const sent = await share(desk, 'contrato.txt', Buffer.from('para quien entre'));
    const token = (await invite()).json<{ url: string }>().url.split('#')[1]!;
    const entered = await ask(server, 'POST', '/v1/guest/entries', { token });
    const next = guestDoor({ token, guest: { cookie: String(entered.headers['set-cookie']).split(';')[0]! } });
    expect((await get(next, sent.id)).statusCode).toBe(200);
    expect((await get(guest, sent.id)).statusCode).toBe(404);
  });

  test('[T1] with the end of the attention nothing is sent by the guest, who reads on for a day; so does the agent, which is audited', async () => {
    const file = await share(guest, 'a.txt', Buffer.from('a'));
    const upload = await begun(server, guest, 'b.txt', 1);
    await video.finish();
    expect((await get(guest, file.id)).statusCode).toBe(200);
    expect((await patch(server, guest, upload, { offset: 0, bytes: Buffer.from('x') })).statusCode).toBe(404);
    expect((await begin(server, guest, 'c.txt', 1)).statusCode).toBe(404);
    expect((await begin(server, desk, 'c.txt', 1)).statusCode).toBe(404);
    expect(await seenByGuest(video.ticketId)).toMatchObject([{ id: file.id }]);
    expect((await get(desk, `${file.id}/content`)).statusCode).toBe(200);
    const audited = await server.context.store.db
      .selectFrom('audit')
      .select(['act', 'agent_id'])
      .where('subject', '=', file.id)
      .execute();
    expect(audited).toEqual([{ act: 'file.read', agent_id: luis.agent.id }]);
    video = await openVideo(server, luis);
  });
});

test('[T30] a browser that was reported sends nothing more of what it had begun, and gets no file', async () => {
  const file = await share(guest, 'a.txt', Buffer.from('a'));
  const picture = await share(guest, 'a.png', await sample.plainPng());
  const there = await openVisit(server, luis, guest.headers);
  const visit = guestDoor(there);
  const begunThere = await begun(server, visit, 'b.txt', 1);
  const wholeThere = await begun(server, visit, 'c.txt', 1);
  await patch(server, visit, wholeThere, { offset: 0, bytes: Buffer.from('c') });
  const shared = GuestUpload.parse((await send(server, visit, 'd.txt', Buffer.from('d'))).json()).id;
  const { ticketId } = video;
  await report();
  const asked = await Promise.all([
    get(guest, file.id),
    get(guest, `${picture.id}/preview`),
    get(visit, shared),
    patch(server, visit, begunThere, { offset: 0, bytes: Buffer.from('b') }),
    complete(server, visit, wholeThere),
    complete(server, visit, shared),
    begin(server, visit, 'e.txt', 1),
    ...[begunThere, shared].map((id) => ask(server, 'GET', `/v1/guest/uploads/${id}`, undefined, visit.headers)),
  ]);
  expect(asked.map((response) => [response.statusCode, response.json<{ code: string }>().code])).toEqual(
    asked.map(() => [409, 'GUEST_BLOCKED']),
  );
  expect([await seenByGuest(ticketId), await seenByGuest(there.ticketId)]).toEqual([[], []]);
  expect((await get(desk, `${file.id}/content`)).body).toBe('a');
  expect((await ask(server, 'DELETE', `/v1/guest/uploads/${begunThere}`, undefined, visit.headers)).statusCode).toBe(
    204,
  );
  video = await openVideo(server, luis);
});

test('[T30] nor does it send what was looked through while it was reported', async () => {
  const visit = guestDoor(await openVisit(server, luis, guest.headers));
  const id = await begun(server, visit, 'a.txt', 1);
  await patch(server, visit, id, { offset: 0, bytes: Buffer.from('a') });
  const { inspector } = server.context.files!;
  const reporting = {
    ...inspector,
    inspect: async (file: Parameters<typeof inspector.inspect>[0]) => {
      const inspected = await inspector.inspect(file);
      await report();
      return inspected;
    },
  };
  const asker = { type: 'guest', browserHash: hashSecret(video.guest.cookie.split('=')[1]!) } as const;
  const files = { blobs: blobs(), inspector: reporting };
  await expect(completeUpload(server.context, files, asker, id)).rejects.toMatchObject({ code: 'GUEST_BLOCKED' });
  expect(await namesOf(blobs().drafts())).not.toContain(id);
  video = await openVideo(server, luis);
});

describe('[R3] no bytes without a row, no row without bytes', () => {
  test('what was kept when a server was killed before its row is swept away, what has a row stays', async () => {
    const file = await share(guest, 'a.png', await sample.plainPng());
    const orphan = crypto.randomUUID();
    await blobs().writeDraft(orphan, 0, Buffer.from('x'));
    await blobs().withDraft(orphan, (path) => blobs().put(orphan, path));
    server.advance(7_200_000);
    await sweepUploads(server.context, blobs());
    await sweepBlobs(server.context, blobs());
    const names = await namesOf(blobs().blobs());
    expect(names).not.toContain(orphan);
    expect(names).toEqual(expect.arrayContaining([file.id, `${file.id}.preview`]));
    expect(await namesOf(blobs().drafts())).toEqual([]);
  });

  test('where the row cannot be written the file is not there, and the same upload is completed later', async () => {
    const bytes = Buffer.from('a');
    const id = await begun(server, guest, 'a.txt', bytes.length);
    await patch(server, guest, id, { offset: 0, bytes });
    const { pool } = server.context.store;
    await pool.query('ALTER TABLE shared_file ADD CONSTRAINT broken CHECK (bytes = 0) NOT VALID');
    expect((await complete(server, guest, id)).statusCode).toBe(500);
    expect((await contentOf(video.ticketId)).files ?? []).toEqual([]);
    await pool.query('ALTER TABLE shared_file DROP CONSTRAINT broken');
    expect((await complete(server, guest, id)).statusCode).toBe(200);
    expect((await get(guest, id)).body).toBe('a');
  });

  test('whichever step the disk fails at, before it or after it, no row is without bytes, and the next try succeeds', async () => {
    const png = await sample.plainPng();
    const browser = video.guest.cookie.split('=')[1]!;
    const asker = { type: 'guest', browserHash: hashSecret(browser) } as const;
    const { inspector } = server.context.files!;
    let failures = 0;
    for (const isAfter of [false, true]) {
      for (let step = 1; ; step += 1) {
        const id = await begun(server, guest, 'a.png', png.length);
        await patch(server, guest, id, { offset: 0, bytes: png });
        const failing = failingAt(blobs(), step, isAfter);
        const done = await completeUpload(server.context, { inspector, blobs: failing }, asker, id).catch(() => null);
        const { files = [] } = await contentOf(video.ticketId);
        for (const file of files) expect((await get(guest, file.id)).statusCode).toBe(200);
        if (!done) {
          failures += 1;
          expect((await complete(server, guest, id)).statusCode).toBe(200);
        }
        if (!failing.hasFailed()) break;
      }
    }
    expect(failures).toBeGreaterThan(5);
    server.advance(7_200_000);
    await sweepUploads(server.context, blobs());
    await sweepBlobs(server.context, blobs());
    const { files = [] } = await contentOf(video.ticketId);
    for (const { id } of files) {
      expect(await namesOf(blobs().blobs())).toEqual(expect.arrayContaining([id, `${id}.preview`]));
    }
    expect(await namesOf(blobs().drafts())).toEqual([]);
  });

  test('a row whose bytes are gone is told as gone, and the rest goes on', async () => {
    const file = await share(guest, 'a.txt', Buffer.from('a'));
    await blobs().remove(file.id);
    expect((await get(guest, file.id)).json()).toMatchObject({ code: 'GONE' });
    expect(await seenByGuest(video.ticketId)).toHaveLength(1);
  });
});

test('[B26] nothing of a name becomes a path', async () => {
  const file = await share(guest, '../../..\\etc/pass\u202ewd\0.TXT', Buffer.from('a'));
  expect(file.name).toBe('passwd.txt');
  const names = await namesOf(blobs().blobs());
  expect(names.every((name) => /^[0-9a-f-]{36}(\.preview)?$/.test(name))).toBe(true);
  expect(readdirSync('.').some((name) => name.includes('passwd'))).toBe(false);
});
