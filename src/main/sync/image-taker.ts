import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { BRANCH_SCHEMA } from '../../cache-file/branch-migrations.ts';
import { hasZstd } from '../../cache-file/has-zstd.ts';
import type { Image } from '../../protocol/socket/down.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import { fetchImage } from './fetch-image.ts';
import type { SessionKey } from './keys.ts';
import { isForLater } from './no-answer.ts';
import type { ServerApi } from './server-api.ts';

const MOST_TRIES = 3;

interface Options {
  api: ServerApi;
  store: StoreClient;
  folder: string;
  log: Logger;
}

/** Takes what the server offers in place of rows, and asks for rows where that leads nowhere. */
export function createImageTaker({ api, store, folder, log }: Options) {
  /** Since the desk last caught up, those that brought nothing nearer. */
  let tries = 0;
  let isKnown = true;

  return {
    /** What the desk says that it can take; undefined for rows. */
    schema: (): number | undefined => (hasZstd() && isKnown && tries < MOST_TRIES ? BRANCH_SCHEMA : undefined),
    /** The server is of before there were images. */
    notKnown: (): void => {
      isKnown = false;
    },
    caughtUp: (): void => {
      tries = 0;
    },
    /** `cut`: the rest is for a later try. Else the desk may connect at once, with the image or for rows. Never throws. */
    take: async (key: SessionKey, offer: Image, stopped: AbortSignal): Promise<'done' | 'cut'> => {
      let hasGrown = false;
      let ready: string | null = null;
      try {
        const received = (): void => {
          hasGrown = true;
        };
        ready = await fetchImage({ api, key, offer, folder, stopped, received });
        await store.ask('branch.install', offer.stream.slice('branch:'.length), ready);
        tries += 1;
        return 'done';
      } catch (error) {
        if (ready !== null) await rm(ready, { force: true });
        // Another server than the one that offered it does not have it.
        const isElsewhere = ready === null && error instanceof DeskError && error.code === 'NOT_FOUND';
        if (isForLater(error) || isElsewhere) {
          if (!hasGrown) tries += 1;
          return 'cut';
        }
        log.warn({ err: error }, 'the image of the branch could not be used; it comes as rows');
        tries = MOST_TRIES;
        return 'done';
      }
    },
  };
}

export type ImageTaker = ReturnType<typeof createImageTaker>;
