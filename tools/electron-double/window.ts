/** Windows. What a destroyed one is asked throws, as in Electron. */
import { EventEmitter } from 'node:events';
import { DoubleContents } from './contents.ts';
import { emitPreventable } from './frame.ts';
import { app } from './machine.ts';

type WindowShape = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'close'
  | 'destroy'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFocused'
  | 'isDestroyed'
  | 'getNormalBounds'
  | 'setBackgroundColor'
  | 'flashFrame'
  | 'setOverlayIcon'
  | 'setMenuBarVisibility'
>;

export class DoubleWindow extends EventEmitter implements WindowShape {
  static readonly all: DoubleWindow[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: DoubleContents;
  /** What the system would show. */
  readonly shown = { background: '', isFlashing: false, overlay: null as unknown, isMenuBarVisible: true };
  #bounds: Electron.Rectangle;
  #isVisible: boolean;
  #isFocused = false;
  #isMinimized = false;
  #isMaximized = false;
  #isDestroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    app.mustBeReady('BrowserWindow');
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#isVisible = options.show !== false;
    this.shown.background = options.backgroundColor ?? '#FFF';
    this.webContents = new DoubleContents(options.webPreferences?.preload);
    this.webContents.makeWindow = (given, details) => {
      // Preferences that are not overridden are those of the opener, the preload script among them.
      const webPreferences = { ...options.webPreferences, ...given.webPreferences };
      const made = new DoubleWindow({ ...given, webPreferences });
      this.webContents.emit('did-create-window', made, { ...details, options: made.options });
    };
    DoubleWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): DoubleWindow[] {
    return DoubleWindow.all.filter((window) => !window.isDestroyed());
  }

  async loadURL(url: string): Promise<void> {
    this.#mustLive();
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#mustLive();
    this.#isVisible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#mustLive();
    this.#isVisible = false;
    this.blur();
    this.emit('hide');
  }

  focus(): void {
    this.#mustLive();
    this.#isFocused = true;
    this.emit('focus');
  }

  /** Another window comes to the front. */
  blur(): void {
    if (!this.#isFocused) return;
    this.#isFocused = false;
    this.emit('blur');
  }

  minimize(): void {
    this.#isMinimized = true;
    this.blur();
  }

  restore(): void {
    this.#mustLive();
    this.#isMinimized = false;
  }

  maximize(): void {
    this.#mustLive();
    this.#isMaximized = true;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isFocused(): boolean {
    return this.#isFocused;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getNormalBounds(): Electron.Rectangle {
    this.#mustLive();
    return this.#bounds;
  }

  /** A hand moves it. */
  moveTo(bounds: Electron.Rectangle): void {
    this.#bounds = bounds;
  }

  setBackgroundColor(colour: string): void {
    this.#mustLive();
    this.shown.background = colour;
  }

  flashFrame(isFlashing: boolean): void {
    this.#mustLive();
    this.shown.isFlashing = isFlashing;
  }

  setOverlayIcon(overlay: unknown): void {
    this.#mustLive();
    this.shown.overlay = overlay;
  }

  setMenuBarVisibility(isVisible: boolean): void {
    this.#mustLive();
    this.shown.isMenuBarVisible = isVisible;
  }

  /** The cross of the window, which main may prevent. */
  close(): void {
    this.#mustLive();
    if (!emitPreventable(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.webContents.destroy();
    this.emit('closed');
    if (DoubleWindow.getAllWindows().length === 0) app.emit('window-all-closed');
  }

  #mustLive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }
}

app.closeWindows = () => {
  for (const window of DoubleWindow.getAllWindows()) window.close();
  return DoubleWindow.getAllWindows().length === 0;
};
