import type { ConsentAnswer, ConsentSeen, GuestConsent } from '../../protocol/video/consent.ts';
import { isRecord } from '../live/frame-checks.ts';
import { isConsent } from './consent-checks.ts';

/** Why nothing is known to have been recorded. */
export type ConsentFailure =
  /** No answer came: it may have arrived or not, and the same again does no harm. */
  | 'offline'
  /** It is not open any more. */
  | 'expired'
  /** The page shows another text than was sent. */
  | 'version'
  /** The server does not know it, or not this browser. */
  | 'unavailable'
  | 'tooMany';

export type ConsentOutcome = { consent: GuestConsent } | { failure: ConsentFailure };

export interface ConsentApi {
  /** The text stands on the screen; `read`: its end too. `text`: as the page shows it, whose hash goes along. */
  seen: (id: string, step: 'opened' | 'read', text: string) => Promise<ConsentOutcome>;
  answer: (id: string, answer: ConsentAnswer['answer'], text: string) => Promise<ConsentOutcome>;
  withdraw: (id: string, text: string) => Promise<ConsentOutcome>;
  /** After the call, by the receipt alone. Null once it is withdrawn. */
  withdrawByReceipt: (receiptUrl: string) => Promise<ConsentFailure | null>;
}

const PATIENCE_MS = 10_000;
const FAILURES: Record<string, ConsentFailure> = {
  EXPIRED: 'expired',
  VERSION: 'version',
  TOO_MANY_REQUESTS: 'tooMany',
};

/** What a guest says to an asking for consent; the browser is known by its cookie. The same again has one effect. */
export function createConsentApi(fetchFrom: typeof fetch): ConsentApi {
  const post = async (path: string, body: object): Promise<{ ok: boolean; json: unknown } | null> => {
    try {
      const response = await fetchFrom(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { ok: response.ok, json: await response.json() };
    } catch {
      return null;
    }
  };
  const failureIn = (json: unknown): ConsentFailure =>
    (isRecord(json) && FAILURES[String(json['code'])]) || 'unavailable';
  const say = async (id: string, step: string, body: ConsentSeen | ConsentAnswer): Promise<ConsentOutcome> => {
    const answer = await post(`/v1/guest/consents/${id}/${step}`, body);
    if (answer === null) return { failure: 'offline' };
    return answer.ok && isConsent(answer.json) ? { consent: answer.json } : { failure: failureIn(answer.json) };
  };
  return {
    seen: async (id, step, text) => say(id, step, { sha256: await hashOf(text) }),
    answer: async (id, answer, text) => say(id, 'answer', { answer, sha256: await hashOf(text) }),
    withdraw: async (id, text) => say(id, 'withdraw', { sha256: await hashOf(text) }),
    withdrawByReceipt: async (receiptUrl) => {
      const [, token = ''] = receiptUrl.split('#');
      const answer = await post('/v1/receipts/withdraw', { token });
      if (answer === null) return 'offline';
      return answer.ok ? null : failureIn(answer.json);
    },
  };
}

/** SHA-256 in hex of what stands on the screen, not of what the server called it. */
async function hashOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
