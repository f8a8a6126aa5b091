import { setPriority } from 'node:os';
import { ContentRefusal, type ContentCode } from './content-refusal.ts';
import { inspectFile, type Inspected, type InspectionJob } from './inspect-file.ts';
import { decodeOnlyOurs } from './remake-picture.ts';

/** What the process of its own that looks files through answers to a job. */
export type Verdict =
  | { type: 'good'; inspected: Inspected }
  | { type: 'refused'; code: ContentCode; detected?: string }
  | { type: 'failed'; message: string };

const LOW_PRIORITY = 10;

async function judge(job: InspectionJob): Promise<Verdict> {
  try {
    return { type: 'good', inspected: await inspectFile(job) };
  } catch (error) {
    if (!(error instanceof ContentRefusal)) return { type: 'failed', message: (error as Error).message };
    const { code, detected } = error;
    return { type: 'refused', code, ...(detected !== undefined && { detected }) };
  }
}

decodeOnlyOurs();
// Whoever attends and is attended comes first.
setPriority(LOW_PRIORITY);
process.on('message', (job: InspectionJob) => void judge(job).then((verdict) => process.send?.(verdict)));
process.on('disconnect', () => process.exit());
