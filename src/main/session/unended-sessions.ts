import { z } from 'zod';
import type { StoreClient } from '../cache/store-client.ts';
import type { DeviceKey } from '../sync/keys.ts';
import { isForLater } from '../sync/no-answer.ts';
import type { ServerApi } from '../sync/server-api.ts';

const UNENDED = 'unendedSessions';

/** Sessions that were signed out without the line: their modules stay taken until the server has heard of it. */
export function createUnendedSessions(store: Pick<StoreClient, 'ask'>, api: Pick<ServerApi, 'signOut'>) {
  const tokens = async (): Promise<string[]> =>
    z
      .array(z.string())
      .catch([])
      .parse(await store.ask('secret.get', UNENDED));

  // One change at a time: what one reads the other must not write meanwhile.
  let lastChange: Promise<unknown> = Promise.resolve();
  const change = (changed: (tokens: string[]) => string[]): Promise<void> => {
    const isKept = lastChange.then(async () => store.ask('secret.put', UNENDED, changed(await tokens())));
    lastChange = isKept.catch(() => undefined);
    return isKept;
  };

  return {
    add: (token: string): Promise<void> => change((kept) => [...kept, token]),
    /** Tells the server, oldest first. Throws where it does not answer or cannot now; what is left waits for the next call. */
    end: async (device: DeviceKey): Promise<void> => {
      for (;;) {
        const [token] = await tokens();
        if (token === undefined) return;
        await api.signOut({ token, device }).catch((error: unknown) => {
          // Any other refusal is the server's word too: the session is over, or not for this desk to end.
          if (isForLater(error)) throw error;
        });
        await change((kept) => kept.filter((other) => other !== token));
      }
    },
  };
}
