import { branch } from './branch-migrations/0001-branch.ts';
import { columns } from './branch-migrations/0002-columns.ts';
import { readiness } from './branch-migrations/0003-readiness.ts';
import type { Migration } from './migrate.ts';

/** The schema of a branch's file, which the desk keeps and the server makes ready, oldest step first. */
export const branchMigrations: readonly Migration[] = [branch, columns, readiness];

/** What a desk says that it can take, and an image says that it is. */
export const BRANCH_SCHEMA = readiness.version;
