import { createReadStream } from 'node:fs';
import { ContentRefusal } from './content-refusal.ts';

// All control characters but tab, line feed, form feed and carriage return.
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;
const MARKUP: [RegExp, string][] = [
  [/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype\s+svg[^>]*>\s*)?<svg[\s>]/i, 'image/svg+xml'],
  [/^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|meta|title|hta:)/i, 'text/html'],
];

/**
 * Refuses what is not strictly UTF-8 text (trust T6).
 * @throws ContentRefusal
 */
export async function inspectText(path: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) refuseControl(decoder.decode(chunk as Buffer, { stream: true }));
    refuseControl(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError)
      throw new ContentRefusal('FILE_TYPE', { detected: 'application/octet-stream', cause: error });
    throw error;
  }
}

function refuseControl(text: string): void {
  if (CONTROL.test(text)) throw new ContentRefusal('FILE_TYPE', { detected: 'application/octet-stream' });
}

/** What bytes without a signature look like, for the eye of who sent them: kinds of text have none. */
export function guessText(head: Buffer): string {
  // Streamed: a letter that the end of the head cuts is no error.
  const text = new TextDecoder().decode(head, { stream: true });
  const markup = MARKUP.find(([pattern]) => pattern.test(text));
  if (markup) return markup[1];
  return CONTROL.test(text) || text.includes('\ufffd') ? 'application/octet-stream' : 'text/plain';
}
