/**
 * The floor of the desk's lists and searches: a thread that runs one statement on a file and answers with the text of the rows,
 * and nothing else. `workerData`: path of the file and statements by name.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const { path, statements } = workerData as { path: string; statements: Record<string, string> };
const db = new Database(path, { readonly: true });
const prepared = new Map(Object.entries(statements).map(([name, sql]) => [name, db.prepare(sql)]));
parentPort?.on('message', ({ id, name, input }: { id: number; name: string; input: unknown[] }) => {
  parentPort?.postMessage({ id, rows: JSON.stringify(prepared.get(name)?.all(...input)) });
});
