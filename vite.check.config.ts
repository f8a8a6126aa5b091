import { join } from 'node:path';
import { defineConfig } from 'vite';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;

/** The offline check of receipts: one script without imports, which the server also puts into the files that it gives away. */
export default defineConfig({
  build: {
    outDir: join(root, 'out/customer'),
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'baseline-widely-available',
    rolldownOptions: {
      input: existing(root, { check: 'src/customer/check/main.ts' }),
      output: { format: 'iife', entryFileNames: '[name].js' },
    },
  },
});
