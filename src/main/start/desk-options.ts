import type { Logger } from 'pino';
import type { Language } from '../../texts/create-texts.ts';
import type { StoreFolder } from '../cache/open-store.ts';
import type { StoreThread } from '../cache/store-thread.ts';
import type { FileHost } from '../hosts/file-host.ts';
import type { ScreenHost } from '../hosts/screen-host.ts';
import type { KeyStore } from '../hosts/key-store.ts';
import type { LineTimings } from '../sync/line-timings.ts';

/** What a workstation is started with. */
export interface DeskOptions extends StoreFolder {
  serverUrl: URL;
  /** How many closed tickets of a branch, the newest, are kept; 100,000 when left out. */
  headersKept?: number;
  /** As the server lists it. */
  deskName: string;
  /** Spoken where the agent's own is not known. */
  machineLanguage: () => Language;
  keyStore: KeyStore;
  /** Where files go that the agent fetches. */
  fileHost: FileHost;
  /** Who asks the agent what to share; the browser itself when left out. */
  screens?: ScreenHost;
  /** Gives a thread that runs `cache/worker.ts`, and of which nothing was asked yet. */
  startThread: () => StoreThread;
  log: Logger;
  /** The thread of the store ended by itself: nothing can be kept any more. */
  onFatal: (error: Error) => void;
  timings?: LineTimings;
  random?: () => number;
}
