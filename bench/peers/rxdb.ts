/** RxDB with its storage in memory (what lasts and runs on Node is not free) and its HTTP pull replication. */
import { createRxDatabase } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { runPeer, startServer } from './run-peer.ts';

/** The fastest of 100, 1,000 and 20,000. */
const PAGE = 1_000;

await runPeer(async (given) => {
  const { line: port, stop } = await startServer('rxdb-server.ts');
  const properties = Object.fromEntries(
    Object.keys(given).map((field) => [field, { type: ['string', 'number', 'null'] }]),
  );
  const database = await createRxDatabase({ name: 'headers', storage: getRxStorageMemory() });
  const { headers } = await database.addCollections({
    headers: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: {
          ...properties,
          id: { type: 'string', maxLength: 36 },
          number: { type: 'number', minimum: 0, maximum: 1_000_000_000, multipleOf: 1 },
          serviceId: { type: 'string', maxLength: 36 },
          state: { type: 'string', maxLength: 12 },
          closedAt: { type: 'number', minimum: 0, maximum: 100_000_000_000_000, multipleOf: 1 },
        },
        required: ['number', 'serviceId', 'state', 'closedAt'],
        indexes: [['serviceId', 'state', 'number'], ['closedAt']],
      },
    },
  });
  const startedAt = performance.now();
  const replication = replicateRxCollection<Record<string, unknown>, { number: number }>({
    collection: headers,
    replicationIdentifier: 'headers',
    live: false,
    pull: {
      batchSize: PAGE,
      handler: async (checkpoint, limit) => {
        const answer = await fetch(`http://127.0.0.1:${port}/?after=${checkpoint?.number ?? 0}&limit=${limit}`);
        const page = (await answer.json()) as { documents: never[]; checkpoint: { number: number } };
        return { ...page, documents: page.documents.map((each: object) => ({ ...each, _deleted: false })) as never[] };
      },
    },
  });
  replication.error$.subscribe((error) => console.error(error));
  await replication.awaitInitialReplication();
  const milliseconds = performance.now() - startedAt;
  const found = await headers.find().exec();
  await stop();
  return { milliseconds, headers: found.map((each) => each.toJSON()) };
});
process.exit(0);
