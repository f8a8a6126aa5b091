import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ServerUrl } from '../../start/desk-environment.ts';

/** What the company's administrators decide for a machine, in a file that agents cannot write. */
const MachineSettings = z.strictObject({
  /** Address of the central server. */
  server: z
    .string()
    .refine((server) => ServerUrl.safeParse(server).success, {
      error: 'must be https:// with host and port alone, or http:// to this machine itself',
    })
    .optional(),
  updates: z.enum(['on', 'off']).default('on'),
  /** How many closed tickets of a branch the desk keeps, the newest; as many as the server gives (`VENTANILLA_HEADERS_KEPT`). */
  headersKept: z.number().int().min(1_000).max(1_000_000).optional(),
});
export type MachineSettings = z.infer<typeof MachineSettings>;

export class MachineSettingsError extends Error {
  constructor(path: string, line: number | null, problem: string) {
    super(`${path}${line === null ? '' : ` line ${line}`}: ${problem}`);
    this.name = 'MachineSettingsError';
  }
}

export function machineSettingsPath(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'win32':
      return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Ventanilla', 'ventanilla.json');
    case 'darwin':
      return '/Library/Application Support/Ventanilla/ventanilla.json';
    default:
      return '/etc/ventanilla/ventanilla.json';
  }
}

export interface ReadSettings {
  settings: MachineSettings;
  /** Why the last good copy is used in place of the file, with the line in it; null when the file is good. */
  problem: MachineSettingsError | null;
}

/**
 * Reads the machine's settings; a machine without the file has the defaults. While the file cannot be used the last good copy
 * holds, and what was found is kept beside that copy, for whoever mends it (trust B91).
 * @param keptFolder of this desk, where the copies lie
 * @throws MachineSettingsError naming what is wrong, when there is no good copy either
 */
export function readMachineSettings(path: string, keptFolder: string): ReadSettings {
  const copies = { good: join(keptFolder, `${basename(path)}.good`), bad: join(keptFolder, `${basename(path)}.bad`) };
  let bytes: Buffer | null = null;
  try {
    bytes = readFileSync(path);
    const settings = settingsIn(path, bytes);
    keep(copies.good, bytes);
    return { settings, problem: null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      // The administrators took it away: what it said before does not come back.
      rmSync(copies.good, { force: true });
      return { settings: MachineSettings.parse({}), problem: null };
    }
    const problem =
      error instanceof MachineSettingsError ? error : new MachineSettingsError(path, null, `cannot be read (${code})`);
    if (bytes) keep(copies.bad, bytes);
    const settings = lastGood(copies.good);
    if (!settings) throw problem;
    return { settings, problem };
  }
}

function lastGood(path: string): MachineSettings | null {
  try {
    return settingsIn(path, readFileSync(path));
  } catch {
    return null;
  }
}

/** Another start never reads half a copy. A desk that cannot keep one works all the same. */
function keep(path: string, bytes: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, bytes, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // The settings themselves are good, or told as bad.
  }
}

function settingsIn(path: string, bytes: Buffer): MachineSettings {
  const text = textIn(path, bytes);
  const parsed = MachineSettings.safeParse(jsonIn(path, text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = (issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path ?? [])).map(String);
  const at = keys[0] === undefined ? -1 : text.indexOf(JSON.stringify(keys[0]));
  const problem = `${issue?.message ?? 'is wrong'}; known are: ${Object.keys(MachineSettings.shape).join(', ')}`;
  throw new MachineSettingsError(path, at < 0 ? null : lineAt(text, at), [keys.join(', '), problem].join(': '));
}

function textIn(path: string, bytes: Buffer): string {
  try {
    // Some editors of Windows begin a file with a mark, which the decoder leaves out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MachineSettingsError(path, null, 'is not UTF-8; some editors call UTF-16 "Unicode"');
  }
}

function jsonIn(path: string, text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    // V8 names no position where the text simply ends.
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    throw new MachineSettingsError(path, lineAt(text, at), `is not JSON (${message})`);
  }
  const seen = new Set<string>();
  // Its settings are texts: every string before a colon is a key.
  for (const { 1: key, index } of text.matchAll(/("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"/g)) {
    if (key === undefined) continue;
    if (seen.has(key)) throw new MachineSettingsError(path, lineAt(text, index), `${key} stands there twice`);
    seen.add(key);
  }
  return json;
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;
