import type { EvidenceKey, SignedStatement } from '../../protocol/video/receipt.ts';

/** What the code of a receipt carries: without the text where that is too long for a code. */
export interface CarriedReceipt {
  signed: SignedStatement;
  text?: string;
}

export type CheckResult =
  | { state: 'good'; signed: SignedStatement; text: 'good' | 'bad' | 'missing' }
  | { state: 'bad' | 'unknownKey'; signed: SignedStatement }
  | { state: 'unreadable' | 'unsupported' };

/** What a fragment holds: deflated JSON (RFC 1951) in base64url. Null for anything else. */
export async function unpackReceipt(fragment: string): Promise<CarriedReceipt | null> {
  try {
    const stream = new Blob([bytesOf(fragment)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return readReceipt(await new Response(stream).text());
  } catch {
    return null;
  }
}

/** The same from JSON. */
export function readReceipt(json: string): CarriedReceipt | null {
  try {
    const found = JSON.parse(json) as Partial<CarriedReceipt> | null;
    const { signed } = found ?? {};
    const isWhole = typeof signed?.statement === 'object' && signed.statement !== null && isText(signed.signature);
    return isWhole && isText(signed.key) && isText(signed.statement.textSha256) ? (found as CarriedReceipt) : null;
  } catch {
    return null;
  }
}

/** Checks a receipt with these keys, here and without a network: Ed25519 over the statement, SHA-256 over the text. */
export async function checkReceipt({ signed, text }: CarriedReceipt, keys: EvidenceKey[]): Promise<CheckResult> {
  // Some viewers of files have no cryptography: that says nothing of the receipt.
  if (!('subtle' in crypto)) return { state: 'unsupported' };
  const known = keys.find(({ id }) => id === signed.key);
  if (!known) return { state: 'unknownKey', signed };
  let isGood: boolean;
  try {
    const key = await crypto.subtle.importKey('raw', bytesOf(known.publicKey), 'Ed25519', false, ['verify']);
    const bytes = new TextEncoder().encode(JSON.stringify(signed.statement));
    isGood = await crypto.subtle.verify('Ed25519', key, bytesOf(signed.signature), bytes);
  } catch (error) {
    // A signature that is not even one, or a browser that cannot check any.
    return error instanceof DOMException && error.name === 'NotSupportedError'
      ? { state: 'unsupported' }
      : { state: 'bad', signed };
  }
  if (!isGood) return { state: 'bad', signed };
  if (text === undefined) return { state: 'good', signed, text: 'missing' };
  return { state: 'good', signed, text: (await isSigned(text, signed)) ? 'good' : 'bad' };
}

/** Whether this is the very text that was shown; blanks around what was copied are no part of it. */
export async function isSigned(text: string, { statement }: SignedStatement): Promise<boolean> {
  const bytes = new TextEncoder().encode(text.normalize('NFC').replaceAll('\r\n', '\n').trim());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') === statement.textSha256;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
