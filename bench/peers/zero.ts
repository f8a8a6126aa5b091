/** Zero's client with its store in memory, from `new Zero` to its query of all headers being complete. */
import { Zero } from '@rocicorp/zero';
import { runPeer, startServer } from './run-peer.ts';
import { zeroSchema } from './zero-schema.ts';

await runPeer(async (given) => {
  const { line: port, stop } = await startServer('zero-server.ts');
  const { schema, queries } = zeroSchema(given);
  const startedAt = performance.now();
  const zero = new Zero({
    cacheURL: `http://127.0.0.1:${port}`,
    schema,
    userID: 'anon',
    kvStore: 'mem',
    logLevel: 'error',
    context: undefined as unknown,
  });
  await zero.preload(queries.all()).complete;
  const milliseconds = performance.now() - startedAt;
  const headers = await zero.run(queries.all(), { type: 'unknown' });
  await zero.close();
  await stop();
  return { milliseconds, headers };
});
process.exit(0);
