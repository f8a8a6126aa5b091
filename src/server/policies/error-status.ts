import type { ErrorCode } from '../../protocol/error-codes.ts';

/** Codes that only a desk gives to itself. */
type OfDeskOnly = 'NEEDS_LINE' | 'UNKNOWN_OUTCOME' | 'NOT_SAVED' | 'NO_SAFE_STORE' | 'IPC_FORBIDDEN';
export type ServerErrorCode = Exclude<ErrorCode, OfDeskOnly>;

/** HTTP status of each refusal. */
const STATUS: Record<ServerErrorCode, number> = {
  BAD_JSON: 400,
  BAD_FRAME: 400,
  BAD_REQUEST: 400,
  UNKNOWN_FIELD: 400,
  UNAUTHENTICATED: 401,
  SESSION_EXPIRED: 401,
  SIGNED_IN_ELSEWHERE: 401,
  WRONG_CREDENTIALS: 401,
  FORBIDDEN: 403,
  DESK_REVOKED: 403,
  NOT_FOUND: 404,
  LINK_INVALID: 404,
  METHOD_NOT_ALLOWED: 405,
  TIMEOUT: 408,
  ALREADY_HELD: 409,
  WRONG_STATE: 409,
  STALE_EPOCH: 409,
  VERSION_CONFLICT: 409,
  DUPLICATE_CONTACT: 409,
  MODULE_TAKEN: 409,
  BUSY_AGENT: 409,
  LINK_USED: 409,
  TOO_MANY_HOPS: 409,
  // Not 403: of those an address has few, and behind it may be others.
  GUEST_BLOCKED: 409,
  CONSENT_OPEN: 409,
  EXPIRED: 409,
  VERSION: 409,
  NOT_SHOWN: 409,
  QUOTA: 409,
  BAD_OFFSET: 409,
  ROOM_FULL: 409,
  COLLEAGUE_UNAVAILABLE: 409,
  OFFER_OVER: 409,
  GONE: 410,
  CURSOR_EXPIRED: 410,
  TOO_LARGE: 413,
  FILE_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  FILE_TYPE: 415,
  SIGNAL_INVALID: 422,
  EMPTY: 422,
  IMAGE_TOO_LARGE: 422,
  FILE_DAMAGED: 422,
  REQUIRED: 422,
  CONTROL_CHARS: 422,
  CHECK_DIGIT: 422,
  INVALID_PHONE: 422,
  INVALID_DOCUMENT: 422,
  INVALID_EMAIL: 422,
  WEAK_PASSWORD: 422,
  KEY_REUSED: 422,
  SERVICE_CLOSED: 422,
  TOO_MANY_RECALLS: 422,
  TOO_SOON: 422,
  NO_BLOCK: 422,
  CLIENT_TOO_OLD: 426,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DISK_FULL: 507,
};

export const statusOf = (code: ErrorCode): number => (code in STATUS ? STATUS[code as ServerErrorCode] : 500);

const RETRYABLE: readonly ErrorCode[] = [
  'TIMEOUT',
  'TOO_SOON',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UNAVAILABLE',
  'DISK_FULL',
];

/** Whether the same request may be answered otherwise a little later. */
export const isRetryable = (code: ErrorCode): boolean => RETRYABLE.includes(code);
