import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME } from './app-address.ts';
import { APP_HEADERS } from './app-headers.ts';
import { resolveAssetPath } from './resolve-asset-path.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

/** To be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Answers the renderer's own addresses from the built renderer; anything else of the scheme is 404.
 * @param folder absolute
 */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(folder, request));
}

async function answer(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: { ...APP_HEADERS, allow: 'GET' } });
  const path = await resolveAssetPath(folder, request.url);
  const type = path === null ? undefined : mediaTypes[extname(path)];
  if (path === null || type === undefined) return new Response(null, { status: 404, headers: APP_HEADERS });
  return new Response(await readFile(path), { headers: { ...APP_HEADERS, 'content-type': type } });
}
