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

const total = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);

export const backup = (manifest: Manifest): string =>
  `The backup is written: ${manifest.tables.length} tables, ${total(manifest)} rows, schema ${manifest.schema}.`;

export const restored = (manifest: Manifest): string =>
  `The backup of ${manifest.takenAt} is restored: ${manifest.tables.length} tables, ${total(manifest)} rows.`;

export const verified = (manifest: Manifest): string =>
  `The backup of ${manifest.takenAt} is whole: ${manifest.tables.length} tables, ${total(manifest)} rows.`;

const SIGN = { ok: 'ok     ', warning: 'warning', failure: 'FAILURE' };

export const findings = ({ findings: all }: { findings: Finding[] }): string =>
  all.map(({ check, state, detail }) => `${SIGN[state]}  ${check}: ${detail}`).join('\n');
