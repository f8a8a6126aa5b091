import {
  CompiledQuery,
  DummyDriver,
  PostgresDialect,
  Transaction,
  type DatabaseConnection,
  type Kysely,
  type QueryExecutor,
  type QueryResult,
} from 'kysely';
import type { Database, Writer } from './database.ts';

interface Steps<Result, Sealed> {
  act: (tx: Writer) => Promise<Result>;
  /**
   * Sends the last statements; COMMIT goes out right behind them, without waiting for their answers. What it throws or rejects
   * with at once still rolls back.
   */
  seal: (tx: Writer, result: Result) => Promise<Sealed>;
}

interface Committed<Result, Sealed> {
  result: Result;
  sealed: Sealed;
}

// A transaction has its connection already: it opens none.
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('no other connection')) });
const driver = new DummyDriver();

const ignored = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => undefined);
  return promise;
};

interface Turn {
  /** Rejects when what this transaction comes behind has not committed: then this one is rolled back, for that reason. */
  before: Promise<void>;
  /** COMMIT is on its way: another transaction may be sent behind it. */
  left: () => void;
}

/**
 * Runs a transaction in as few round trips as it can be: each statement goes out when it is called, in that order, whether or not
 * those before it have been answered. It fails if any of them does, awaited or not. Of several that fail the first is the
 * reason; the others only say that the transaction is over.
 */
export function transact<Result, Sealed>(
  db: Kysely<Database>,
  steps: Steps<Result, Sealed>,
): Promise<Committed<Result, Sealed>> {
  const executor = db.getExecutor();
  return executor.provideConnection((connection) =>
    run(executor, connection, steps, { before: Promise.resolve(), left: () => undefined }),
  );
}

/**
 * Runs transactions one after another on one connection, each as `transact` and after the one before it in every respect: but its
 * first statements leave behind that one's COMMIT, in the same packet. None commits before `committed` was told of the one before
 * it; the first that fails ends it all, and is thrown.
 */
export function transactInTurn<Result, Sealed>(
  db: Kysely<Database>,
  all: Iterable<Steps<Result, Sealed>>,
  committed: (done: Committed<Result, Sealed>) => void,
): Promise<void> {
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
    let before = Promise.resolve();
    try {
      for (const steps of all) {
        const { promise: left, resolve } = Promise.withResolvers<void>();
        before = ignored(run(executor, connection, steps, { before, left: resolve }).then(committed));
        await Promise.race([left, before]);
      }
      await before;
    } finally {
      // Also when `all` throws: nobody else gets the connection while a COMMIT is on its way.
      await before.catch(() => undefined);
    }
  });
}

async function run<Result, Sealed>(
  executor: QueryExecutor,
  connection: DatabaseConnection,
  { act, seal }: Steps<Result, Sealed>,
  { before, left }: Turn,
): Promise<Committed<Result, Sealed>> {
  let failure: Error | null = null;
  let isOver = false;
  const failIfAnyFailed = (): void => {
    if (failure) throw failure;
  };
  const send = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    try {
      if (isOver) throw new Error('a statement after the end of its transaction');
      return await connection.executeQuery<Row>(query);
    } catch (error) {
      failure ??= error as Error;
      throw failure;
    }
  };
  const streamQuery = (): never => {
    throw new Error('a cursor in a transaction that does not wait for its answers');
  };
  const shared = { executeQuery: send, streamQuery };
  const tx: Writer = new Transaction<Database>({
    config: { dialect },
    dialect,
    driver,
    executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(shared) }),
  });
  let end: Promise<QueryResult<{ command: string }>> | null = null;
  try {
    void ignored(send(CompiledQuery.raw('begin')));
    const result = await act(tx);
    await before;
    const sealing = seal(tx, result);
    sealing.catch((error: Error) => (failure ??= error));
    // One turn, in which a seal that has failed already says so. What was called leaves in the same packet nonetheless.
    await Promise.resolve();
    failIfAnyFailed();
    end = ignored(send(CompiledQuery.raw('commit')));
    isOver = true;
    left();
    const { rows } = await end;
    const sealed = await sealing;
    failIfAnyFailed();
    if (rows[0]?.command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return { result, sealed };
  } catch (error) {
    // When this is answered all that was sent before has been: whoever has the connection next finds it as it should be.
    isOver = true;
    end ??= connection.executeQuery(CompiledQuery.raw('rollback'));
    await end.catch(() => undefined);
    await before;
    throw error;
  }
}
