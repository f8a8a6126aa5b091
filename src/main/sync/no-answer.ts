import { DeskError } from '../desk-error.ts';

/** No answer came, or not one of this server: whether the request had an effect is not known. */
export class NoAnswerError extends Error {
  constructor(detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'NoAnswerError';
  }
}

/** Whether another try may end otherwise: no answer came, or the server refused for now alone. */
export function isForLater(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof DeskError && error.body?.retryable === true);
}

/** Whether the server cannot work now: no answer came, or it is there without its database. */
export function isAway(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof DeskError && error.code === 'UNAVAILABLE');
}
