import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode } from './bootstrap.mjs';
import { runToEnd } from './processes.mjs';

const inputs = /^(src|resources)$|^(package-lock\.json|tsconfig(\.\w+)?\.json|(electron\.)?vite(\.\w+)?\.config\.ts)$/;
const notBuilt = /\.test\.tsx?$/;

/**
 * What `out/` was built from, or would be: a hash of the content of every file that a build reads.
 * @param {string} root
 */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  const files = readdirSync(root)
    .filter((name) => inputs.test(name))
    .flatMap((name) => filesUnder(root, name))
    .filter((path) => !notBuilt.test(path))
    .toSorted();
  for (const path of files)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Builds when the sources are others than those of the last build.
 * @param {string} root
 * @returns {Promise<boolean>} false when the build failed; it has said why
 */
export async function ensureBuilt(root) {
  const stamp = stampPath(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash(root)) return true;
  console.error('Building…');
  const code = await runToEnd(
    pinnedNode(root),
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', join(root, 'tools', 'build.ts')],
    { cwd: root, env: pinnedEnvironment(root), stdio: ['ignore', 2, 2] },
  );
  return code === 0;
}

/** @param {string} root */
export function stampPath(root) {
  return join(root, 'out', '.stamp');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const entries = readEntries(join(root, path));
  return entries === undefined ? [path] : entries.flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/** @param {string} path */
function readEntries(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
