import type { ElectronDouble } from './electron.ts';

/** What the test asks of the process: to run a function on the double. */
export interface Question {
  id: number;
  /** Source of a function `(double, argument) => result`. */
  source: string;
  argument: unknown;
}

export type Answer = { id: number; result: unknown } | { id: number; error: string };

/** Answers the questions that the test sends over the process's channel. */
export function listenToTest(): void {
  process.on('message', (question: Question) => void answer(question).then((reply) => process.send?.(reply)));
  process.channel?.unref();
}

async function answer({ id, source, argument }: Question): Promise<Answer> {
  try {
    const { double } = await import('./electron.ts');
    // oxlint-disable-next-line typescript/no-implied-eval -- the test's own function, which cannot cross as such
    const run = new Function(`return (${source})`)() as (double: ElectronDouble, argument: unknown) => unknown;
    return { id, result: await run(double, argument) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
