import { z } from 'zod';
import { AttentionId, TicketId, UploadId } from '../ids.ts';
import { GuestFile, SharedFile } from './shared-file.ts';

const declared = {
  /** As the sender's machine calls it. */
  name: z.string().max(1_000),
  bytes: z.int().nonnegative(),
  /** Media type as the sender's machine says; nobody relies on it. */
  type: z.string().max(200),
};

/**
 * How a file is sent, the same for a guest (`/v1/guest/uploads`, cookie) and for a desk (`/v1/desk/uploads`, session):
 *
 * - `POST /uploads` with `BeginUpload` or `BeginGuestUpload`: 201, an upload with `offset` 0.
 * - `PATCH /uploads/:upload`, `content-type: application/octet-stream`, header `upload-offset`, the next bytes, at most
 *   `MAXIMUM_CHUNK_BYTES`: 200 with the new `offset`. From another offset than the server's: 409 BAD_OFFSET, `detail` is the
 *   right one. More than `bytes`: 400.
 * - `GET /uploads/:upload`: where it stands, to go on after a cut.
 * - `POST /uploads/:upload/complete`: 200, `file` is there. Looked through here and refused for good: 415 FILE_TYPE, 422
 *   IMAGE_TOO_LARGE, FILE_DAMAGED. Before all bytes are there: 400. Twice has one effect.
 * - `DELETE /uploads/:upload`: 204, nothing of it is left.
 *
 * `POST` refuses at once with 415 FILE_TYPE (extension), 422 EMPTY, 413 FILE_TOO_LARGE, 409 QUOTA, 409 WRONG_STATE.
 */
const state = {
  id: UploadId,
  bytes: z.int().positive(),
  /** The first byte that the server has not got. */
  offset: z.int().nonnegative(),
};

export const BeginUpload = z.strictObject({
  ticketId: TicketId,
  /** The attention in which the agent means to share it. */
  attentionId: AttentionId,
  ...declared,
});
export type BeginUpload = z.infer<typeof BeginUpload>;

/** `token`: of the guest's link, the fragment of the page's address. The cookie says which browser it is. */
export const BeginGuestUpload = z.strictObject({ token: z.string().max(100), ...declared });
export type BeginGuestUpload = z.infer<typeof BeginGuestUpload>;

/** `file`: null until it is complete. */
export const Upload = z.object({ ...state, file: SharedFile.nullable() });
export type Upload = z.infer<typeof Upload>;

export const GuestUpload = z.object({ ...state, file: GuestFile.nullable() });
export type GuestUpload = z.infer<typeof GuestUpload>;

/** `upload-offset`: as the header says it. */
export const UploadOffset = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
