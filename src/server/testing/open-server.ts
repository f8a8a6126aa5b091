import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Change, ChangeBody } from '../../protocol/change.ts';
import { ChangeHub } from '../changes/change-hub.ts';
import { createEvidenceBook, type EvidenceBook } from '../evidence/evidence-book.ts';
import { RefusalLog } from '../commands/refusal-log.ts';
import { Takes } from '../commands/takes.ts';
import { createDispatcher } from '../dispatch/dispatcher.ts';
import { createLog } from '../start/log.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readChanges } from '../store/change-rows.ts';
import { connect } from '../store/connect.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

/** 2026-03-04, 09:00 in Bogotá. */
export const NINE = Date.UTC(2026, 2, 4, 14, 0);

export interface TestServer {
  database: TestDatabase;
  context: ServerContext;
  /** What `context.clock()` says; tests move it. */
  clock: { now: number };
  /** What was logged as an error and not expected: `close` throws when there is any. */
  errors: string[];
  evidence: EvidenceBook;
  /** Where its journal is. */
  evidenceFolder: string;
  close: () => Promise<void>;
}

/** A server process without doors, on a database of its own or on that of `beside`: hub, dispatcher, settable clock. */
export async function openServer(options: { beside?: TestServer; dispatches?: boolean } = {}): Promise<TestServer> {
  const database = options.beside?.database ?? (await testDatabase());
  const clock = options.beside?.clock ?? { now: NINE };
  const errors: string[] = [];
  const store = connect(database.url, (error) => void errors.push(String(error)));
  const log = createLog({ write: (line) => void errors.push(line) });
  log.level = 'error';
  const hub = new ChangeHub(store, log);
  const dispatcher = createDispatcher();
  const evidenceFolder = mkdtempSync(join(tmpdir(), 'ventanilla-evidence-'));
  const evidence = createEvidenceBook({ store, log, clock: () => clock.now, folder: evidenceFolder });
  const context: ServerContext = {
    store,
    clock: () => clock.now,
    log,
    publicUrl: 'http://ventanilla.test',
    hub,
    dispatcher,
    takes: new Takes(),
    refusals: new RefusalLog(store),
    evidence,
  };
  if (options.dispatches) dispatcher.start(context);
  const close = async (): Promise<void> => {
    await dispatcher.stop();
    await hub.settled();
    await evidence.close();
    rmSync(evidenceFolder, { recursive: true });
    await store.close();
    // What the drop does to a connection that is still closing is no fault.
    const logged = [...errors];
    if (!options.beside) await database.drop();
    if (logged.length > 0) throw new Error(`The server logged errors:\n${logged.join('\n')}`);
  };
  return { database, context, clock, errors, evidence, evidenceFolder, close };
}

/** All changes of a stream after a cursor. */
export async function changesOf(server: TestServer, stream: string, after = 0): Promise<Change[]> {
  return (await readChanges(server.context.store.db, [[stream, after]], 100_000)).get(stream) ?? [];
}

/** Resolves with the first change of a stream that is it, whether it came already or comes later. */
export function changeOf<Type extends ChangeBody['type']>(
  server: TestServer,
  stream: string,
  type: Type,
  isIt: (body: Extract<ChangeBody, { type: Type }>) => boolean = () => true,
): Promise<Extract<ChangeBody, { type: Type }>> {
  type Wanted = Extract<ChangeBody, { type: Type }>;
  return new Promise((resolve, reject) => {
    const stop = server.context.hub.subscribe(
      {
        stream,
        take: (changes) => {
          const found = changes
            .map(({ body }) => body)
            .find((body): body is Wanted => body.type === type && isIt(body as Wanted));
          if (!found) return;
          queueMicrotask(() => stop());
          resolve(found);
        },
        fail: () => reject(new Error(`nothing more of ${stream}`)),
      },
      0,
    );
  });
}

/** An act that is on its way to the lock may have a password to check first. */
const WAITS_WITHIN = { timeout: 10_000 };

/** Resolves once so many connections to this database wait for locks. */
export async function someoneWaits(server: Pick<TestServer, 'context'>, count = 1): Promise<void> {
  await vi.waitFor(async () => {
    const { rowCount } = await server.context.store.pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rowCount !== count) throw new Error(`${rowCount} connections wait`);
  }, WAITS_WITHIN);
}
