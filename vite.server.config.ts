import { defineConfig } from 'vite';
import { existing } from './tools/entries.ts';

const root = import.meta.dirname;

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/server',
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      input: existing(root, {
        server: 'src/server/index.ts',
        admin: 'src/server/admin.ts',
        'image-worker': 'src/server/jobs/snapshot/worker.ts',
        'file-inspector': 'src/server/files/inspect/worker.ts',
      }),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
