import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BRANCH_SCHEMA } from '../branch-migrations.ts';
import { branchShapes } from './branch-shapes.ts';

/** Freezes the rows of a new BRANCH_SCHEMA; the file of an earlier one is never written again. */
const path = join(import.meta.dirname, '..', 'fixtures', `branch-${BRANCH_SCHEMA}.json`);
writeFileSync(path, `${JSON.stringify(branchShapes(), null, 2)}\n`, { flag: 'wx' });
