import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Preferences } from '../../../bridge/facts.ts';
import { Bounds } from './window-bounds.ts';

/** What the window remembers on this machine between starts. Nothing of it is a secret. */
export const ShellMemory = z.object({
  bounds: Bounds.nullable().catch(null),
  isMaximized: z.boolean().catch(false),
  /** The agent has been told that closing the window leaves the desk in the tray. */
  knowsTray: z.boolean().catch(false),
  /** Of the last agent, for the first paint: the preferences themselves are read later. */
  theme: Preferences.shape.theme.catch('system'),
});
export type ShellMemory = z.infer<typeof ShellMemory>;

/** A file that is missing, damaged or of another version starts over, field by field. */
export function readShellMemory(path: string): ShellMemory {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return ShellMemory.parse(typeof json === 'object' && json !== null ? json : {});
  } catch {
    return ShellMemory.parse({});
  }
}

/** Another start never reads half a file. */
export function writeShellMemory(path: string, memory: ShellMemory): void {
  writeFileSync(`${path}.new`, JSON.stringify(memory), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
