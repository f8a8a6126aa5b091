import { randomInt } from 'node:crypto';
import type { Folio } from '../../protocol/video/consent.ts';

/** Crockford's digits: none of them is taken for another when a folio is read out. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;

/** 60 bits of chance. */
export function newFolio(): Folio {
  const digit = (): string => DIGITS.charAt(randomInt(DIGITS.length));
  return Array.from({ length: GROUPS }, () => `${digit()}${digit()}${digit()}${digit()}`).join('-');
}
