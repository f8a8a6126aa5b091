import type { Migration } from './migrate.ts';
import { headersAndContents } from './migrations/0001-headers-and-contents.ts';
import { presences } from './migrations/0002-presences.ts';
import { branchFiles } from './migrations/0003-branch-files.ts';

/** The schema of the desk cache beside its branches, oldest step first. */
export const cacheMigrations: readonly Migration[] = [headersAndContents, presences, branchFiles];
