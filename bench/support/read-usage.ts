import { watch } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Usage } from './usage-probe.ts';

const probe = new URL('usage-probe.ts', import.meta.url);

/** What a Node process is started with so that `read` can ask it. @param path of an own file in a folder that is there */
export async function openUsage(
  path: string,
): Promise<{ environment: Record<string, string>; read: (pid: number) => Promise<Usage> }> {
  await writeFile(path, '');
  let lines = 0;
  return {
    environment: { USAGE: path, NODE_OPTIONS: `--expose-gc --import ${probe.href}` },
    read: async (pid) => {
      lines += 1;
      const written = Promise.withResolvers<Usage>();
      const look = async (): Promise<void> => {
        const line = (await readFile(path, 'utf8')).split('\n')[lines - 1];
        if (line?.endsWith('}')) written.resolve(JSON.parse(line) as Usage);
      };
      const watcher = watch(path, () => void look());
      process.kill(pid, 'SIGUSR2');
      try {
        return await written.promise;
      } finally {
        watcher.close();
      }
    },
  };
}
