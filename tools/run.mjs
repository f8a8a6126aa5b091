/** The one entry of every npm script. Runs on plain Node 20 without packages: it installs them first. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedEnvironment, pinnedNode } from './bootstrap.mjs';
import { ensureBuilt } from './build-stamp.mjs';
import { runToEnd } from './processes.mjs';
import { serveAll, serveDesk, serveServer } from './serve.mjs';
import { WrongEnvironment } from './wrong-environment.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = '', ...args] = process.argv.slice(2);

/** @param {string} file what the pinned Node runs, from the root of the project */
const run = (file) =>
  runToEnd(
    pinnedNode(root),
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', join(root, file), ...args],
    { cwd: root, env: pinnedEnvironment(root) },
  );

/** @type {Record<string, () => Promise<number>>} each ends with the exit code */
const commands = {
  start: () => serveAll(root),
  server: () => serveServer(root),
  desk: () => serveDesk(root),
  admin: async () => ((await ensureBuilt(root)) ? run('out/server/admin.js') : 1),
  build: () => run('tools/build.ts'),
  check: () => run('tools/check.ts'),
  test: () => run('tools/test.ts'),
  faults: async () => ((await ensureBuilt(root)) ? run('tools/faults.ts') : 1),
  bench: async () => ((await ensureBuilt(root)) ? run('bench/run.ts') : 1),
  package: () => run('tools/package.ts'),
  format: () => run('tools/format.ts'),
};

const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined;
try {
  if (chosen === undefined) throw new Error(`Usage: node tools/run.mjs <${Object.keys(commands).join('|')}>`);
  ensureInstalled(root);
  process.exitCode = await chosen();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof WrongEnvironment ? error.exitCode : 1;
}
