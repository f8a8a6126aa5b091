import { MAXIMUM_BRIDGE_CHUNK } from '../../../bridge/contract.ts';
import type { TicketId, UploadId } from '../../../protocol/ids.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';
import { DeskRefusal } from '../../bridge/desk-refusal.ts';
import type { DeskStore } from '../../stores/create-desk-store.ts';

export interface Uploads {
  /** Files that the agent has picked or dropped, one after the other. */
  send: (ticketId: TicketId, files: readonly File[]) => void;
}

/**
 * Hands picked files to the desk in parts: a path never crosses the bridge (trust B83). The desk says how they stand
 * (`uploads.changed`); what it never began to send is kept here with the reason.
 */
export function createUploads(desk: DeskClient, store: DeskStore): Uploads {
  let lastId = 0;
  let sending: Promise<void> = Promise.resolve();

  const tellUnsent = (ticketId: TicketId, name: string, failure: unknown): void => {
    lastId += 1;
    const error = failure instanceof DeskRefusal ? failure.body : null;
    store.getState().fileUnsent({ id: `unsent-${lastId}`, ticketId, name, error });
  };

  const sendParts = async (uploadId: UploadId, file: File): Promise<void> => {
    let offset = 0;
    while (offset < file.size) {
      const data = await base64Of(file.slice(offset, offset + MAXIMUM_BRIDGE_CHUNK));
      ({ offset } = await desk.call('files.chunk', { uploadId, offset, data }));
    }
  };

  const isQueued = (queuedId: string): boolean => store.getState().queuedFiles.some(({ id }) => id === queuedId);

  const sendFile = async (queuedId: string, ticketId: TicketId, file: File): Promise<void> => {
    if (!isQueued(queuedId)) return;
    const { name, size: bytes, type } = file;
    let uploadId: UploadId;
    try {
      ({ uploadId } = await desk.call('files.begin', { ticketId, name, bytes, type }));
    } catch (failure) {
      store.getState().queuedGone(queuedId);
      return tellUnsent(ticketId, name, failure);
    }
    // Cancelled while it was begun.
    const isWanted = isQueued(queuedId);
    store.getState().queuedGone(queuedId);
    if (!isWanted) return void (await desk.call('files.cancel', { uploadId }).catch(() => undefined));
    try {
      await sendParts(uploadId, file);
    } catch (failure) {
      // Cancelled, or refused as the desk has said. Of any other end the desk knows nothing.
      if (failure instanceof DeskRefusal && failure.body.code === 'NOT_FOUND') return;
      tellUnsent(ticketId, name, failure);
      await desk.call('files.cancel', { uploadId }).catch(() => undefined);
    }
  };

  return {
    send: (ticketId, files) => {
      const queued = files.map((file) => {
        lastId += 1;
        return { file, entry: { id: `queued-${lastId}`, ticketId, name: file.name, bytes: file.size } };
      });
      store.getState().filesQueued(queued.map(({ entry }) => entry));
      for (const { file, entry } of queued) sending = sending.then(() => sendFile(entry.id, ticketId, file));
    },
  };
}

/** @throws DOMException for a file that has changed or gone since it was picked */
function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unread')));
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.readAsDataURL(part);
  });
}
