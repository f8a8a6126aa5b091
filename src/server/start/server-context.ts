import type { Logger } from 'pino';
import type { ChangeHub } from '../changes/change-hub.ts';
import type { RefusalLog } from '../commands/refusal-log.ts';
import type { Takes } from '../commands/takes.ts';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import type { EvidenceBook } from '../evidence/evidence-book.ts';
import type { ServerFiles } from '../files/server-files.ts';
import type { BranchImages } from '../jobs/snapshot/branch-images.ts';
import type { Store } from '../store/connect.ts';
import type { Turn } from '../video/make-ice.ts';

/** What routes, commands and sockets work with. One per server process. */
export interface ServerContext {
  store: Store;
  /** Wall clock in ms; tests may set it. */
  clock: () => number;
  log: Logger;
  /** Base of every link and QR, without a trailing slash. */
  publicUrl: string;
  hub: ChangeHub;
  dispatcher: Dispatcher;
  takes: Takes;
  refusals: RefusalLog;
  /** How many closed tickets of a branch, the newest, its desks are given; 100,000 when left out. */
  headersKept?: number;
  /** The relay of video; absent where there is none. */
  turn?: Turn;
  /** What keeps the files of attentions and looks them through; absent where nobody shares any. */
  files?: ServerFiles;
  /** Absent where none are made: every desk gets rows. */
  images?: BranchImages;
  /** Absent where nobody answers anything: in the command line. */
  evidence?: EvidenceBook;
  /** Told of every signal in a video how many of its candidates were not passed on (trust B74); absent where nobody counts. */
  candidatesDropped?: (count: number) => void;
}
