import type { FastifyInstance } from 'fastify';
import { Refusal } from '../policies/refusal.ts';

const POSITION = /at position (\d+)/;
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Bodies are JSON or nothing; keys that could reach a prototype are refused wherever they stand (trust B1, B2, B4). */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      const value: unknown = JSON.parse(String(body), refuseForbidden);
      done(null, value);
    } catch (error) {
      done(error instanceof Refusal ? error : badJson(String(body), error as SyntaxError));
    }
  });
}

/** Called for every key of the text, also for `__proto__`, which JSON.parse makes a key of its own. */
function refuseForbidden(this: unknown, key: string, value: unknown): unknown {
  if (FORBIDDEN_KEYS.includes(key)) throw new Refusal('BAD_JSON', { field: key });
  return value;
}

/** V8 names no position where the text simply ends. */
function badJson(text: string, error: SyntaxError): Refusal {
  const position = POSITION.exec(error.message)?.[1] ?? text.length;
  return new Refusal('BAD_JSON', { values: { position: Number(position) } });
}
