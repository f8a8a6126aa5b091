import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the product: the nearest above this file, built or not, that holds a package.json. */
export function productFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The folder of the product was not found.');
    folder = above;
  }
  return folder;
}

export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(join(productFolder(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** What the build made of the customers' pages, or null before it has. */
export function customerFolder(): string | null {
  const folder = join(productFolder(), 'out', 'customer');
  return existsSync(join(folder, 'kiosk', 'index.html')) ? folder : null;
}
