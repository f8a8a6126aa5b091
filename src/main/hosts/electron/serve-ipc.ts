import type { WebContents } from 'electron';
import type { Logger } from 'pino';
import { UpFrame, type DownFrame, type Wire } from '../../../bridge/frame.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { createCallLimit } from '../../bridge/call-limit.ts';
import type { ErrorWords } from '../../bridge/error-body.ts';
import { DeskError } from '../../desk-error.ts';
import { APP_ORIGIN } from './app-address.ts';
import { isOwnFrame } from './is-own-frame.ts';
import type { ServeWindow } from './watch-desk.ts';

/** The one channel between window and main, in both directions. */
export const FRAME_CHANNEL = 'frame';

/** A page greets once; reloads by hand come no faster. */
const GREETINGS = { burst: 5, perSecond: 0.2 };

interface ServeIpcOptions {
  contents: WebContents;
  serve: ServeWindow;
  /** A page has begun to listen. */
  listening: () => void;
  errorBody: ErrorWords;
  log: Logger;
}

export interface PageLine {
  /** Whether a page is there that hears what the desk tells. */
  isListening: () => boolean;
}

/**
 * Gives the desk to the page of this window, anew each time that a page there begins to listen. Calls of anybody else are
 * refused here with IPC_FORBIDDEN (trust B82); what a frame says is judged behind `serve`.
 */
export function serveIpc({ contents, serve, listening, errorBody, log }: ServeIpcOptions): PageLine {
  const greetings = createCallLimit(GREETINGS, () => performance.now());
  let take: ((frame: unknown) => void) | null = null;
  let letGo: (() => void) | null = null;

  const release = (): void => {
    letGo?.();
    letGo = null;
  };
  const wire: Wire<DownFrame, unknown> = {
    post: (frame) => {
      if (contents.isDestroyed() || !contents.getURL().startsWith(`${APP_ORIGIN}/`)) return;
      contents.send(FRAME_CHANNEL, frame);
    },
    listen: (next) => {
      take = next;
      return () => {
        take = null;
      };
    },
  };

  const failureOf = (frame: unknown, code: ErrorCode): DownFrame | null => {
    const call = UpFrame.safeParse(frame);
    return call.success ? { t: 'failure', id: call.data.id, error: errorBody(new DeskError(code)) } : null;
  };

  contents.ipc.on(FRAME_CHANNEL, (event, frame: unknown) => {
    if (!isOwnFrame(event, contents)) {
      log.warn({ code: 'IPC_FORBIDDEN' }, 'a frame from a page that is not ours');
      const failure = failureOf(frame, 'IPC_FORBIDDEN');
      const { senderFrame } = event;
      if (failure && senderFrame?.isDestroyed() === false) senderFrame.send(FRAME_CHANNEL, failure);
    } else if (!isGreeting(frame)) {
      // Every call ends once, also one that comes before the page listens (trust B85).
      const failure = take ? null : failureOf(frame, 'UNAVAILABLE');
      if (failure) wire.post(failure);
      take?.(frame);
    } else if (greetings.allows()) {
      release();
      letGo = serve(wire);
      listening();
    }
  });
  contents.on('render-process-gone', release);
  contents.on('destroyed', release);
  return { isListening: () => letGo !== null };
}

/** What the preload script sends when the page begins to listen. */
function isGreeting(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'hello';
}
