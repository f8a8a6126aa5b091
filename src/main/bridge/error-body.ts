import { randomUUID } from 'node:crypto';
import type { Preferences } from '../../bridge/facts.ts';
import type { ErrorBody, ErrorCode } from '../../protocol/error-codes.ts';
import { createTexts } from '../../texts/create-texts.ts';
import { DeskError } from '../desk-error.ts';
import { NoAnswerError } from '../sync/no-answer.ts';

const worthAnotherTry: ReadonlySet<ErrorCode> = new Set([
  'UNAVAILABLE',
  'NEEDS_LINE',
  'TOO_MANY_REQUESTS',
  'TIMEOUT',
  'INTERNAL',
]);

/**
 * Makes the refusal that the renderer shows. What the server said keeps its own details; the title is always in this desk's
 * language. Nothing of an unexpected error crosses the bridge.
 */
export function createErrorWords(language: () => Preferences['language']) {
  const texts = createTexts('es');
  const title = (code: ErrorCode): string => texts.t(`errors:${code}`, { lng: language() });

  return (error: unknown): ErrorBody => {
    if (error instanceof DeskError) {
      if (error.body) return { ...error.body, title: title(error.code) };
      const { code, field } = error;
      return {
        code,
        title: title(code),
        ...(field !== undefined && { field }),
        retryable: worthAnotherTry.has(code),
        requestId: randomUUID(),
      };
    }
    const code = error instanceof NoAnswerError ? 'NEEDS_LINE' : 'INTERNAL';
    return { code, title: title(code), retryable: true, requestId: randomUUID() };
  };
}

export type ErrorWords = ReturnType<typeof createErrorWords>;
