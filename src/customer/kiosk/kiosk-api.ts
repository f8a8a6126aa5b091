import type { z } from 'zod';
import { ErrorBody, type ErrorCode } from '../../protocol/error-codes.ts';
import { IssuedTicket, KioskOffer, type IssueTicket } from '../../protocol/http/public-api.ts';

/** Why the server gave nothing: it did not answer, it does not know this kiosk, or it refused. */
export type KioskFailure = 'offline' | 'unpaired' | ErrorCode;

export type KioskAnswer<Value> = { value: Value; failure?: never } | { failure: KioskFailure; value?: never };

export interface KioskApi {
  offer: () => Promise<KioskAnswer<KioskOffer>>;
  /** The same `key` (UUIDv7) with the same request makes one ticket, however often it is sent. */
  issue: (request: IssueTicket, key: string) => Promise<KioskAnswer<IssuedTicket>>;
}

const PATIENCE_MS = 10_000;

/** `fetch` is that of the page; addresses are of the server that served it. */
export function createKioskApi(branch: string, token: string, fetchFrom: typeof fetch): KioskApi {
  const address = `/v1/branches/${encodeURIComponent(branch)}`;
  const authorization = `Bearer ${token}`;

  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    request: RequestInit,
  ): Promise<KioskAnswer<z.infer<Schema>>> => {
    try {
      const response = await fetchFrom(address + path, {
        ...request,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      // A portal that answers in the server's place sends no JSON of ours: that is no line to the server.
      const json: unknown = await response.json();
      return response.ok ? { value: schema.parse(json) } : { failure: failureOf(ErrorBody.parse(json).code) };
    } catch {
      return { failure: 'offline' };
    }
  };

  return {
    offer: () => ask(KioskOffer, '/kiosk', { headers: { authorization } }),
    issue: (request, key) =>
      ask(IssuedTicket, '/tickets', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(request),
      }),
  };
}

function failureOf(code: ErrorCode): KioskFailure {
  return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? 'unpaired' : code;
}
