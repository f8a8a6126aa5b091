/** Measures one row in a process of its own, so that no row feels the memory of another: `run-row.ts <row> [--quick]`. */
import type { Measure } from './row.ts';

const [name = '', ...options] = process.argv.slice(2);
const { measure } = (await import(`./rows/${name}.ts`)) as { measure: Measure };
const row = await measure({ peers: !options.includes('--quick') });
process.send?.(row, () => process.disconnect());
