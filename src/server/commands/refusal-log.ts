import type { Store } from '../store/connect.ts';
import { insertCommands, type CommandRow } from '../store/command-rows.ts';

interface Waiting {
  row: CommandRow;
  resolve: (isKept: boolean) => void;
  reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 100;
/** What is not written by then may have lost its connection: the next need not wait for it. */
const PATIENCE_MS = 1_000;

/** Keeps refusals, which every redelivery gets: those that come while some are being written are written together. */
export class RefusalLog {
  readonly #store: Store;
  readonly #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves when the answer is durable; false when the command had one already. */
  keep(row: CommandRow): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#waiting.push({ row, resolve, reject });
    if (!this.#isWriting) void this.#writeAll();
    return promise;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, PATIENCE_MS);
      await Promise.race([this.#write(this.#waiting.splice(0, MOST_AT_ONCE)), late.promise]);
      clearTimeout(timer);
    }
    this.#isWriting = false;
  }

  async #write(batch: Waiting[]): Promise<void> {
    try {
      const rows = batch.map(({ row }) => row);
      const kept = await insertCommands(this.#store.db, rows);
      // Delivered twice at once it stands there once: the second gets what the first left.
      for (const { row, resolve } of batch) resolve(kept.delete(row.id));
    } catch (error) {
      // One that cannot be kept is no reason to refuse the others.
      if (batch.length > 1) for (const each of batch) await this.#write([each]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
