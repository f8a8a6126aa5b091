import { deflateRawSync } from 'node:zlib';
import type { Receipt, SignedStatement } from '../../protocol/video/receipt.ts';
import { readReceipt } from '../store/consent-rows.ts';
import type { ServerContext } from '../start/server-context.ts';

/** A code with more than this is too dense for the camera of a phone: then it goes without the text. */
const LARGEST_CODE = 1_200;

/** The receipt behind a token, for who has it; null for none. `consentId` is for the server alone. */
export async function findReceipt(
  { store, publicUrl }: Pick<ServerContext, 'store' | 'publicUrl'>,
  token: string,
): Promise<{ consentId: string; isGuest: boolean; receipt: Receipt } | null> {
  const row = await readReceipt(store.db, token);
  if (!row) return null;
  const signed = JSON.parse(row.line) as SignedStatement;
  const { text, state, locale, isGuest, publicKey } = row;
  const mayWithdraw = isGuest && state === 'accepted';
  const checkUrl = `${publicUrl}/check#${checkCode(signed, text)}`;
  return {
    consentId: row.consentId,
    isGuest,
    receipt: { signed, publicKey, text, locale, state, mayWithdraw, checkUrl },
  };
}

/** What the offline check reads: `{signed, text?}` as JSON, deflated (RFC 1951), in base64url. */
export function checkCode(signed: SignedStatement, text: string): string {
  const whole = packed({ signed, text });
  return whole.length <= LARGEST_CODE ? whole : packed({ signed });
}

const packed = (content: { signed: SignedStatement; text?: string }): string =>
  deflateRawSync(JSON.stringify(content), { level: 9 }).toString('base64url');
