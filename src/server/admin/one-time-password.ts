import { randomInt } from 'node:crypto';

// Without those that are mistaken for another when read aloud or copied by hand.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A password of some 79 bits to be told once and changed at the first sign-in. */
export function oneTimePassword(): string {
  const sign = (): string => SIGNS.charAt(randomInt(SIGNS.length));
  const group = (): string => Array.from({ length: GROUP_LENGTH }, sign).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
