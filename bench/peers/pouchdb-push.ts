/**
 * PouchDB on LevelDB, pushing documents that it wrote while it was alone to a CouchDB-protocol server. `FOLDER` is an empty folder
 * that the caller removes, `DOCUMENTS` their number, `LATE_BY` the round trip of the line in ms. Prints how long the push took,
 * in ms.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import PouchDB from 'pouchdb';
import { layChaosWire } from '../../e2e/faults/support/chaos-wire.ts';
import { bodiesOf } from '../support/offline-day.ts';

/** The best of 100 (its default), 250 and 1,000. */
const BATCH = 1_000;

const folder = process.env['FOLDER'] ?? '';
const wanted = Number(process.env['DOCUMENTS']);
const server = spawn(process.execPath, [join(import.meta.dirname, 'pouchdb-push-server.ts')], {
  env: process.env,
  cwd: folder,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [port] = (await once(createInterface(server.stdout), 'line')) as [string];
const wire = await layChaosWire(`http://127.0.0.1:${port}`);
const local = new PouchDB<object>(join(folder, 'client'));
const documents: object[] = [];
for (let customer = 0; documents.length < wanted; customer += 1) documents.push(...bodiesOf(customer));
await local.bulkDocs(documents.slice(0, wanted).map((body, index) => ({ _id: `command-${index}`, ...body })));
wire.delay(Number(process.env['LATE_BY']) / 2);
const startedAt = performance.now();
const { docs_written: written } = await local.replicate.to(`${wire.url}/commands`, {
  batch_size: BATCH,
  batches_limit: 10,
});
const took = performance.now() - startedAt;
wire.delay(0);
const { doc_count: stored } = await new PouchDB(`${wire.url}/commands`).info();
if (written !== wanted || stored !== wanted) throw new Error(`${written} were pushed and ${stored} are there`);
process.stdout.write(`${took}\n`);
server.stdin.end();
await once(server, 'exit');
process.exit(0);
