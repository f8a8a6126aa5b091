import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

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

/** The thread that makes images, beside this file when it is built. */
export function imageWorkerUrl(): URL {
  const isBuilt = import.meta.filename.endsWith('.js');
  const path = isBuilt ? 'image-worker.js' : join('..', 'jobs', 'snapshot', 'worker.ts');
  return pathToFileURL(join(import.meta.dirname, path));
}

/** The process that looks files through, beside this file when it is built. */
export function inspectorUrl(): URL {
  const isBuilt = import.meta.filename.endsWith('.js');
  const path = isBuilt ? 'file-inspector.js' : join('..', 'files', 'inspect', 'worker.ts');
  return pathToFileURL(join(import.meta.dirname, path));
}
