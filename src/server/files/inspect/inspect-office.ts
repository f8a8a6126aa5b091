import { ContentRefusal } from './content-refusal.ts';
import { zipEntries } from './zip-entries.ts';

const MAXIMUM_ENTRIES = 10_000;
const MAXIMUM_UNPACKED = 1024 * 1024 * 1024;
/** Programs of the document, controls, and programs that it carries. */
const PROGRAMS: [RegExp, string][] = [
  [/(?:^|\/)vba(?:project|data)[^/]*$/i, 'macros'],
  [/(?:^|\/)macrosheets\//i, 'macros'],
  [/(?:^|\/)activex\//i, 'ActiveX'],
  [/\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar)$/i, 'program'],
];

/**
 * Refuses an Office document that carries programs (trust B22), or that would unpack without end.
 * @throws ContentRefusal
 */
export async function inspectOffice(type: string, path: string): Promise<void> {
  const entries = await zipEntries(path);
  if (!entries || entries.length > MAXIMUM_ENTRIES) throw new ContentRefusal('FILE_DAMAGED');
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > MAXIMUM_UNPACKED) throw new ContentRefusal('FILE_DAMAGED');
  for (const [pattern, what] of PROGRAMS) {
    if (entries.some(({ name }) => pattern.test(name))) {
      throw new ContentRefusal('FILE_TYPE', { detected: `${type} + ${what}` });
    }
  }
}
