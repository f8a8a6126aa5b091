import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The entries of a build that exist already, by name.
 * @param root of the project; given, because a configuration is bundled elsewhere before it runs
 * @param entries name of the output → source, from the root
 */
export function existing(root: string, entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, path]) => {
      const source = join(root, path);
      return existsSync(source) ? [[name, source]] : [];
    }),
  );
}
