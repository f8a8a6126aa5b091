export type IdentifierKind = 'document' | 'phone' | 'email';

const HIDDEN = '•••';
const KEPT = 4;
/** Shorter ones would be told by what is kept. */
const SHORTEST = 8;

/** [MK1] What a screen that others see shows in place of an identifier; nothing of one that is not there. */
export function maskIdentifier(kind: IdentifierKind, text: string): string {
  const whole = text.trim();
  if (whole === '') return '';
  if (kind === 'email') return whole.includes('@') ? `${/^./u.exec(whole)?.[0] ?? ''}${HIDDEN}@${HIDDEN}` : HIDDEN;
  const signs = whole.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return signs.length < SHORTEST ? HIDDEN : `${HIDDEN}${signs.slice(-KEPT)}`;
}

const EMAIL = /[^\s@]+@[^\s@]+/gu;
/** Six or more figures, however they are parted: documents, phones, accounts. Hours, amounts and codes have fewer. */
const LONG_NUMBER = /\p{Nd}(?:[ .\-/()]{0,2}\p{Nd}){5,}/gu;

/** [MK2] Free words without the identifiers that somebody wrote into them. */
export function maskWords(text: string): string {
  return text.replaceAll(EMAIL, `${HIDDEN}@${HIDDEN}`).replaceAll(LONG_NUMBER, HIDDEN);
}
