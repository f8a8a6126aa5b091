import { extensionOf } from './file-kinds.ts';

const MAXIMUM_NAME = 120;
const NAMELESS = 'archivo';
// Windows opens devices under these, whatever the extension.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
// Control characters, what changes the direction of text or prints nothing, lone surrogates, and what some system does not allow.
const UNWANTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>:"|?*]/gu;

/**
 * A name for the eye [FI2]: the last part of a path, NFC, without what deceives or what a system would not take, at most 120
 * characters, with `extension` at its end; `archivo` where nothing is left.
 */
export function cleanFileName(name: string, extension: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(UNWANTED, '').replace(/\s+/gu, ' ').trim();
  const written = extensionOf(plain);
  const stem = (written === '' ? plain : plain.slice(0, -written.length - 1)).replace(/^[\s.]+|[\s.]+$/gu, '');
  const [device = ''] = stem.split('.');
  const safe = stem === '' ? NAMELESS : RESERVED.test(device.trim()) ? `${NAMELESS}-${stem}` : stem;
  const short = Array.from(safe)
    .slice(0, MAXIMUM_NAME - extension.length - 1)
    .join('');
  return `${short.replace(/[\s.]+$/u, '')}.${extension}`;
}
