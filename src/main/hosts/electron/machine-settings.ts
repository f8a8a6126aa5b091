import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the company's administrators decide for a machine, in a file that agents cannot write. */
const MachineSettings = z.strictObject({
  /** Address of the central server. */
  server: z.string().optional(),
  updates: z.enum(['on', 'off']).default('on'),
});
export type MachineSettings = z.infer<typeof MachineSettings>;

export class MachineSettingsError extends Error {
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
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

/** @throws MachineSettingsError naming what is wrong; a machine without the file has the defaults */
export function readMachineSettings(path: string): MachineSettings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return MachineSettings.parse({});
    throw new MachineSettingsError(path, `cannot be read (${code})`);
  }
  const parsed = MachineSettings.safeParse(jsonOf(path, text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path ?? []);
  throw new MachineSettingsError(path, `${keys.map(String).join(', ')}: ${issue?.message ?? 'is wrong'}`);
}

function jsonOf(path: string, text: string): unknown {
  try {
    // Some editors of Windows begin a file with a mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new MachineSettingsError(path, error instanceof Error ? error.message : 'is not JSON');
  }
}
