import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { PublicDown } from '../../protocol/socket/down.ts';
import type { GuestMessage, MessagesRead } from '../../protocol/video/message.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readGuestChat } from '../store/message-rows.ts';
import { readStreamBounds } from '../store/stream-rows.ts';
import { watchLive, type LiveView } from './live-view.ts';

/** Of the longest letters some 320 KB: a page that reads is never let go for its own history. */
const MOST_IN_A_FRAME = 20;
const PAUSE_MS = 30;
/** Nothing in it moves with the clock: the stream tells of all that is new. */
const REFRESH_MS = 300_000;

interface Options {
  /** `seq` of the last message that the page has. */
  after: number;
  send: (frame: PublicDown) => void;
}

export interface GuestChat {
  /** Whose stream says that something was written: of who calls or attends; null while nobody does. */
  follow: (agentId: string | null) => void;
  /** Nobody attends any more: sends what the page has not got yet. Never rejects. */
  finish: () => Promise<void>;
}

/**
 * Sends a guest's page what it may see of the chat: what it has not got yet, then whatever is new. The stream of who holds the
 * ticket wakes it, with whichever server process either of them sits; what is sent is read from the rows.
 */
export function watchGuestChat(
  { hub, log, store }: ServerContext,
  guest: { id: string; ticketId: string; browserHash: Buffer },
  { after, send }: Options,
): GuestChat {
  let last = after;
  let told = '';
  let followed: string | null = null;
  let live: LiveView | null = null;

  const show = ({ messages, read }: { messages: GuestMessage[]; read: MessagesRead }): void => {
    const words = JSON.stringify(read);
    if (messages.length === 0 && words === told) return;
    told = words;
    last = messages.at(-1)?.seq ?? last;
    send({ type: 'messages', messages, read });
    if (messages.length === MOST_IN_A_FRAME) live?.look();
  };

  const watch = (stream: string): LiveView =>
    watchLive({
      hub,
      stream,
      readSeq: async () => (await readStreamBounds(store.db, stream)).last,
      pauseMs: PAUSE_MS,
      refreshMs: REFRESH_MS,
      read: () => readGuestChat(store.db, guest, last, MOST_IN_A_FRAME),
      show,
      // The next look, after 10 s, brings what this one did not.
      fail: (error) => log.error({ error, requestId: uuidv7(), stream }, 'the chat of a guest was not refreshed'),
    });

  const follow = (agentId: string | null): void => {
    if (agentId === followed) return;
    followed = agentId;
    live?.stop();
    live = agentId === null ? null : watch(`agent:${agentId}`);
  };

  return {
    follow,
    finish: async () => {
      follow(null);
      try {
        for (;;) {
          const rest = await readGuestChat(store.db, guest, last, MOST_IN_A_FRAME);
          show(rest);
          if (rest.messages.length < MOST_IN_A_FRAME) return;
          await pause(PAUSE_MS);
        }
      } catch (error) {
        log.error({ error, requestId: uuidv7() }, 'the end of a chat of a guest was not sent');
      }
    },
  };
}
