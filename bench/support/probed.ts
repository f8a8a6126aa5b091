import { readFile } from 'node:fs/promises';

/** What a process says of itself, since it was last asked to begin anew; the last two since its start. Delays in ms. */
export interface Reading {
  p99: number;
  longest: number;
  peakMegabytes: number;
  imagesAsked: number;
}

export interface Probe {
  read: () => Promise<Reading>;
  /** Forgets the delays so far. */
  begin: () => Promise<void>;
}

/** The environment that puts the probe into a process of Node. @param path of a file that is not there yet */
export const withProbe = (path: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${new URL('probe.ts', import.meta.url).href} --disable-warning=ExperimentalWarning`,
  BENCH_PROBE: path,
});

/** The probe of a process that is up. */
export async function openProbe(path: string): Promise<Probe> {
  const url = `http://127.0.0.1:${await readFile(path, 'utf8')}/`;
  return {
    read: async () => (await fetch(url)).json() as Promise<Reading>,
    begin: async () => {
      await (await fetch(url, { method: 'POST' })).text();
    },
  };
}
