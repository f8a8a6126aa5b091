import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '../compare.ts';
import { fillBranch } from '../fill-branch.ts';
import { figure, type Figure, type Measure } from '../row.ts';
import { hashBranch } from '../support/branch-rows.ts';
import { openBuiltDesk } from '../support/built-desk.ts';
import { openFilledOffice, type FilledOffice } from '../support/filled-office.ts';
import { untilStopped } from '../until-stopped.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const LARGEST = 1_000_000;
const RUNS = 3;

interface Run {
  headers: number;
  milliseconds: number;
  peakMegabytes: number;
}

/**
 * Cold sync of a branch that grows tenfold from size to size, each time into a built desk of its own: what a header costs beside
 * what it costs in a branch of a tenth, and the most memory that the desk's process ever held.
 */
export const measure: Measure = async () => {
  const setting = { VENTANILLA_HEADERS_KEPT: String(LARGEST) };
  const office = await openFilledOffice(SIZES[0] ?? 0, setting);
  const runs: Run[] = [];
  let desks = 0;
  const sync = async (headers: number): Promise<Run> => {
    desks += 1;
    const name = `size-${desks}`;
    const desk = await openBuiltDesk(office, name, setting);
    const milliseconds = await desk.enter();
    const { peakMegabytes } = await desk.probe.read();
    const { branchFile } = await desk.stop();
    const { count } = hashBranch(branchFile);
    if (count !== headers) throw new Error(`${count} headers, not ${headers}.`);
    await rm(join(office.folder, name), { recursive: true });
    return { headers, milliseconds, peakMegabytes };
  };
  try {
    let filled = SIZES[0] ?? 0;
    for (const headers of SIZES) {
      if (headers > filled) await untilStopped(fillBranch(office.databaseUrl, 'centro', headers - filled));
      filled = headers;
      await forgetImages(office);
      // The first waits for the image.
      await untilStopped(sync(headers));
      const same: Run[] = [];
      for (let run = 0; run < RUNS; run += 1) same.push(await untilStopped(sync(headers)));
      runs.push({
        headers,
        milliseconds: median(same.map(({ milliseconds }) => milliseconds)),
        peakMegabytes: median(same.map(({ peakMegabytes }) => peakMegabytes)),
      });
    }
    return {
      work: 'Cold sync of 1,000, 10,000, 100,000 and 1,000,000 headers',
      beside: 'itself in a branch of a tenth',
      figures: runs.flatMap((run, index) => figuresOf(run, runs[index - 1])),
      gate: 'as many headers as there are, and all of them readable',
    };
  } finally {
    await office.close();
  }
};

function figuresOf(run: Run, smaller: Run | undefined): Figure[] {
  const size = run.headers.toLocaleString('en');
  const perHeader = (of: Run): number => (of.milliseconds * 1_000) / of.headers;
  const isLargest = run.headers === LARGEST;
  const time = figure(`${size}: all`, 'ms', { ours: run.milliseconds });
  if (!smaller) return [time];
  return [
    time,
    figure(`${size}: a header`, 'µs', { ours: perHeader(run), theirs: perHeader(smaller) }, { atMost: 1.1 }),
    figure(
      `${size}: most memory of the desk`,
      'MB',
      { ours: run.peakMegabytes, theirs: smaller.peakMegabytes },
      isLargest ? { atMost: 1.15 } : null,
    ),
  ];
}

/** What is written straight into the tables is in no log of changes: the images that were made before do not know of it. */
async function forgetImages({ folder }: FilledOffice): Promise<void> {
  const images = join(folder, 'images');
  for (const name of await readdir(images)) await rm(join(images, name));
}
