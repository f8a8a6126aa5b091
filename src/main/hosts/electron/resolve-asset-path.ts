import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { APP_ORIGIN } from './app-address.ts';

/**
 * The file of the built renderer that an address of ours means, or null: for another host, for anything that leads out of
 * `folder`, through a link too, and for what is not there.
 * @param folder absolute
 */
export async function resolveAssetPath(folder: string, address: string): Promise<string | null> {
  const name = assetName(address);
  if (name === null) return null;
  const path = resolve(folder, name);
  if (!path.startsWith(folder + sep)) return null;
  try {
    const [realFolder, realPath] = await Promise.all([realpath(folder), realpath(path)]);
    return realPath.startsWith(realFolder + sep) ? realPath : null;
  } catch {
    return null;
  }
}

/** The path below the folder, as relative. A backslash or a colon means something only to Windows, and nothing good. */
function assetName(address: string): string | null {
  if (!address.startsWith(`${APP_ORIGIN}/`) || !URL.canParse(address)) return null;
  const { pathname } = new URL(address);
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\0\\:%]/.test(name) || name.split('/').includes('..')) return null;
  return name === '/' ? 'index.html' : `.${name}`;
}
