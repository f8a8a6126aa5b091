import type { ErrorBody, ErrorCode } from '../protocol/error-codes.ts';

/** A refusal with a code that the renderer has words for. `body` is the server's own, when the server refused. */
export class DeskError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly body: ErrorBody | undefined;

  constructor(code: ErrorCode, options: { detail?: string; field?: string; body?: ErrorBody; cause?: unknown } = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = 'DeskError';
    this.code = code;
    this.field = options.field;
    this.body = options.body;
  }
}
