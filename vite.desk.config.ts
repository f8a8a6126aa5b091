import { defineConfig } from 'vite';
import { carriedPackages } from './tools/carried-packages.ts';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;

/**
 * The desk without Electron, beside what electron-vite built: it uses the same cache worker and renderer. As one file with all its
 * packages, because finding and reading hundreds of them is most of a start.
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
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
