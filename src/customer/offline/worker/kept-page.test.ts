import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeptPage } from './kept-page.ts';

const SITE = 'https://turnos.example';
const PAGE = `${SITE}/kiosk/centro`;
const html = (version: number): string =>
  `<script src="/assets/kiosk-${version}.js"></script><link href="/assets/kiosk-${version}.css">`;
const css = (font: string): string => `a{src:url(/assets/${font}.woff2)}b{src:url(/assets/plex-latin-ext-1.woff2)}`;

let site: Map<string, string>;
let line: 'up' | 'cut' | 'silent' | 'broken';
let cached: Map<string, Response>;
let asked: string[];
let later: Promise<unknown>[];

const urlOf = (request: RequestInfo | URL): string => (request instanceof Request ? request.url : String(request));
const cache = {
  match: (request: RequestInfo | URL) => Promise.resolve(cached.get(urlOf(request))?.clone()),
  put: (request: RequestInfo | URL, response: Response) => {
    cached.set(urlOf(request), response);
    return Promise.resolve();
  },
  delete: (request: RequestInfo | URL) => Promise.resolve(cached.delete(urlOf(request))),
  keys: () => Promise.resolve([...cached.keys()].map((url) => new Request(url))),
};

const fetchFrom = (request: Request | string): Promise<Response> => {
  const url = urlOf(request);
  asked.push(url);
  if (line === 'cut') return Promise.reject(new TypeError('Failed to fetch'));
  if (line === 'silent') return new Promise(() => undefined);
  if (line === 'broken') return Promise.resolve(new Response('bad gateway', { status: 502 }));
  const body = site.get(url.split('#')[0] ?? '');
  return Promise.resolve(body === undefined ? new Response('none', { status: 404 }) : new Response(body));
};

const page = createKeptPage({ address: PAGE, openCache: () => Promise.resolve(cache), fetchFrom });
const load = async (url = PAGE): Promise<string> =>
  (await page.load(new Request(url), (work) => void later.push(work))).text();
const paths = (): string[] => [...cached.keys()].map((url) => url.slice(SITE.length)).toSorted();

/** The server of this version, without the files of any other. */
const deploy = (version: number): void => {
  site = new Map([
    [PAGE, html(version)],
    [`${SITE}/assets/kiosk-${version}.js`, `js ${version}`],
    [`${SITE}/assets/kiosk-${version}.css`, css('plex-latin-1')],
    [`${SITE}/assets/plex-latin-1.woff2`, 'font'],
  ]);
};

beforeEach(() => {
  vi.useFakeTimers();
  deploy(1);
  line = 'up';
  cached = new Map();
  asked = [];
  later = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('kept page', () => {
  it('keeps the page, its script, its style and the font that the style names', async () => {
    await page.keep();
    expect(paths()).toEqual([
      '/assets/kiosk-1.css',
      '/assets/kiosk-1.js',
      '/assets/plex-latin-1.woff2',
      '/kiosk/centro',
    ]);
  });

  it('keeps nothing of a page that is not whole', async () => {
    site.delete(`${SITE}/assets/plex-latin-1.woff2`);
    await expect(page.keep()).rejects.toThrow('plex-latin-1.woff2 was answered with 404');
    expect(paths()).not.toContain('/kiosk/centro');
    site.delete(PAGE);
    await expect(page.keep()).rejects.toThrow('the page was answered with 404');
  });

  it('asks the server first, and keeps what it has now, with the files of that version alone', async () => {
    await page.keep();
    deploy(2);
    expect(await load()).toBe(html(2));
    await Promise.all(later);
    expect(paths()).toEqual([
      '/assets/kiosk-2.css',
      '/assets/kiosk-2.js',
      '/assets/plex-latin-1.woff2',
      '/kiosk/centro',
    ]);
    expect(asked.filter((url) => url.endsWith('plex-latin-1.woff2'))).toHaveLength(1);
  });

  it('does not fetch again what is kept already', async () => {
    await page.keep();
    asked = [];
    await load();
    await Promise.all(later);
    expect(asked).toEqual([PAGE]);
  });

  it('stays with the version that is whole when a file of the new one is lost on the way', async () => {
    await page.keep();
    deploy(2);
    site.delete(`${SITE}/assets/kiosk-2.css`);
    await load();
    await Promise.all(later);
    line = 'cut';
    expect(await load()).toBe(html(1));
    expect(paths()).toContain('/assets/kiosk-1.js');
  });

  it.each(['cut', 'broken'] as const)('[R7] opens from what it keeps while the line is %s', async (state) => {
    await page.keep();
    line = state;
    expect(await load()).toBe(html(1));
    expect(await (await page.file(new Request(`${SITE}/assets/kiosk-1.js`))).text()).toBe('js 1');
    await Promise.all(later);
    expect(await (await cache.match(PAGE))?.text()).toBe(html(1));
  });

  it('[R7] opens after 5 s on a line where nothing comes back', async () => {
    await page.keep();
    line = 'silent';
    const opened = vi.fn<(text: string) => void>();
    void load().then(opened);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(opened).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(opened).toHaveBeenCalledWith(html(1));
  });

  it('gives the answer of the server when it keeps nothing', async () => {
    line = 'cut';
    await expect(load()).rejects.toThrow('Failed to fetch');
    line = 'broken';
    expect(await load()).toBe('bad gateway');
  });

  it('[T20] keeps no token of an address', async () => {
    await load(`${PAGE}#token=secret`);
    await Promise.all(later);
    expect(paths()).toContain('/kiosk/centro');
    expect(paths().join()).not.toContain('secret');
  });

  it('passes a file on that it does not keep, and does not keep it', async () => {
    await page.keep();
    site.set(`${SITE}/assets/plex-latin-ext-1.woff2`, 'rare letters');
    expect(await (await page.file(new Request(`${SITE}/assets/plex-latin-ext-1.woff2`))).text()).toBe('rare letters');
    expect(paths()).not.toContain('/assets/plex-latin-ext-1.woff2');
  });
});
