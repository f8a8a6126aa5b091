/** The quick checks, in seconds: types, layers, lint, format, unit tests. All run, also when one fails. */
import { runChecks } from './checks.ts';

const { failed } = await runChecks(['types', 'layers', 'lint', 'format'], ['unit']);
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
