import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCommand, type CommandRow } from '../store/command-rows.ts';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';

let server: TestServer;
let agent: TestAgent;
beforeAll(async () => {
  server = await openServer();
  agent = await newAgent(await newOffice(server));
});
afterAll(() => server.close());

const rowOf = (values: Partial<CommandRow> = {}): CommandRow => {
  const id = values.id ?? uuidv7();
  const error = { code: 'ALREADY_HELD', title: 'Ana', retryable: false, requestId: 'test' } as const;
  return {
    id,
    authorId: agent.id,
    deviceId: agent.deviceId,
    sessionId: agent.sessionId,
    bodyHash: Buffer.from([0, 1, 255]),
    occurredAt: 0,
    isSuspect: false,
    receivedAt: server.clock.now,
    answer: { id, status: 'refused', error } as CommandRow['answer'],
    ...values,
  };
};

test('[R9] refusals that come at once are all durable when they are answered, each as it was given', async () => {
  const rows = Array.from({ length: 250 }, () => rowOf());
  await Promise.all(
    rows.map(async (row) => {
      expect(await server.context.refusals.keep(row)).toBe(true);
      expect(await readCommand(server.context.store.db, row.id)).toEqual({
        answer: row.answer,
        bodyHash: row.bodyHash,
      });
    }),
  );
});

test('[R9] of one command that is refused several times at once one answer stays', async () => {
  const id = uuidv7();
  const kept = await Promise.all(Array.from({ length: 5 }, () => server.context.refusals.keep(rowOf({ id }))));
  expect(kept.filter(Boolean)).toHaveLength(1);
  expect(await server.context.refusals.keep(rowOf({ id }))).toBe(false);
});

test('[R5] one that cannot be kept fails alone', async () => {
  const first = server.context.refusals.keep(rowOf());
  const good = rowOf();
  const all = [
    first,
    ...[good, rowOf({ sessionId: uuidv7() }), rowOf()].map((row) => server.context.refusals.keep(row)),
  ];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(await readCommand(server.context.store.db, good.id)).not.toBeNull();
});
