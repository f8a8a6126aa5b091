/** Builds everything that exists into `out/`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build as buildElectron } from 'electron-vite';
import { build, loadConfigFromFile } from 'vite';
import { sourcesHash, stampPath } from './build-stamp.mjs';

const root = dirname(import.meta.dirname);
const stamp = stampPath(root);
// Taken first: a file that changes during the build makes the next start build again.
const hash = sourcesHash(root);
rmSync(stamp, { force: true });
const logLevel = 'warn';
await buildElectron({ configFile: join(root, 'electron.vite.config.ts'), logLevel });
for (const name of ['worker', 'desk', 'server', 'customer', 'check']) {
  const configFile = join(root, `vite.${name}.config.ts`);
  if (await hasEntries(configFile)) await build({ configFile, logLevel });
}
mkdirSync(dirname(stamp), { recursive: true });
writeFileSync(stamp, hash);

async function hasEntries(configFile: string): Promise<boolean> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, configFile);
  return Object.keys(loaded?.config.build?.rolldownOptions?.input ?? {}).length > 0;
}
