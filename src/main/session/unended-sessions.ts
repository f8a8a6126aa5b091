import { z } from 'zod';
import type { StoreClient } from '../cache/store-client.ts';
import { NoAnswerError, type DeviceKey, type ServerApi } from '../sync/server-api.ts';

const UNENDED = 'unendedSessions';

/** Sessions that were signed out without the line: their modules stay taken until the server has heard of it. */
export function createUnendedSessions(store: StoreClient, api: Pick<ServerApi, 'signOut'>) {
  const tokens = async (): Promise<string[]> =>
    z
      .array(z.string())
      .catch([])
      .parse(await store.ask('secret.get', UNENDED));

  return {
    add: async (token: string): Promise<void> => store.ask('secret.put', UNENDED, [...(await tokens()), token]),
    /** Tells the server, oldest first. Throws where it does not answer; what is left waits for the next call. */
    end: async (device: DeviceKey): Promise<void> => {
      for (;;) {
        const [token] = await tokens();
        if (token === undefined) return;
        await api.signOut({ token, device }).catch((error: unknown) => {
          // A refusal is the server's word too: the session is over, or not for this desk to end.
          if (error instanceof NoAnswerError) throw error;
        });
        const left = (await tokens()).filter((other) => other !== token);
        await store.ask('secret.put', UNENDED, left);
      }
    },
  };
}
