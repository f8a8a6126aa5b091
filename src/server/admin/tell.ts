import type { EvidenceFindings } from '../evidence/verify-evidence.ts';
import type { KnownBlock } from '../store/guest-block-rows.ts';
import type { DeskRow } from '../store/device-rows.ts';
import type { Finding } from './doctor.ts';
import type { Manifest } from './manifest.ts';
import type { OfficeSecrets } from './set-up-office.ts';

/** Results in words. */

export function setUp({ passwords, tokens }: OfficeSecrets): string {
  const lines = ['The office is set up.'];
  if (passwords.length > 0) lines.push('', 'One-time passwords, to be changed at the first sign-in:');
  lines.push(...passwords.map(({ email, password }) => `  ${email}  ${password}`));
  if (tokens.length > 0) lines.push('', 'Tokens (a kiosk opens /kiosk/<branch>#token=<token>):');
  lines.push(...tokens.map(({ branch, name, token }) => `  ${branch ?? 'every branch'}  ${name}  ${token}`));
  if (tokens.length + passwords.length > 0) lines.push('', 'They are not shown again.');
  return lines.join('\n');
}

export const password = ({ email, password: given }: { email: string; password: string }): string =>
  `${email}  ${given}\nA one-time password, not shown again; it is changed at the first sign-in.`;

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export const desks = ({ desks: all }: { desks: DeskRow[] }): string =>
  all.length === 0
    ? 'No desk has been let in yet.'
    : all
        .map(({ id, company, name, lastAgent, lastSignInAt, revokedAt }) => {
          const last =
            lastAgent === null || lastSignInAt === null ? 'nobody' : `${lastAgent} on ${minute(lastSignInAt)} UTC`;
          return `${id}  ${company}  ${name}  ${last}${revokedAt === null ? '' : `  revoked ${minute(revokedAt)} UTC`}`;
        })
        .join('\n');

export const revoked = ({ name, revokedAt }: DeskRow): string =>
  `${name} is revoked${revokedAt === null ? '' : ` since ${minute(revokedAt)} UTC`}. It removes all that it keeps once it has a connection.`;

export const guestBlocks = ({ blocks }: { blocks: KnownBlock[] }): string =>
  blocks.length === 0
    ? 'No guest has been reported.'
    : blocks
        .map(({ id, company, turnCode, agent, reason, comment, at, until, liftedAt }) => {
          const end = liftedAt === null ? `until ${minute(until)} UTC` : `lifted ${minute(liftedAt)} UTC`;
          return `${id}  ${company}  ${turnCode}  ${agent}  ${minute(at)} UTC  ${end}  ${reason}${comment === '' ? '' : `: ${comment}`}`;
        })
        .join('\n');

export const unblocked = ({ turnCode, liftedAt, until }: KnownBlock): string =>
  liftedAt === null
    ? `The report of ${turnCode} was over already, on ${minute(until)} UTC.`
    : `The guest of ${turnCode} is let in again since ${minute(liftedAt)} UTC.`;

const total = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);

const journalsOf = ({ evidence: here, elsewhere }: Manifest): string =>
  `${here.length} journals of evidence${elsewhere.length === 0 ? '' : ` (${elsewhere.length} more are with other servers: back those up too)`}`;

const filesOf = ({ files: { count, lost } }: Manifest): string =>
  `${count} files${lost.length === 0 ? '' : ` (${lost.length} of them lost: ${lost.join(', ')})`}`;

const contentsOf = (manifest: Manifest): string =>
  `${manifest.tables.length} tables, ${total(manifest)} rows, ${filesOf(manifest)}, ${journalsOf(manifest)}`;

export const backup = (manifest: Manifest): string =>
  `The backup is written: ${contentsOf(manifest)}, schema ${manifest.schema}.`;

export const restored = (manifest: Manifest): string =>
  `The backup of ${manifest.takenAt} is restored: ${contentsOf(manifest)}.`;

export const verified = (manifest: Manifest): string =>
  `The backup of ${manifest.takenAt} is whole: ${contentsOf(manifest)}.`;

export const evidence = ({ journals, lines, folios, unsettled, problems }: EvidenceFindings): string =>
  [
    ...problems.map(({ where, problem }) => `${where} ${problem}.`),
    `${journals} journals, ${lines} lines, ${folios} folios${unsettled === 0 ? '' : `, ${unsettled} unsettled`}: ${
      problems.length === 0 ? 'all is as it was written.' : `${problems.length} not as they were written.`
    }`,
  ].join('\n');

const SIGN = { ok: 'ok     ', warning: 'warning', failure: 'FAILURE' };

export const findings = ({ findings: all }: { findings: Finding[] }): string =>
  all.map(({ check, state, detail }) => `${SIGN[state]}  ${check}: ${detail}`).join('\n');
