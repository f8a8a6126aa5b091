/** PouchDB on LevelDB, replicated from a CouchDB-protocol server, then its two indexes, which it builds only after the documents. */
import { join } from 'node:path';
import PouchDB from 'pouchdb';
import pouchdbFind from 'pouchdb-find';
import { folder, runPeer, startServer } from './run-peer.ts';

/** Its default of 100 and pages of 5,000 take as long. */
const PAGE = 1_000;

PouchDB.plugin(pouchdbFind);
await runPeer(async () => {
  const { line: port, stop } = await startServer('pouchdb-server.ts');
  const database = new PouchDB(join(folder, 'client'));
  const startedAt = performance.now();
  await database.replicate.from(`http://127.0.0.1:${port}/headers`, { batch_size: PAGE, batches_limit: 10 });
  for (const fields of [['serviceId', 'state', 'number'], ['closedAt']]) {
    await database.createIndex({ index: { fields } });
    // An index is built when it is first asked.
    const selector = Object.fromEntries(fields.map((field) => [field, { $gt: null }]));
    await database.find({ selector, limit: 1 });
  }
  const milliseconds = performance.now() - startedAt;
  const { rows }: { rows: { doc: Record<string, unknown> }[] } = await database.allDocs({ include_docs: true });
  await stop();
  return { milliseconds, headers: rows.map(({ doc }) => doc).filter((doc) => 'number' in doc) };
});
process.exit(0);
