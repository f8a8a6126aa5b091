import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How to start PostgreSQL's programs as somebody: they refuse to run as root. */
export type PostgresAccount = {
  /** Comes before the program and its arguments. */
  prefix: readonly string[];
  /** Under whom the process is started, and whose its files must be; absent where nothing has to be changed. */
  owner?: { uid: number; gid: number };
  /** For messages. */
  name?: string;
};

/**
 * As root: a user namespace, in which root's own files stay its own under an ordinary number, so that any folder can hold the
 * data; where namespaces are forbidden, the account `postgres` or else `nobody`. Otherwise: whoever we are.
 * @throws Error of one line when there is no such account
 */
export function postgresAccount(): PostgresAccount {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const account = systemAccount();
  const namespace = ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'];
  const probe = spawnSync('unshare', [...namespace.slice(1), 'true'], { stdio: 'ignore' });
  if (probe.status === 0) return { prefix: namespace, owner: { uid: 0, gid: 0 } };
  return { prefix: [], owner: { uid: account.uid, gid: account.gid }, name: account.name };
}

function systemAccount(): { name: string; uid: number; gid: number } {
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((row) => row.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const row = rows.find((fields) => fields[0] === name);
    if (row) return { name, uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody": start as another user.',
  );
}

/**
 * Starting under another account needs every folder on the way to be open to it.
 * @throws Error of one line that names the path
 */
export function assertReachable({ owner, name }: PostgresAccount, path: string, advice: string): void {
  if (name === undefined || owner === undefined) return;
  const { status } = spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { ...owner, cwd: '/', stdio: 'ignore' });
  if (status !== 0) {
    throw new Error(`PostgreSQL must run here as the account "${name}", which cannot reach ${path}: ${advice}.`);
  }
}
