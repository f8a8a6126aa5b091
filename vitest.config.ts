import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'out/**', 'dist/**', 'data/**', '.cache/**', '**/fixtures/**'];

// Tests await events; this only ends one that hangs, also on a machine that is busy.
const testTimeout = 30_000;

/** The suffix says what a test needs: `.test.ts` Node, `.test.tsx` a document (jsdom), `.pg.test.ts` a real PostgreSQL. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          testTimeout,
          include: ['src/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...exclude, '**/*.pg.test.ts'],
        },
      },
      {
        plugins: [react()],
        test: { name: 'dom', environment: 'jsdom', testTimeout, include: ['src/**/*.test.tsx'], exclude },
      },
      {
        test: {
          name: 'db',
          environment: 'node',
          pool: 'forks',
          include: ['src/**/*.pg.test.ts', 'tools/**/*.pg.test.ts'],
          exclude,
          globalSetup: ['tools/testing/start-postgres.ts'],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
    ],
  },
});
