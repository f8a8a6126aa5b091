import type { ErrorBody, ErrorCode } from '../../protocol/error-codes.ts';

/** What a call to the desk is rejected with: the desk's or the server's own error body. */
export class DeskRefusal extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.title);
    this.name = 'DeskRefusal';
    this.body = body;
  }
}

/** A refusal that the renderer itself states: the pipe to the desk is gone, or what was written has the wrong form. */
export function ownRefusal(
  code: ErrorCode,
  { field, retryable = false }: { field?: string; retryable?: boolean } = {},
) {
  return new DeskRefusal({ code, title: code, retryable, requestId: '', ...(field !== undefined && { field }) });
}
