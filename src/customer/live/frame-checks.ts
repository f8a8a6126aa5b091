import type { LiveFrame } from './live-view.ts';

/** Checks by hand for phones, for whom the schemas would be a third of what they have to load. */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
export const isTurnCode: Check = (value) => typeof value === 'string' && /^[A-Z]-\d{3,5}$/.test(value);
export const isRange: Check = (value) => isRecord(value) && isCount(value['low']) && isCount(value['high']);
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
/** One of the keys of `known`. */
export const isOneOf =
  (known: Record<string, true>): Check =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(known, value);

/** The frames of `PublicDown` that every page gets. */
export function readCommonFrame({ type, serverTime, error }: Record<string, unknown>): LiveFrame<never> | null {
  if (type === 'pong' && isCount(serverTime)) return { type: 'pong', serverTime };
  if (type === 'error' && isRecord(error) && typeof error['code'] === 'string') {
    return { type: 'error', code: error['code'], retryable: error['retryable'] === true };
  }
  return null;
}
