import { readFileSync } from 'node:fs';
import { parseDocument, type Document } from 'yaml';
import { AdminError, EXIT } from './admin-error.ts';
import { OfficeFile } from './office-file.ts';

/** @throws AdminError that names the file and the place in it */
export function readOfficeFile(path: string): OfficeFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new AdminError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, EXIT.badData);
  }
  const text = textIn(path, bytes);
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem) throw new AdminError(`${path}: ${problem.message.split('\n')[0]}`, EXIT.badData);
  const parsed = OfficeFile.safeParse(valueOf(path, document));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => {
    const place = issue.path.join('.');
    const keys = issue.code === 'unrecognized_keys' ? ` "${issue.keys.join('", "')}"` : '';
    return `  ${place === '' ? 'the file' : place}: ${keys === '' ? issue.message : `unknown key${keys}`}`;
  });
  throw new AdminError([`${path} is not right:`, ...issues].join('\n'), EXIT.badData);
}

/** A file names few aliases; a thousand of them would be an attack on memory. */
function valueOf(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new AdminError(`${path}: ${(error as Error).message}`, EXIT.badData);
  }
}

function textIn(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AdminError(`${path} is not UTF-8; some editors call UTF-16 "Unicode".`, EXIT.badData);
  }
}
