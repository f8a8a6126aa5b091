import { CompiledQuery, DummyDriver, PostgresDialect, Transaction, type Kysely, type QueryResult } from 'kysely';
import type { Database, Writer } from './database.ts';

interface Steps<Result, Sealed> {
  act: (tx: Writer) => Promise<Result>;
  /**
   * Sends the last statements; COMMIT goes out right behind them, without waiting for their answers. What it throws or rejects
   * with at once still rolls back.
   */
  seal: (tx: Writer, result: Result) => Promise<Sealed>;
}

// A transaction has its connection already: it opens none.
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('no other connection')) });
const driver = new DummyDriver();

const ignored = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => undefined);
  return promise;
};

/**
 * Runs a transaction in as few round trips as it can be: each statement goes out when it is called, in that order, whether or not
 * those before it have been answered. It fails if any of them does, awaited or not. Of several that fail the first is the
 * reason; the others only say that the transaction is over.
 */
export function transact<Result, Sealed>(
  db: Kysely<Database>,
  { act, seal }: Steps<Result, Sealed>,
): Promise<{ result: Result; sealed: Sealed }> {
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
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
      const sealing = seal(tx, result);
      sealing.catch((error: Error) => (failure ??= error));
      // One turn, in which a seal that has failed already says so. What was called leaves in the same packet nonetheless.
      await Promise.resolve();
      failIfAnyFailed();
      end = ignored(send(CompiledQuery.raw('commit')));
      isOver = true;
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
      throw error;
    }
  });
}
