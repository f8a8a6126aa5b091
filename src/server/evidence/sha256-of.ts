import { createHash } from 'node:crypto';

/** In hex, of a text's UTF-8 bytes. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
