import type { ErrorCode } from '../../protocol/error-codes.ts';

export interface RefusalDetails {
  field?: string;
  /** Facts for the sentence of the error, such as the holder's name; never internals. */
  values?: Record<string, string | number>;
}

/** Why an act is not done: becomes an `ErrorBody` in the asker's language. Nothing has been changed when it is thrown. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: RefusalDetails;

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
