import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;
const worker = 'service-worker';
const pages = ['kiosk', 'display', 'turn', 'video', 'receipt', 'chat', 'portal'];

/** One page per customer's place, each with its own small entry; what they share is a chunk of its own. */
export default defineConfig({
  root: join(root, 'src/customer'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(root, 'out/customer'),
    emptyOutDir: true,
    target: 'baseline-widely-available',
    rolldownOptions: {
      input: existing(root, {
        ...Object.fromEntries(pages.map((page) => [page, `src/customer/${page}/index.html`])),
        [worker]: 'src/customer/offline/worker/service-worker.ts',
      }),
      // A browser knows a service worker by its address, which never changes.
      output: { entryFileNames: ({ name }) => (name === worker ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
});
