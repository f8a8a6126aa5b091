import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Store } from '../../store/connect.ts';
import { blankDatabase, ignore, type TestDatabase } from '../../testing/test-database.ts';
import type { Manifest } from '../manifest.ts';
import { runAdmin } from '../program.ts';

export const EXAMPLE = join(import.meta.dirname, '../../../../docs/office.example.yaml');

export interface Secrets {
  passwords: { email: string; password: string }[];
  tokens: { branch: string | null; name: string; token: string }[];
}

/** An empty database and a folder, and the command line on them. */
export interface AdminBench {
  folder: string;
  store: Store;
  admin: (
    args: string[],
    url?: string,
    variables?: Record<string, string>,
  ) => Promise<{ code: number; out: string; error: string }>;
  /** With `--json`; throws unless the verb was done. */
  adminJson: <Result>(args: string[], url?: string, variables?: Record<string, string>) => Promise<Result>;
  setUp: () => Promise<Secrets>;
  /** Tables and how many rows they have. */
  rowCounts: () => Promise<Record<string, number>>;
  /** One more empty database. */
  another: () => Promise<TestDatabase>;
  close: () => Promise<void>;
}

export async function adminBench(): Promise<AdminBench> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-admin-'));
  const database = await blankDatabase();
  const databases = [database];
  const store = connect(database.url, ignore);
  const admin: AdminBench['admin'] = async (args, url = database.url, variables = {}) => {
    let out = '';
    let error = '';
    const env = { VENTANILLA_DATABASE_URL: url, VENTANILLA_DATA: join(folder, 'data'), ...variables };
    const code = await runAdmin(args, { env, out: (text) => (out += text), error: (text) => (error += `${text}\n`) });
    return { code, out, error };
  };
  const adminJson: AdminBench['adminJson'] = async <Result>(
    args: string[],
    url = database.url,
    variables: Record<string, string> = {},
  ) => {
    const { code, out, error } = await admin(['--json', ...args], url, variables);
    if (code !== 0) throw new Error(`${args.join(' ')}: exit ${code}: ${error}`);
    return JSON.parse(out) as Result;
  };
  let counts = 0;
  return {
    folder,
    store,
    admin,
    adminJson,
    setUp: () => adminJson<Secrets>(['setup', '--file', EXAMPLE]),
    rowCounts: async () => {
      counts += 1;
      const { tables } = await adminJson<Manifest>(['backup', '--to', join(folder, `count-${counts}`)]);
      return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
    },
    another: async () => {
      const one = await blankDatabase();
      databases.push(one);
      return one;
    },
    close: async () => {
      await store.close();
      await Promise.all(databases.map((each) => each.drop()));
      rmSync(folder, { recursive: true });
    },
  };
}
