import { Refusal } from './refusal.ts';

/** Somebody came too often: refused with the whole seconds to wait. */
export const tooMany = (seconds: number): Refusal =>
  new Refusal('TOO_MANY_REQUESTS', { values: { retryAfterSeconds: seconds } });
