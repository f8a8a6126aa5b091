/** Measures one row in a process of its own, so that no row feels the memory of another: `run-row.ts <row> [--quick]`. */
import type { Measure } from './row.ts';
import { stopRow } from './until-stopped.ts';

const stop = (): void => {
  // What is under way fails when what it works on is ended.
  process.on('unhandledRejection', () => undefined);
  stopRow();
};
process.once('SIGTERM', stop);
process.once('disconnect', stop);

const [name = '', ...options] = process.argv.slice(2);
try {
  const { measure } = (await import(`./rows/${name}.ts`)) as { measure: Measure };
  const row = await measure({ peers: !options.includes('--quick') });
  process.send?.(row, () => process.disconnect());
} catch (error) {
  console.error(error);
  process.exit(1);
}
