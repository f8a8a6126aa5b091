import { EventEmitter, once } from 'node:events';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { ignore, testDatabase } from '../testing/test-database.ts';
import { connect } from './connect.ts';
import { keepListening } from './keep-listening.ts';

test('[R11] a connection that was killed is opened again, what is told then is heard, and nothing is left of it at the end', async () => {
  const database = await testDatabase();
  const store = connect(database.url, ignore);
  const listeners = async (): Promise<number> => {
    const { rows } = await sql`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'ventanilla hints'`.execute(store.db);
    return rows.length;
  };
  const events = new EventEmitter();
  let joins = 0;
  const joined = (): void => {
    joins += 1;
    events.emit('joined');
  };
  const first = once(events, 'joined');
  const wire = keepListening({
    url: database.url,
    channel: 'things',
    log: pino({ level: 'silent' }),
    heard: (payload) => events.emit('heard', payload),
    joined,
  });
  await first;
  const second = once(events, 'joined');
  await sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'ventanilla hints'`.execute(store.db);
  await second;
  expect(joins).toBe(2);
  expect(await listeners()).toBe(1);
  const heard = once(events, 'heard');
  wire.tell('one');
  expect(await heard).toEqual(['one']);
  await wire.stop();
  // PostgreSQL needs a moment to see that a connection is gone.
  await expect.poll(listeners, { timeout: 10_000 }).toBe(0);
  await store.close();
  await database.drop();
});
