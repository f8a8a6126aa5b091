import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'out/**', 'dist/**', 'data/**', '.cache/**', '**/fixtures/**'];

/** Tests that start a PostgreSQL of their own, or try the process and its doors: they say nothing of an older PostgreSQL. */
const runOnce = ['index', 'embedded-postgres', 'running-server', 'program', 'desk-door', 'gone-askers', 'app-limits'];
const ofOlderPostgres = process.env['PGHOST'] ? runOnce.map((name) => `src/server/**/${name}.pg.test.ts`) : [];

// Our own programs are started dozens of times from their sources: whoever starts them passes it on, and they are compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.cache', 'compiled');

// Tests await events; this only ends one that hangs, also on a machine that is busy.
const testTimeout = 30_000;
// The same for a run with faults: processes that are killed and started again, and in the long runs many times.
const faultTimeout = 10 * 60_000;

/** The suffix says what a test needs: `.test.ts` Node, `.test.tsx` a document (jsdom), `.pg.test.ts` a real PostgreSQL, `.fault.ts` the built product. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          isolate: false,
          testTimeout,
          include: ['src/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts', 'e2e/faults/**/*.test.ts'],
          exclude: [...exclude, '**/*.pg.test.ts'],
          globalSetup: ['tools/testing/build-workers.ts'],
        },
      },
      {
        plugins: [react()],
        // What draws remembers its document: each file has modules of its own, in a context of one process.
        test: {
          name: 'dom',
          environment: 'jsdom',
          pool: 'vmForks',
          setupFiles: ['tools/testing/patient-screen.ts'],
          testTimeout,
          include: ['src/**/*.test.tsx'],
          exclude,
        },
      },
      {
        test: {
          name: 'db',
          environment: 'node',
          pool: 'forks',
          isolate: false,
          include: ['src/**/*.pg.test.ts', 'tools/**/*.pg.test.ts'],
          exclude: [...exclude, ...ofOlderPostgres],
          globalSetup: ['tools/testing/start-postgres.ts', 'tools/testing/build-workers.ts'],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          pool: 'forks',
          include: ['e2e/faults/**/*.fault.ts'],
          exclude,
          globalSetup: ['tools/testing/start-postgres.ts', 'e2e/faults/support/choose-seed.ts'],
          testTimeout: faultTimeout,
          hookTimeout: faultTimeout,
        },
      },
    ],
  },
});
