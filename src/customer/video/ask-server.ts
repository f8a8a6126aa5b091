import { isRecord } from '../live/frame-checks.ts';

export interface Answer {
  /** 0 where the server did not answer. */
  status: number;
  /** What it said; null for nothing, or for what is none of ours: a portal that answers in its place. */
  body: Record<string, unknown> | null;
}

export interface Asking {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  json?: object;
  /** In place of `json`. */
  bytes?: Blob;
  headers?: Record<string, string>;
  patienceMs?: number;
  signal?: AbortSignal;
}

const PATIENCE_MS = 10_000;

/** Asks our own server as this browser, which its cookie says. Never throws. */
export async function askServer(
  fetchFrom: typeof fetch,
  { method, path, json, bytes, headers = {}, patienceMs = PATIENCE_MS, signal }: Asking,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetchFrom(path, {
      method,
      headers: {
        ...(json && { 'content-type': 'application/json' }),
        ...(bytes && { 'content-type': 'application/octet-stream' }),
        ...headers,
      },
      ...(json && { body: JSON.stringify(json) }),
      ...(bytes && { body: bytes }),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    if (text === '') return { status: response.status, body: null };
    const body: unknown = JSON.parse(text);
    return { status: response.status, body: isRecord(body) ? body : null };
  } catch {
    return { status: 0, body: null };
  }
}
