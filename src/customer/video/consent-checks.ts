import type { ConsentState, GuestConsent, GuestReceipt } from '../../protocol/video/consent.ts';
import { isCount, isFlag, isOneOf, isRecord, isText, orNull, type Check } from '../live/frame-checks.ts';

const STATES: Record<ConsentState, true> = {
  asked: true,
  accepted: true,
  refused: true,
  unanswered: true,
  withdrawn: true,
};

const isMatch =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
// Goes into addresses.
const isId = isMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const isFolio = isMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
const isHash = isMatch(/^[0-9a-f]{64}$/);

const CONSENT: Record<keyof GuestConsent, Check> = {
  id: isId,
  title: isText,
  text: isText,
  version: isText,
  language: isText,
  sha256: isHash,
  isRequired: isFlag,
  state: isOneOf(STATES),
  askedAt: isCount,
  openedAt: orNull(isCount),
  readAt: orNull(isCount),
  answeredAt: orNull(isCount),
  folio: orNull(isFolio),
  withdrawnAt: orNull(isCount),
  withdrawalFolio: orNull(isFolio),
  receiptUrl: orNull(isText),
};

const RECEIPT: Record<keyof GuestReceipt, Check> = {
  id: isId,
  title: isText,
  state: isOneOf(STATES),
  folio: isFolio,
  receiptUrl: isText,
};

const fits = (checks: Record<string, Check>, value: unknown): boolean =>
  isRecord(value) && Object.entries(checks).every(([field, check]) => check(value[field]));

export const isConsent = (value: unknown): value is GuestConsent => fits(CONSENT, value);
export const isReceipt = (value: unknown): value is GuestReceipt => fits(RECEIPT, value);
