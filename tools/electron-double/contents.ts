/** The contents of a window: its page, without or with a Chromium behind it. What a destroyed one is asked throws, as in Electron. */
import { EventEmitter } from 'node:events';
import type { Page as Tab } from 'playwright-core';
import { settings } from './machine.ts';
import { openChromiumPage, type ChromiumPage } from './chromium-page.ts';
import { copied } from './context-bridge.ts';
import { DoubleFrame, emitPreventable } from './frame.ts';
import { openNodePage, type NodePage, type World } from './node-page.ts';
import { PlayedPage } from './played-page.ts';
import { session, protocol } from './session.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

type ContentsShape = Pick<Electron.WebContents, 'getURL' | 'isDestroyed' | 'send' | 'setWindowOpenHandler' | 'reload'>;

export class DoubleContents extends EventEmitter implements ContentsShape {
  readonly ipc = new EventEmitter();
  readonly preload: string | undefined;
  mainFrame = new DoubleFrame('about:blank');
  /** Makes a window that the page may open; set by the module that has them. */
  makeWindow: (options: Electron.BrowserWindowConstructorOptions, details: { url: string; frameName: string }) => void =
    () => undefined;
  /** Addresses for which the page wanted a window of its own, with what became of them. */
  readonly windowsWanted: { url: string; action: string }[] = [];
  #openHandler: OpenHandler | null = null;
  #page: NodePage | ChromiumPage | null = null;
  #played: { world: World; page: PlayedPage } | null = null;
  #isDestroyed = false;

  constructor(preload: string | undefined) {
    super();
    this.preload = preload;
  }

  get page(): NodePage | ChromiumPage {
    if (this.#page === null) throw new Error('nothing is loaded');
    return this.#page;
  }

  /** The names in the page's window, where the test plays the page. */
  get world(): World {
    if (!('world' in this.page)) throw new Error('the page runs in Chromium');
    return this.page.world;
  }

  /** The page in Chromium. */
  get tab(): Tab {
    if (!('tab' in this.page)) throw new Error('the test plays the page');
    return this.page.tab;
  }

  get seen(): ChromiumPage['seen'] {
    if (!('seen' in this.page)) throw new Error('the test plays the page');
    return this.page.seen;
  }

  /** The test plays the page; the same one until another is loaded. */
  get played(): PlayedPage {
    const { world } = this;
    this.#played = this.#played?.world === world ? this.#played : { world, page: new PlayedPage(world) };
    return this.#played.page;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getURL(): string {
    this.#mustLive();
    return this.mainFrame.url;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#mustLive();
    this.#page?.hear(channel, copied(args));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mustLive();
    this.#openHandler = handler;
  }

  reload(): void {
    void this.load(this.getURL());
  }

  async load(url: string): Promise<void> {
    this.#mustLive();
    const answer = await protocol.answer(url);
    if (!answer?.ok) throw new Error(`ERR_FAILED (${answer?.status ?? 'no handler'}) loading '${url}'`);
    await this.#page?.close();
    this.mainFrame.destroy();
    const frame = new DoubleFrame(url);
    this.mainFrame = frame;
    const host = { preload: this.preload, receive: this.receive.bind(this) };
    this.#page =
      settings.chromium === null
        ? openNodePage(url, frame, host)
        : await openChromiumPage(settings.chromium, url, {
            ...host,
            receive: (channel, payload, sender) => {
              // The page's own main frame is this window's, so that main may compare them.
              this.receive(channel, payload, sender.parent === null && sender.url === url ? frame : sender);
            },
            answer: protocol.answer,
            mayRequest: session.defaultSession.mayRequest,
            mayNavigate: (to, isMainFrame) => this.navigate(to, isMainFrame),
            windowWanted: (to) => this.wantWindow(to),
          });
    if ('load' in this.#page) await this.#page.load();
    this.emit('dom-ready', {});
    this.emit('did-finish-load', {});
  }

  /** A message from a page in this window; the test may give any frame as its sender, also one that is gone. */
  receive(channel: string, payload: unknown, frame: DoubleFrame = this.mainFrame, sender: unknown = this): void {
    const event = {
      sender,
      senderFrame: frame.isDestroyed() ? null : frame,
      type: 'frame',
      ports: [],
      returnValue: undefined,
    };
    this.ipc.emit(channel, event, copied(payload));
  }

  /** The page leads its window elsewhere. @returns whether main lets it */
  navigate(url: string, isMainFrame = true): boolean {
    const details = { url, isMainFrame, isSameDocument: false };
    const isRefused = emitPreventable(this, 'will-frame-navigate', details);
    return isMainFrame ? !emitPreventable(this, 'will-navigate', details, url) && !isRefused : !isRefused;
  }

  /** A server of elsewhere sends the page on. @returns whether main lets it */
  redirect(url: string): boolean {
    return !emitPreventable(this, 'will-redirect', { url, isMainFrame: true }, url);
  }

  /** The page puts a `<webview>` in. @returns whether main lets it */
  attachWebview(): boolean {
    return !emitPreventable(this, 'will-attach-webview', {}, {}, {});
  }

  /** The page asks for another window. One that main gives is made, empty, and told of; a Chromium behind it opens none. */
  wantWindow(url: string, frameName = ''): void {
    const details = {
      url,
      frameName,
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    };
    const result = this.#openHandler?.(details as Electron.HandlerDetails);
    this.windowsWanted.push({ url, action: result?.action ?? 'allow' });
    if (result?.action === 'allow') this.makeWindow(result.overrideBrowserWindowOptions ?? {}, { url, frameName });
    this.emit('double-window-wanted');
  }

  /** The process of the page dies. */
  crash(reason: Electron.RenderProcessGoneDetails['reason']): void {
    this.mainFrame.destroy();
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }

  async destroy(): Promise<void> {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.mainFrame.destroy();
    this.emit('destroyed');
    await this.#page?.close();
  }

  #mustLive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }
}
