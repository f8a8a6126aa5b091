import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/**
 * Makes the threads that tests start, as JavaScript, and names their folder in `VENTANILLA_TEST_WORKERS`. From TypeScript each
 * of them would run the type stripper of Node, which is WebAssembly, and now and then V8 ends the process over it
 * (docs/gotchas.md).
 */
export async function setup(): Promise<() => void> {
  if (process.env['VENTANILLA_TEST_WORKERS']) return () => undefined;
  // Within the project, where the packages are found; of this run alone, because others may go on beside it.
  const outDir = join(root, '.cache', 'test-workers', String(process.pid));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      rolldownOptions: {
        input: {
          'desk-store': join(root, 'src/main/cache/worker.ts'),
          'branch-image': join(root, 'src/server/jobs/snapshot/worker.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  process.env['VENTANILLA_TEST_WORKERS'] = outDir;
  return () => rmSync(outDir, { recursive: true, force: true });
}
