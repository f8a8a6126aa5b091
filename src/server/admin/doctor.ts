import { statSync } from 'node:fs';
import { TicketFact } from '../../protocol/event.ts';
import { evidenceFolder } from '../evidence/claim-folder.ts';
import { examineEvidence } from '../evidence/examine-evidence.ts';
import { createDiskGuard } from '../start/disk-guard.ts';
import {
  countOverdue,
  readHoles,
  readLonely,
  readOpenFacts,
  readOpenHeaders,
  readOrphans,
} from '../store/doctor-rows.ts';
import { readCompanies } from '../store/company-rows.ts';
import type { Store } from '../store/connect.ts';
import { readSchemaVersion, SCHEMA_VERSION } from '../store/migrate.ts';
import { readServerVersion } from '../store/server-rows.ts';
import { isHeader } from '../store/ticket-rows.ts';
import { findLostFiles } from './shared-files.ts';
import { strangeZones } from './zone-check.ts';

export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'failure';
  detail: string;
}

const OVERDUE_MS = 60_000;

/** Looks at everything that can be looked at without changing it. */
export async function examine(store: Store, dataFolder: string, now: number): Promise<Finding[]> {
  const findings = [folderFinding(dataFolder), await diskFinding(dataFolder), zoneFinding()];
  const add = (check: string, state: Finding['state'], detail: string): void => {
    findings.push({ check, state, detail });
  };
  add('database', 'ok', `PostgreSQL ${await readServerVersion(store)}`);
  const schema = await readSchemaVersion(store.db);
  if (schema !== SCHEMA_VERSION) {
    add(
      'schema',
      schema === null ? 'warning' : 'failure',
      `${schema ?? 'none yet'}; this version knows ${SCHEMA_VERSION}`,
    );
    return findings;
  }
  add('schema', 'ok', schema);
  const companies = await readCompanies(store.db);
  add(
    'companies',
    companies.length > 0 ? 'ok' : 'warning',
    companies.map(({ slug }) => slug).join(', ') || 'none: see setup',
  );
  const lonely = await readLonely(store.db);
  for (const email of lonely.agents) add('agents', 'warning', `${email} may sit in no branch`);
  for (const slug of lonely.branches) add('branches', 'warning', `${slug} has no module or no service`);
  findings.push(...(await ticketFindings(store)));
  const files = await findLostFiles(store.db, dataFolder);
  for (const problem of files.problems) add('files', 'failure', problem);
  if (files.problems.length === 0) add('files', 'ok', `${files.count} shared`);
  findings.push(...(await evidenceFindings(store, dataFolder)));
  const holes = await readHoles(store.db);
  for (const { stream, missing } of holes) {
    add('changes', 'warning', `${missing} of ${stream} are missing: its desks start over there`);
  }
  if (holes.length === 0) add('changes', 'ok', 'without holes');
  const overdue = await countOverdue(store.db, now - OVERDUE_MS);
  add(
    'due times',
    overdue === 0 ? 'ok' : 'warning',
    overdue === 0 ? 'none late' : `${overdue} late: is a server running?`,
  );
  return findings;
}

/** Rows that the server sets apart (trust B95). */
async function ticketFindings({ db }: Store): Promise<Finding[]> {
  const headers = await readOpenHeaders(db);
  const facts = await readOpenFacts(db);
  const problems = [
    ...headers
      .filter(({ id, header }) => !isHeader(header, id))
      .map(({ id }) => `the header of ticket ${id} cannot be read`),
    ...(await readOrphans(db)).map(({ id, missing }) => `the ${missing} of ticket ${id} does not exist`),
    ...facts
      .filter(({ fact }) => !TicketFact.safeParse(fact).success)
      .map(({ id, ticketId }) => `line ${id} in the timeline of ticket ${ticketId} cannot be read`),
  ];
  if (problems.length === 0) return [{ check: 'tickets', state: 'ok', detail: `${headers.length} open` }];
  return problems.map((detail) => ({ check: 'tickets', state: 'failure', detail }));
}

/** The end of each journal here; `consent verify` reads all of it. */
async function evidenceFindings({ db }: Store, dataFolder: string): Promise<Finding[]> {
  const check = 'evidence';
  const { journals, elsewhere, bytes, lines, lastFolio, checked, problems } = await examineEvidence(
    db,
    evidenceFolder(dataFolder),
  );
  const found: Finding[] = problems.map(({ where, problem }) => ({
    check,
    state: 'failure',
    detail: `${where} ${problem}: see consent verify`,
  }));
  if (elsewhere > 0) {
    const detail = `${elsewhere} journals are not in this folder: with other servers, or lost`;
    found.push({ check, state: 'warning', detail });
  }
  if (problems.length > 0) return found;
  const size = `${journals} journals here of ${bytes} bytes, ${lines} lines in all`;
  const last = lastFolio ? `, last folio ${lastFolio.folio} of ${lastFolio.at.toISOString()}` : '';
  found.push({ check, state: 'ok', detail: `${size}${last}; the last ${checked} are as they were written` });
  return found;
}

function folderFinding(folder: string): Finding {
  const { mode } = statSync(folder);
  const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
  return isOpen
    ? { check: 'data folder', state: 'warning', detail: `${folder} may be read by other accounts: chmod 700` }
    : { check: 'data folder', state: 'ok', detail: folder };
}

async function diskFinding(folder: string): Promise<Finding> {
  return (await createDiskGuard(folder).isFull())
    ? { check: 'disk', state: 'failure', detail: 'less than 200 MB are free: nothing more is written' }
    : { check: 'disk', state: 'ok', detail: 'more than 200 MB are free' };
}

function zoneFinding(): Finding {
  const strange = strangeZones();
  return strange.length > 0
    ? { check: 'time zones', state: 'warning', detail: `stale data of ${strange.join(', ')}: update Node` }
    : { check: 'time zones', state: 'ok', detail: 'as of 2025b or newer' };
}
