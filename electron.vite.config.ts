import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { carriedPackages } from './tools/carried-packages.ts';
import { existing } from './tools/entries.ts';
import { preloadImports } from './tools/preload-imports.ts';

const root = import.meta.dirname;
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const bundled = Object.keys(dependencies).filter((name) => !carriedPackages.includes(name));

const main = existing(root, { index: 'src/main/index.ts' });
const preload = existing(root, { index: 'src/preload/index.ts' });
const renderer = existing(root, { index: 'src/renderer/index.html' });
const some = (entries: Record<string, string>): boolean => Object.keys(entries).length > 0;

export default defineConfig({
  ...(some(main) && {
    main: {
      build: {
        outDir: 'out/main',
        sourcemap: true,
        externalizeDeps: { exclude: bundled },
        rolldownOptions: { input: main, output: { entryFileNames: '[name].js' } },
      },
    },
  }),
  ...(some(preload) && {
    preload: {
      build: {
        outDir: 'out/preload',
        externalizeDeps: false,
        isolatedEntries: true,
        // A sandboxed preload is loaded as CommonJS.
        rolldownOptions: { input: preload, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      },
    },
  }),
  ...(some(renderer) && {
    renderer: {
      root: join(root, 'src/renderer'),
      plugins: [react(), preloadImports()],
      build: {
        outDir: join(root, 'out/renderer'),
        minify: true,
        modulePreload: false,
        // One sheet: what a part of the screen adds would else change the order of the rules by when it is read.
        cssCodeSplit: false,
        rolldownOptions: {
          input: renderer,
          output: {
            codeSplitting: { groups: [{ name: 'react', test: /node_modules\/(?:react|react-dom|scheduler)\// }] },
          },
        },
      },
    },
  }),
});
