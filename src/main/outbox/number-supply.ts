import type { Logger } from 'pino';
import { businessDayOf } from '../../domain/business-day/business-day.ts';
import type { ServiceId } from '../../protocol/ids.ts';
import type { TakenNumber } from '../cache/blocks-repository.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { Working } from '../session/session-fact.ts';
import type { SessionKey } from '../sync/keys.ts';
import type { ServerApi } from '../sync/server-api.ts';
import type { ServerClock } from '../sync/server-clock.ts';

const BLOCK = 20;

interface NumberSupplyOptions {
  api: ServerApi;
  store: StoreClient;
  clock: ServerClock;
  log: Logger;
  working: () => Working | null;
  key: () => SessionKey | null;
  isLineUp: () => boolean;
}

/** Numbers reserved to this desk for "Atender ahora", topped up while the line is there. */
export function createNumberSupply({ api, store, clock, log, working, key, isLineUp }: NumberSupplyOptions) {
  let refilling: Promise<void> | null = null;

  const refill = async (at: Working, session: SessionKey): Promise<void> => {
    const today = businessDayOf(clock.now(), at.branch.timeZone);
    const left = await store.ask('blocks.left', at.branch.id, today);
    const served = new Set([...at.mainServices, ...at.supportServices]);
    const wanted = at.services
      .filter(({ id, kind }) => kind === 'counter' && served.has(id))
      .map(({ id }) => ({ serviceId: id, count: BLOCK - (left[id] ?? 0) }))
      .filter(({ count }) => count >= BLOCK / 2);
    if (wanted.length === 0) return;
    const { blocks } = await api.reserveBlocks(session, { services: wanted });
    await store.ask('blocks.add', blocks, today);
  };

  const ensure = async (): Promise<void> => {
    const at = working();
    const session = key();
    if (!at || !session || !isLineUp()) return;
    refilling ??= refill(at, session)
      .catch((error: unknown) => log.warn({ err: error }, 'no numbers reserved'))
      .finally(() => {
        refilling = null;
      });
    await refilling;
  };

  return {
    /** Tops up every service that is down to half a block; a failure waits for the next call. */
    ensure,
    /**
     * Takes the next number of a service for today. With the line up and none left it waits for a refill.
     * @throws DeskError NO_BLOCK
     */
    take: async (at: Working, serviceId: ServiceId): Promise<TakenNumber> => {
      const today = businessDayOf(clock.now(), at.branch.timeZone);
      const taken = await store.ask('blocks.take', serviceId, today);
      if (taken) return taken;
      await ensure();
      const next = await store.ask('blocks.take', serviceId, today);
      if (!next) throw new DeskError('NO_BLOCK');
      return next;
    },
  };
}

export type NumberSupply = ReturnType<typeof createNumberSupply>;
