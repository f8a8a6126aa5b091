import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What marks the place of the fuses in Electron's program. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/**
 * A folder that the packager takes for Electron's program on Linux: no part of it runs, but its fuses can be set and read.
 * @param root of the project, whose version of Electron it says to be
 */
export function makeElectronStub(folder: string, root: string): void {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const head = Buffer.from(`not a program\n${SENTINEL}`);
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([head, Buffer.from([1, FUSES]), Buffer.from('1'.repeat(FUSES))]),
    {
      mode: 0o755,
    },
  );
  const files = [
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'resources.pak',
    'locales/en-US.pak',
    'locales/de.pak',
  ];
  for (const name of files) writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, 'version'), version);
}
