import type { ServerContext } from '../start/server-context.ts';
import { noteOfficeAddress } from '../store/guest-block-rows.ts';

const NOTED_EVERY_MS = 3_600_000;
const MOST_KEPT = 10_000;

/**
 * Where desks and kiosks of a company come from: its own places, which a block of an address never shuts out, for their customers
 * stand behind the same address (decision 0017).
 */
export class OfficeAddresses {
  readonly #context: Pick<ServerContext, 'store' | 'clock' | 'log'>;
  readonly #notedAt = new Map<string, number>();

  constructor(context: Pick<ServerContext, 'store' | 'clock' | 'log'>) {
    this.#context = context;
  }

  /** `address`: as `clientAddress` gives it. */
  note(companyId: string, address: string): void {
    const { store, clock, log } = this.#context;
    const now = clock();
    const key = `${companyId} ${address}`;
    if (now - (this.#notedAt.get(key) ?? -NOTED_EVERY_MS) < NOTED_EVERY_MS) return;
    if (this.#notedAt.size >= MOST_KEPT) this.#notedAt.clear();
    this.#notedAt.set(key, now);
    noteOfficeAddress(store.db, companyId, address, now).catch((error: unknown) => {
      this.#notedAt.delete(key);
      log.error({ error }, 'where a desk or a kiosk is was not noted');
    });
  }
}
