import type { UploadsFact } from '../../bridge/facts.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { FileHost } from '../hosts/file-host.ts';
import { createFileApi } from '../sync/file-api.ts';
import type { SessionKey } from '../sync/keys.ts';
import type { ServerRequestsOptions } from '../sync/server-requests.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import { createUploads, type Uploads } from './uploads.ts';

interface Options {
  serverUrl: URL;
  requests: ServerRequestsOptions;
  key: () => SessionKey | null;
  isLineUp: () => boolean;
  store: StoreClient;
  host: FileHost;
  changed: (fact: UploadsFact) => void;
  errorBody: (error: unknown) => ErrorBody;
}

/** The files of attentions, both ways. */
export type Sharing = Uploads & Downloads & { close: () => void };

export function createSharing(options: Options): Sharing {
  const { serverUrl, requests, key, isLineUp, store, host, changed, errorBody } = options;
  const api = createFileApi(serverUrl, requests);
  const attentionOf: Parameters<typeof createUploads>[0]['attentionOf'] = async (ticketId) =>
    (await store.ask('desk.ticket', ticketId))?.header.holder?.attentionId ?? null;
  return {
    ...createUploads({ api, key, isLineUp, attentionOf, changed, errorBody }),
    ...createDownloads({ api, key, host }),
    close: api.close,
  };
}
