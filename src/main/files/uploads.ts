import { MAXIMUM_CHUNK_BYTES } from '../../protocol/files/file-limits.ts';
import type { CallInput } from '../../bridge/contract.ts';
import type { UploadItem, UploadsFact } from '../../bridge/facts.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { AttentionId, TicketId, UploadId } from '../../protocol/ids.ts';
import { DeskError } from '../desk-error.ts';
import type { FileApi } from '../sync/file-api.ts';
import type { SessionKey } from '../sync/keys.ts';
import { isForLater } from '../sync/no-answer.ts';

interface Options {
  api: Pick<FileApi, 'beginUpload' | 'sendPart' | 'upload' | 'completeUpload' | 'cancelUpload'>;
  key: () => SessionKey | null;
  isLineUp: () => boolean;
  /** The attention in which the agent sees this ticket; null for none. */
  attentionOf: (ticketId: TicketId) => Promise<AttentionId | null>;
  changed: (fact: UploadsFact) => void;
  errorBody: (error: unknown) => ErrorBody;
  /** Pause before what got no answer is tried again, in ms; it ends with the line's return. */
  retryMs?: number;
  /** Without bytes from its window for so long an upload is given up, in ms: the window has gone. */
  idleMs?: number;
}

interface Sending {
  item: UploadItem;
  isOver: boolean;
  idle: NodeJS.Timeout | undefined;
  /** What the window has handed over. */
  accepted: number;
  /** Of that what the server has not got yet, from `item.sent` on. */
  pending: Buffer;
  /** Of the next part. */
  size: number;
  isSending: boolean;
  /** The window waits for room. */
  hasRoom: (() => void) | null;
}

const RETRY_MS = 2_000;
const IDLE_MS = 60_000;
/** Each part costs its way and a flushed disk: on a good line they grow. One that does not come through in time is sent in smaller ones. */
const LEAST_PART = 8 * 1024;
const FIRST_PART = 256 * 1024;
const FAST_MS = 1_000;
const SLOW_MS = 4_000;
/** The window goes on reading while a part of the greatest size is on its way. */
const ROOM = 2 * MAXIMUM_CHUNK_BYTES;

