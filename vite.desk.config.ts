import { defineConfig } from 'vite';
import { carriedPackages } from './tools/carried-packages.ts';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;

/**
 * The desk without Electron, beside what electron-vite built: it uses the same cache worker and renderer. With all its packages in
 * it, because finding and reading hundreds of them is most of a start; as CommonJS, because importing Node's own `http` reads all
 * of its exports, which takes as long as reading ours.
 */
export default defineConfig({
  ssr: { noExternal: true, external: carriedPackages },
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: false,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      input: existing(root, { 'browser-desk': 'src/main/browser-desk.ts' }),
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        // Else the bundler's own words stand in the chunk of the desk, which the entry would read first, for their sake.
        codeSplitting: { groups: [{ name: 'packages', test: /node_modules/ }] },
      },
    },
  },
});
