import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { HEADER_JSON } from '../../../src/cache-file/header-row.ts';
import type { TicketHeader } from '../../../src/protocol/ticket.ts';
import type { Store } from '../../../src/server/store/connect.ts';

/** Tickets of a branch by their ids. */
export type Headers = Map<string, TicketHeader>;

const byId = (headers: TicketHeader[]): Headers => new Map(headers.map((header) => [header.id, header]));

/** What a desk that is stopped keeps of its branch, and how far its stream was. */
export function cachedBranch(dataFolder: string): { seq: number; headers: Headers } {
  const folder = join(dataFolder, 'desk-1', 'database');
  const [name = 'none'] = readdirSync(folder).filter((file) => /^branch-.+\.db$/.test(file));
  const file = new Database(join(folder, name));
  try {
    const rows = file.prepare<[], string>(`SELECT ${HEADER_JSON} FROM headers AS h`).pluck().all();
    const seq = file.prepare<[], number>('SELECT seq FROM cursors').pluck().get() ?? 0;
    return { seq, headers: byId(rows.map((json) => JSON.parse(json) as TicketHeader)) };
  } finally {
    file.close();
  }
}

/** What the server's log has made of the tickets of its branches by this place of it; with all of it, what is in the table. */
export async function loggedHeaders({ db }: Store, seq: number): Promise<Headers> {
  const changes = await db
    .selectFrom('change')
    .select('body')
    .where('stream', 'like', 'branch:%')
    .where('seq', '<=', seq)
    .orderBy('seq')
    .execute();
  return byId(changes.flatMap(({ body }) => (body.type === 'ticket.put' ? [body.header] : [])));
}

export async function storedHeaders({ db }: Store): Promise<Headers> {
  const rows = await db.selectFrom('ticket').select('header').execute();
  return byId(rows.map(({ header }) => header));
}
