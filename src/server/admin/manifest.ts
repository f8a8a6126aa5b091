import { z } from 'zod';

export const FORMAT = 'ventanilla-backup-1';
export const MANIFEST = 'manifest.json';

/** What a backup holds, and how to tell that it is whole. A file is `tables/<name>.ndjson.gz`, one row a line. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  /** Version of the product that wrote it. */
  product: z.string(),
  schema: z.string(),
  takenAt: z.iso.datetime(),
  /** In the order in which they can be written. */
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z_]*$/),
      rows: z.int().nonnegative(),
      /** Of the file. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Journals of evidence, as far as the tables know them. */
  evidence: z
    .array(
      z.strictObject({
        name: z.string().regex(/^server-\d+\/[0-9a-f-]{36}\.jsonl$/),
        lines: z.int().nonnegative(),
        /** Of the file. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .default([]),
  /** Ids of journals whose files are with other servers: their backups have them. */
  elsewhere: z.array(z.uuid()).default([]),
  /** Files that were shared, `files/blobs/<two letters>/<name>`; the rows of `shared_file` have their hashes. */
  files: z
    .strictObject({
      count: z.int().nonnegative(),
      /** Those that were missing or damaged when the backup was taken. */
      lost: z.array(z.string()),
    })
    .default({ count: 0, lost: [] }),
});
export type Manifest = z.infer<typeof Manifest>;
export type EvidenceEntry = Manifest['evidence'][number];
export type FilesEntry = Manifest['files'];
export type TableEntry = Manifest['tables'][number];

export const tableFile = (name: string): string => `tables/${name}.ndjson.gz`;
