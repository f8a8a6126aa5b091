/** Formats what is staged, and nothing else: a file's own unstaged changes stay unstaged. Runs on any Node. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs');

const git = (/** @type {string[]} */ args, input = '') =>
  execFileSync('git', args, { cwd: process.cwd(), input, maxBuffer: 1 << 28 });

if (existsSync(program)) for (const path of stagedFiles()) formatStaged(path);

function stagedFiles() {
  const names = git(['diff', '--cached', '--name-only', '--diff-filter=AM', '-z']).toString();
  return names.split('\0').filter((path) => /\.([cm]?[jt]s|tsx|json|css|html|md|ya?ml)$/.test(path));
}

/** @param {string} path */
function formatStaged(path) {
  const staged = git(['show', `:${path}`]);
  const formatted = execFileSync(process.execPath, [program, '--stdin-filepath', path], {
    input: staged,
    maxBuffer: 1 << 28,
  });
  if (formatted.equals(staged)) return;
  const [mode = ''] = git(['ls-files', '--stage', '--', path]).toString().split(' ');
  const blob = git(['hash-object', '-w', '--stdin'], formatted.toString()).toString().trim();
  git(['update-index', '--cacheinfo', `${mode},${blob},${path}`]);
  if (existsSync(path) && readFileSync(path).equals(staged)) writeFileSync(path, formatted);
}
