import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { runWork } from './work.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

async function commit(id: string, amount = 1): Promise<void> {
  await runWork(server.context, (work) => {
    for (let index = 0; index < amount; index += 1) {
      work.say('branch', id, { type: 'content.gone', ticketId: uuidv7() } as never);
    }
    return Promise.resolve();
  });
}

/** Subscribes; `reached` resolves when the change with this seq has come. */
function watch(id: string, from: number, until: number) {
  const seqs: number[] = [];
  const end = Promise.withResolvers<void>();
  let hasFailed = false;
  const stop = server.context.hub.subscribe(
    {
      stream: `branch:${id}`,
      take: (changes) => {
        seqs.push(...changes.map(({ seq }) => seq));
        if (changes.at(-1)!.seq >= until) end.resolve();
      },
      fail: () => {
        hasFailed = true;
        end.resolve();
      },
    },
    from,
  );
  return { seqs, stop, reached: end.promise, hasFailed: () => hasFailed };
}

const range = (from: number, until: number) => Array.from({ length: until - from }, (_, index) => from + index + 1);

test('[R10] everybody gets every change once and in order: from the start, late, and while eight write', async () => {
  const id = uuidv7();
  await commit(id, 700);
  const late = 1_501;
  const early = [watch(id, 700, late), watch(id, 700, late)];
  const writers = Array.from({ length: 8 }, async () => {
    for (let turn = 0; turn < 100; turn += 1) await commit(id);
  });
  await writers[0];
  // One has nothing yet, one is in the middle, one stands at the very end of what is committed now; one change is to come.
  const { seq } = await server.context.store.db
    .selectFrom('stream')
    .select('seq')
    .where('name', '=', `branch:${id}`)
    .executeTakeFirstOrThrow();
  const joined = [watch(id, 0, late), watch(id, 900, late), watch(id, seq, late)];
  const last = commit(id);
  await Promise.all([
    ...writers,
    last,
    ...early.map(({ reached }) => reached),
    ...joined.map(({ reached }) => reached),
  ]);
  for (const { seqs } of early) expect(seqs).toEqual(range(700, late));
  expect(joined.map(({ seqs }) => seqs)).toEqual([range(0, late), range(900, late), range(seq, late)]);
  for (const { stop } of [...early, ...joined]) stop();
});

test('whoever stopped gets nothing more, the others go on', async () => {
  const id = uuidv7();
  const gone = watch(id, 0, 1);
  const stays = watch(id, 0, 2);
  await commit(id);
  await gone.reached;
  gone.stop();
  await commit(id);
  await stays.reached;
  expect([gone.seqs, stays.seqs]).toEqual([[1], [1, 2]]);
  stays.stop();
});

test('a stream that everybody left is watched anew from the next one’s own cursor', async () => {
  const id = uuidv7();
  const first = watch(id, 0, 600);
  await commit(id, 600);
  first.stop();
  const second = watch(id, 10, 600);
  await second.reached;
  expect(second.seqs).toEqual(range(10, 600));
  second.stop();
});

test('one whose cursor the log does not reach any more is told so, not left waiting', async () => {
  const id = uuidv7();
  const ahead = watch(id, 0, 5);
  await commit(id, 5);
  await ahead.reached;
  await server.context.store.db
    .deleteFrom('change')
    .where('stream', '=', `branch:${id}`)
    .where('seq', '<=', 3)
    .execute();
  const behind = watch(id, 1, 5);
  await behind.reached;
  expect([behind.hasFailed(), behind.seqs]).toEqual([true, []]);
  expect(server.errors.splice(0)).toHaveLength(1);
  ahead.stop();
});

test('one who throws does not cost the others a change', async () => {
  const id = uuidv7();
  const failed = Promise.withResolvers<void>();
  server.context.hub.subscribe(
    {
      stream: `branch:${id}`,
      take: () => {
        throw new Error('broken pipe');
      },
      fail: failed.resolve,
    },
    0,
  );
  const other = watch(id, 0, 2);
  await commit(id, 2);
  await Promise.all([failed.promise, other.reached]);
  expect(other.seqs).toEqual([1, 2]);
  expect(server.errors.splice(0)).toHaveLength(1);
  other.stop();
});
