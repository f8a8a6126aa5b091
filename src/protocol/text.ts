import { z } from 'zod';

// NUL and the other control characters except tab, line feed and carriage return; lone surrogates.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
// Letters that print nothing: they must not make an empty text look filled.
const INVISIBLE = /[\s\u00ad\u115f\u1160\u200b-\u200f\u2060\u3164\ufeff\uffa0]/gu;

/** Whether a text holds nothing that the database refuses or that a reader would not see (trust B38). */
export const isCleanText = (text: string): boolean => !FORBIDDEN.test(text);

const clean = (max: number) =>
  z
    .string()
    .max(max * 2)
    .refine(isCleanText, { error: 'CONTROL_CHARS' })
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().max(max));

/** Text that may be empty: NFC, trimmed, without control characters (trust B38). */
export const optionalText = (max: number) => clean(max);

/** Text that says something: at least one visible character (trust B35). */
export const requiredText = (max: number) =>
  clean(max).refine((text) => text.replace(INVISIBLE, '').length > 0, { error: 'REQUIRED' });
