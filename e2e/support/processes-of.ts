import { readdir, readFile } from 'node:fs/promises';

/** Ids of the processes that name this folder in their arguments or their environment. Linux. */
export async function processesOf(folder: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const read = (file: string): Promise<string> => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
      return `${await read('cmdline')} ${await read('environ')}`.includes(folder);
    }),
  );
  return ids.filter((_, index) => found[index]).map(Number);
}
