import { z } from 'zod';
import { SharedFile } from '../../protocol/files/shared-file.ts';
import { Upload, type BeginUpload } from '../../protocol/files/upload.ts';
import type { FileId, UploadId } from '../../protocol/ids.ts';
import { sessionHeaders, type SessionKey } from './keys.ts';
import { createServerRequests, type ServerRequestsOptions } from './server-requests.ts';

export interface FileApi {
  beginUpload: (key: SessionKey, input: BeginUpload) => Promise<Upload>;
  /** The next bytes of it, from `offset` on. */
  sendPart: (key: SessionKey, part: { id: UploadId; offset: number; bytes: Buffer }) => Promise<Upload>;
  /** Where it stands. */
  upload: (key: SessionKey, id: UploadId) => Promise<Upload>;
  /** The server looks it through before it answers. */
  completeUpload: (key: SessionKey, id: UploadId) => Promise<Upload>;
  cancelUpload: (key: SessionKey, id: UploadId) => Promise<void>;
  sharedFile: (key: SessionKey, id: FileId) => Promise<SharedFile>;
  /** Its bytes from `from` on; ends early, with NoAnswerError, when the line is cut. */
  content: (key: SessionKey, wanted: { file: SharedFile; from: number }, stopped: AbortSignal) => AsyncIterable<Buffer>;
  /** The small picture of it. */
  preview: (key: SessionKey, id: FileId, stopped: AbortSignal) => AsyncIterable<Buffer>;
  close: () => void;
}

/** A picture of many pixels takes its time, and others may be before it. */
const LOOKED_THROUGH_WITHIN_MS = 90_000;

const nothing = z.unknown().transform(() => undefined);

/** Files of attentions, over connections of their own: they never keep an act waiting. */
export function createFileApi(serverUrl: URL, options: ServerRequestsOptions): FileApi {
  const { ask, rest, close } = createServerRequests(serverUrl, options);
  const uploads = '/v1/desk/uploads';

  return {
    beginUpload: (key, body) =>
      ask({ method: 'POST', path: uploads, headers: sessionHeaders(key), body, answer: Upload }),
    sendPart: (key, { id, offset, bytes }) =>
      ask({
        method: 'PATCH',
        path: `${uploads}/${id}`,
        headers: { ...sessionHeaders(key), 'upload-offset': String(offset) },
        bytes,
        answer: Upload,
      }),
    upload: (key, id) => ask({ method: 'GET', path: `${uploads}/${id}`, headers: sessionHeaders(key), answer: Upload }),
    completeUpload: (key, id) =>
      ask({
        method: 'POST',
        path: `${uploads}/${id}/complete`,
        headers: sessionHeaders(key),
        answer: Upload,
        timeoutMs: LOOKED_THROUGH_WITHIN_MS,
      }),
    cancelUpload: (key, id) =>
      ask({ method: 'DELETE', path: `${uploads}/${id}`, headers: sessionHeaders(key), answer: nothing }),
    sharedFile: (key, id) =>
      ask({ method: 'GET', path: `/v1/desk/files/${id}`, headers: sessionHeaders(key), answer: SharedFile }),
    content: (key, { file, from }, stopped) =>
      rest({
        path: `/v1/desk/files/${file.id}/content`,
        headers: { ...sessionHeaders(key), 'if-range': `"${file.sha256}"` },
        from,
        stopped,
      }),
    preview: (key, id, stopped) =>
      rest({ path: `/v1/desk/files/${id}/preview`, headers: sessionHeaders(key), from: 0, stopped }),
    close,
  };
}
