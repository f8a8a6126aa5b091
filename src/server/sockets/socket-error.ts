import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import type { ErrorBody, ErrorCode } from '../../protocol/error-codes.ts';
import type { Language } from '../../texts/create-texts.ts';
import { Refusal } from '../policies/refusal.ts';
import { askedLanguage, errorBody } from '../policies/error-body.ts';

/** Whom an error of a socket is told to. */
export interface Asker {
  language: Language;
  /** Of the handshake; names the socket in the log. */
  requestId: string;
}

export const askerOf = ({ headers }: IncomingMessage): Asker => ({
  language: askedLanguage(headers['accept-language']),
  requestId: uuidv7(),
});

/** Nothing of what came in is given back (trust T15). */
export const errorFrame = (code: ErrorCode, asker: Asker): { type: 'error'; error: ErrorBody } => ({
  type: 'error',
  error: errorBody(new Refusal(code), asker),
});
