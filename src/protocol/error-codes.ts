import { z } from 'zod';

/** Every refusal that a client can meet, in HTTP bodies, socket frames, command results and bridge answers. */
export const ErrorCode = z.enum([
  'BAD_JSON', // 400 the body is not JSON
  'BAD_FRAME', // socket frame is not one of ours
  'BAD_REQUEST', // 400 a field has the wrong shape
  'UNKNOWN_FIELD', // 400
  'UNAUTHENTICATED', // 401
  'SESSION_EXPIRED', // 401, socket close 4401
  'SIGNED_IN_ELSEWHERE', // 401 the session ended because the agent came in at another desk
  'WRONG_CREDENTIALS', // 401
  'FORBIDDEN', // 403
  'DESK_REVOKED', // 403 the key is right, and this desk was revoked: it wipes itself (trust T10)
  'NOT_FOUND', // 404, also for what is not yours
  'METHOD_NOT_ALLOWED', // 405
  'TIMEOUT', // 408
  'ALREADY_HELD', // 409 another agent holds the ticket; detail names the holder
  'WRONG_STATE', // 409 the ticket's state does not allow it
  'STALE_EPOCH', // 409 the attention is no longer this agent's
  'VERSION_CONFLICT', // 409 somebody else edited the same contact
  'DUPLICATE_CONTACT', // 409 another contact has this document
  'MODULE_TAKEN', // 409
  'BUSY_AGENT', // 409 finish the attention in hand first
  'ROOM_FULL', // 409 somebody else holds the video, and nothing of it was offered to this agent (trust B79)
  'COLLEAGUE_UNAVAILABLE', // 409 the colleague is busy, away, or was asked already; detail names them
  'OFFER_OVER', // 409 it was answered, taken back, or its time is over
  'GONE', // 410
  'CURSOR_EXPIRED', // 410
  'TOO_LARGE', // 413
  'UNSUPPORTED_MEDIA', // 415
  'REQUIRED', // 422
  'CONTROL_CHARS', // 422
  'LINK_INVALID', // 404 a guest's link that is wrong, old, revoked or over: all the same
  'LINK_USED', // 409 somebody entered with it in another browser
  'TOO_MANY_HOPS', // 409 the turn has passed between video and counter as often as one may
  'GUEST_BLOCKED', // 409 an agent reported a video from this browser or address less than a day ago (trust T30)
  'CONSENT_OPEN', // 409 another asking of this attention waits for its answer
  'EXPIRED', // 409 the asking for consent is no longer open
  'VERSION', // 409 the answer is about another text than was sent
  'NOT_SHOWN', // 409 an answer to what was never opened
  'SIGNAL_INVALID', // socket frame is no word between two peers
  'FILE_TYPE', // 415 a file of a kind that is not taken; detail says what was found and what is taken
  'FILE_TOO_LARGE', // 413
  'EMPTY', // 422 a file without a byte
  'IMAGE_TOO_LARGE', // 422 more pixels than are decoded
  'FILE_DAMAGED', // 422 a file of a kind that is taken, and cannot be read
  'QUOTA', // 409 no more files in this attention
  'BAD_OFFSET', // 409 the part does not begin where the upload stands; detail says where
  'CHECK_DIGIT', // 422
  'INVALID_PHONE', // 422
  'INVALID_DOCUMENT', // 422
  'INVALID_EMAIL', // 422
  'WEAK_PASSWORD', // 422
  'KEY_REUSED', // 422 same idempotency key, other body
  'SERVICE_CLOSED', // 422 the service takes no tickets now
  'TOO_MANY_RECALLS', // 422
  'TOO_SOON', // 422 recall before its pause has passed
  'NO_BLOCK', // 422 no numbers are left for "Atender ahora" in this service
  'CLIENT_TOO_OLD', // 426
  'TOO_MANY_REQUESTS', // 429
  'INTERNAL', // 500
  'UNAVAILABLE', // 503
  'DISK_FULL', // 507
  'NEEDS_LINE', // desk only: this act needs the line to the server
  'UNKNOWN_OUTCOME', // desk only: the line dropped before the answer came
  'NOT_SAVED', // desk only: the file could not be written where it was to go
  'NO_SAFE_STORE', // desk only: no key to seal what would be written
  'IPC_FORBIDDEN', // desk only: the call came from a page that is not ours
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Shape of every error (RFC 9457-like; trust.md). `title` is in the asker's language. */
export const ErrorBody = z.object({
  code: ErrorCode,
  title: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
  retryable: z.boolean(),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
