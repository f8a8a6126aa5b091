/** Writes every file as Prettier would have it. */
import { runNode } from './checks.ts';

process.exitCode = await runNode(['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.']);
