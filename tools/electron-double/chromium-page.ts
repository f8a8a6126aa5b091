/** A window's page in a real Chromium: the built preload script runs before the built page, addresses of ours are answered by main. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Frame, type Page as Tab, type Route } from 'playwright-core';
import { DoubleFrame } from './frame.ts';
import type { Page, PageHost } from './node-page.ts';

const BINDING = 'electronDoubleSend';
const HEAR = 'electronDoubleHear';

export interface ChromiumHost extends PageHost {
  /** Answers an address of a scheme of ours; null when no handler has it. */
  answer: (url: string) => Promise<Response | null>;
  /** Whether the session lets a request through. */
  mayRequest: (url: string) => boolean;
  /** Whether the page may lead this window elsewhere. */
  mayNavigate: (url: string, isMainFrame: boolean) => boolean;
  /** The page wanted another window. Chromium opened a tab, which loads nothing and is closed. */
  windowWanted: (url: string) => void;
}

export interface ChromiumPage extends Page {
  tab: Tab;
  load: () => Promise<void>;
  /** What the console of the page said, and what was asked of any network and not answered. */
  seen: { console: string[]; refused: string[] };
}

let launched: Promise<Browser> | null = null;

/** `app://ventanilla/x` is `http://ventanilla.app.localhost/x` there: a secure context with an origin of its own. */
export function webAddress(url: string): string {
  return url.replace(/^([a-z]+):\/\/([^/?#]*)/, 'http://$2.$1.localhost');
}

export function ownAddress(url: string): string {
  return url.replace(/^http:\/\/([^/?#]*)\.([a-z]+)\.localhost/, '$2://$1');
}

export async function openChromiumPage(executablePath: string, url: string, host: ChromiumHost): Promise<ChromiumPage> {
  launched ??= chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const context = await (await launched).newContext({ viewport: { width: 1366, height: 768 }, locale: 'es-419' });
  const tab = await context.newPage();
  const frames = new WeakMap<Frame, DoubleFrame>();
  const frameOf = (frame: Frame): DoubleFrame => {
    const known = frames.get(frame);
    if (known?.url === ownAddress(frame.url())) return known;
    const parent = frame.parentFrame();
    const made = new DoubleFrame(ownAddress(frame.url()), parent && frameOf(parent));
    frames.set(frame, made);
    return made;
  };
  const seen: ChromiumPage['seen'] = { console: [], refused: [] };
  tab.on('console', (message) => seen.console.push(message.text()));
  tab.on('pageerror', (error) => seen.console.push(String(error)));
  context.on('requestfailed', (request) => seen.refused.push(ownAddress(request.url())));
  let isLeading = true;
  // Another tab of this context can only be one that the page opened. It loads nothing.
  await context.route('**/*', (route) => route.abort('blockedbyclient'));
  context.on('page', (other) => void refuseTab(other, host));
  await tab.route('**/*', (route) => answerRequest(route, tab, host, () => isLeading));
  await tab.exposeBinding(BINDING, ({ frame }, channel: string, payload: unknown) => {
    // The main frame of the tab is the main frame of the window, whatever address it has by now.
    host.receive(channel, payload, frameOf(frame));
  });
  await tab.addInitScript({ content: preloadScript(host.preload) });
  return {
    tab,
    seen,
    // Apart from opening, because the page speaks, and hears, before it is loaded.
    load: async () => {
      await tab.goto(webAddress(url));
      isLeading = false;
    },
    hear: (channel, args) => {
      const script = `globalThis[Symbol.for('${HEAR}')]?.(${JSON.stringify(channel)}, ${JSON.stringify(args)})`;
      // The tab may be on its way out.
      tab.evaluate(script).catch(() => undefined);
    },
    close: () => context.close(),
  };
}

export async function closeChromium(): Promise<void> {
  await (await launched)?.close();
}

async function answerRequest(route: Route, tab: Tab, host: ChromiumHost, isLeading: () => boolean): Promise<void> {
  const request = route.request();
  const url = ownAddress(request.url());
  const isMainFrame = request.frame() === tab.mainFrame();
  if (request.isNavigationRequest() && !isLeading() && !host.mayNavigate(url, isMainFrame))
    return route.abort('aborted');
  if (!host.mayRequest(url)) return route.abort('blockedbyclient');
  const response = await host.answer(url);
  if (response === null) return route.abort('blockedbyclient');
  return route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** Tells main where the tab was to lead, which the tab itself no longer knows, and closes it. */
async function refuseTab(other: Tab, host: ChromiumHost): Promise<void> {
  const debug = await other.context().newCDPSession(other);
  const { targetInfo } = await debug.send('Target.getTargetInfo');
  await other.close();
  host.windowWanted(ownAddress(targetInfo.url));
}

/** Runs in the page's own world, before its scripts; what the page could use to reach past `window.desk` is taken away first. */
function preloadScript(preload: string | undefined): string {
  const code = preload === undefined ? '' : readFileSync(preload, 'utf8');
  return `(() => {
  const send = globalThis.${BINDING};
  delete globalThis.${BINDING};
  if (globalThis.top !== globalThis) return;
  const listeners = new Map();
  const hear = (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args); };
  Object.defineProperty(globalThis, Symbol.for('${HEAR}'), { value: hear });
  const across = (value) => {
    if (typeof value === 'function') return (...args) => across(value(...args.map(across)));
    if (typeof value === 'object' && value !== null && Object.values(value).some((each) => typeof each === 'function'))
      return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, across(each)])));
    return structuredClone(value);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: across(api), enumerable: true }),
    },
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener)),
      send: (channel, payload) => void send(channel, structuredClone(payload)),
    },
  };
  const require = (name) => { if (name !== 'electron') throw new Error('module not found: ' + name); return electron; };
  const [, host, scheme] = /^([^.]*)\\.([a-z]+)\\.localhost$/.exec(globalThis.location.host) ?? [];
  const origin = host === undefined ? globalThis.location.origin : scheme + '://' + host;
  (function (require, module, exports, location) {${code}
  })(require, { exports: {} }, {}, { origin, href: origin + globalThis.location.pathname });
})();`;
}