/** Files that the agent sends. They need the window that reads them until all of one is here; what the server has is gone on with after a cut. */
export function createUploads(options: Options) {
  const { api, key, isLineUp, attentionOf, changed, errorBody, retryMs = RETRY_MS, idleMs = IDLE_MS } = options;
  const all = new Map<UploadId, Sending>();
  const waiting = new Set<() => void>();

  const tell = (): void => changed({ uploads: [...all.values()].map(({ item }) => item) });
  const set = (sending: Sending, change: Partial<UploadItem>): void => {
    if (sending.isOver) return;
    sending.item = { ...sending.item, ...change };
    tell();
  };
  const wake = (): void => {
    for (const go of waiting) go();
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(late);
        waiting.delete(go);
        resolve();
      };
      const late = setTimeout(go, retryMs);
      waiting.add(go);
    });
  const session = (): SessionKey => {
    const found = key();
    if (!found) throw new DeskError('NEEDS_LINE');
    return found;
  };
  const makeRoom = (sending: Sending): void => {
    sending.hasRoom?.();
    sending.hasRoom = null;
  };
  const letGo = (sending: Sending): void => {
    sending.pending = Buffer.alloc(0);
    makeRoom(sending);
  };
  const leave = (sending: Sending): void => {
    sending.isOver = true;
    clearTimeout(sending.idle);
    letGo(sending);
    all.delete(sending.item.id);
    tell();
    wake();
  };
  const cancel = async (id: UploadId): Promise<void> => {
    const sending = all.get(id);
    if (!sending) return;
    leave(sending);
    const found = key();
    // Where it cannot be said the server forgets it by itself.
    if (found && sending.item.state.name !== 'refused') await api.cancelUpload(found, id).catch(() => undefined);
  };
  const watchIdle = (sending: Sending): void => {
    clearTimeout(sending.idle);
    sending.idle = setTimeout(() => void cancel(sending.item.id), idleMs);
  };

  /** Asks until there is an answer. A refusal ends the upload, and stays in the list until the agent takes it off. */
  const insist = async <Answer>(sending: Sending, ask: (isAgain: boolean) => Promise<Answer>): Promise<Answer> => {
    for (let isAgain = false; ; isAgain = true) {
      if (sending.isOver) throw new DeskError('NOT_FOUND', { field: 'uploadId' });
      try {
        return await ask(isAgain);
      } catch (error) {
        // A part that got no answer may still be coming in while it is asked for.
        const isOutrun = error instanceof DeskError && error.code === 'BAD_OFFSET';
        if (!isForLater(error) && !isOutrun) {
          clearTimeout(sending.idle);
          set(sending, { state: { name: 'refused', error: errorBody(error) } });
          letGo(sending);
          throw error;
        }
        set(sending, { state: { name: 'waitingForLine' } });
        await pause();
      }
    }
  };

  /** Sends the next part of what is pending. */
  const sendPart = async (sending: Sending): Promise<void> => {
    const { id, sent: from } = sending.item;
    const { offset } = await insist(sending, async (isAgain) => {
      let at = from;
      if (isAgain) {
        sending.size = Math.max(LEAST_PART, Math.ceil(sending.size / 2));
        // What was sent may have come in.
        at = (await api.upload(session(), id)).offset;
        if (at < from) throw new DeskError('NOT_FOUND', { field: 'uploadId' });
      }
      const bytes = sending.pending.subarray(at - from, at - from + sending.size);
      if (bytes.length === 0) return { offset: at };
      const startedAt = performance.now();
      const upload = await api.sendPart(session(), { id, offset: at, bytes });
      const took = performance.now() - startedAt;
      if (took > SLOW_MS) sending.size = Math.max(LEAST_PART, Math.ceil(sending.size / 2));
      else if (took < FAST_MS) sending.size = Math.min(MAXIMUM_CHUNK_BYTES, sending.size * 2);
      return upload;
    });
    // The window has handed over more meanwhile.
    sending.pending = sending.pending.subarray(offset - from);
    set(sending, { sent: offset, state: { name: 'sending' } });
    if (sending.pending.length <= ROOM) makeRoom(sending);
  };

  /** Sends what is pending, one part after the other, for as long as there is any. Its refusal is told by the fact. */
  const sendPending = async (sending: Sending): Promise<void> => {
    if (sending.isSending) return;
    sending.isSending = true;
    try {
      while (sending.pending.length > 0) await sendPart(sending);
      if (sending.item.sent === sending.item.bytes) await complete(sending);
    } catch {
      letGo(sending);
    } finally {
      sending.isSending = false;
    }
  };

  const complete = async (sending: Sending): Promise<void> => {
    clearTimeout(sending.idle);
    set(sending, { state: { name: 'checking' } });
    await insist(sending, async () => {
      set(sending, { state: { name: 'checking' } });
      return api.completeUpload(session(), sending.item.id);
    });
    leave(sending);
  };

  return {
    begin: async ({ ticketId, name, bytes, type }: CallInput<'files.begin'>): Promise<{ uploadId: UploadId }> => {
      if (!isLineUp()) throw new DeskError('NEEDS_LINE');
      const attentionId = await attentionOf(ticketId);
      if (attentionId === null) throw new DeskError('NOT_FOUND', { field: 'ticketId' });
      const upload = await api.beginUpload(session(), { ticketId, attentionId, name, bytes, type });
      const item: UploadItem = { id: upload.id, ticketId, name, bytes, sent: 0, state: { name: 'sending' } };
      const sending: Sending = {
        item,
        isOver: false,
        idle: undefined,
        accepted: 0,
        pending: Buffer.alloc(0),
        size: FIRST_PART,
        isSending: false,
        hasRoom: null,
      };
      all.set(upload.id, sending);
      watchIdle(sending);
      tell();
      return { uploadId: upload.id };
    },
    chunk: async ({ uploadId, offset, data }: CallInput<'files.chunk'>): Promise<{ offset: number }> => {
      const sending = all.get(uploadId);
      if (!sending || isRefused(sending)) throw new DeskError('NOT_FOUND', { field: 'uploadId' });
      const total = sending.item.bytes;
      const bytes = Buffer.from(data, 'base64');
      if (bytes.length === 0 || offset + bytes.length > total) throw new DeskError('BAD_REQUEST', { field: 'data' });
      // From elsewhere: the window goes on from where it stands.
      if (offset !== sending.accepted) return { offset: sending.accepted };
      clearTimeout(sending.idle);
      sending.accepted += bytes.length;
      sending.pending = Buffer.concat([sending.pending, bytes]);
      void sendPending(sending);
      if (sending.pending.length > ROOM) await new Promise<void>((resolve) => (sending.hasRoom = resolve));
      if (sending.isOver || isRefused(sending)) throw new DeskError('NOT_FOUND', { field: 'uploadId' });
      // With all of it here the window is not needed any more.
      if (sending.accepted < total) watchIdle(sending);
      return { offset: sending.accepted };
    },
    cancel,
    /** What waits for the line tries at once. */
    lineUp: wake,
    /** Another agent, or nobody, sits here now. */
    forget: (): void => {
      for (const sending of all.values()) leave(sending);
    },
  };
}

const isRefused = ({ item: { state } }: Sending): boolean => state.name === 'refused';

export type Uploads = ReturnType<typeof createUploads>;
