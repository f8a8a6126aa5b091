import { defineConfig } from 'vite';
import { carriedPackages } from './tools/carried-packages.ts';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;

/** The thread of the desk's store, of both desks: one file, so that it comes up quickly. */
export default defineConfig({
  ssr: { noExternal: true, external: carriedPackages },
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: false,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      input: existing(root, { 'cache-worker': 'src/main/cache/worker.ts' }),
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
