import type { Receipt, ReceiptAsking } from '../../protocol/video/receipt.ts';
import { isRecord } from '../live/frame-checks.ts';

const PATIENCE_MS = 15_000;
const NOT_FOUND = 404;

export type ReceiptFailure = 'badLink' | 'offline';

/** What the page asks of the server; the token stands in the bodies alone. */
export interface ReceiptApi {
  read: () => Promise<Receipt | ReceiptFailure>;
  withdraw: () => Promise<Receipt | ReceiptFailure>;
  /** The receipt as a file; null when it did not come. */
  file: (form: 'pdf' | 'file') => Promise<Blob | null>;
}

export function receiptApi(token: string, fetchFrom: typeof fetch): ReceiptApi {
  const ask = (path: string): Promise<Response> =>
    fetchFrom(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token } satisfies ReceiptAsking),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  const receiptFrom = async (path: string): Promise<Receipt | ReceiptFailure> => {
    try {
      const response = await ask(path);
      if (response.status === NOT_FOUND) return 'badLink';
      const answer: unknown = await response.json();
      return response.ok && isReceipt(answer) ? answer : 'offline';
    } catch {
      return 'offline';
    }
  };
  return {
    read: () => receiptFrom('/v1/receipts'),
    withdraw: () => receiptFrom('/v1/receipts/withdraw'),
    file: async (form) => {
      try {
        const response = await ask(`/v1/receipts/${form}`);
        return response.ok ? await response.blob() : null;
      } catch {
        return null;
      }
    },
  };
}

/** A portal that answers in the server's place sends nothing of ours. */
const isReceipt = (answer: unknown): answer is Receipt =>
  isRecord(answer) && isRecord(answer['signed']) && isRecord(answer['signed']['statement']) && 'text' in answer;
