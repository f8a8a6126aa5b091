/** What the desktop shows besides windows, with what was asked of it, and the machine's own facts. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { app, settings } from './machine.ts';

export class DoubleImage implements Pick<Electron.NativeImage, 'isEmpty'> {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  isEmpty(): boolean {
    return !existsSync(this.path);
  }
}

export const nativeImage = {
  createFromPath: (path: string): DoubleImage => new DoubleImage(path),
};

export class Menu {
  readonly items: Electron.MenuItemConstructorOptions[];
  static application: Menu | null = null;

  constructor(items: Electron.MenuItemConstructorOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(items: Electron.MenuItemConstructorOptions[]): Menu {
    return new Menu(items);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu;
  }

  /** Chooses an entry by its label, in submenus too. */
  choose(label: string, items = this.items): void {
    for (const item of items) {
      if (item.label === label) {
        if (item.enabled === false) throw new Error(`${label} is disabled`);
        const click = item.click as (() => void) | undefined;
        return click?.();
      }
      if (Array.isArray(item.submenu) && item.submenu.some((inner) => inner.label === label)) {
        return this.choose(label, item.submenu);
      }
    }
    throw new Error(`no entry ${label}`);
  }
}

export class Tray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip'> {
  static readonly all: Tray[] = [];
  image: DoubleImage;
  tip = '';
  menu: Menu | null = null;

  constructor(image: DoubleImage) {
    super();
    app.mustBeReady('Tray');
    this.image = Tray.usable(image);
    Tray.all.push(this);
  }

  setImage(image: DoubleImage): void {
    this.image = Tray.usable(image);
  }

  setToolTip(tip: string): void {
    this.tip = tip;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  private static usable(image: DoubleImage): DoubleImage {
    if (image.isEmpty()) throw new Error(`Failed to load image from path '${image.path}'`);
    return image;
  }
}

export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show' | 'close'> {
  static readonly shown: Notification[] = [];
  readonly options: Electron.NotificationConstructorOptions;
  isOpen = false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.options = options;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.isOpen = true;
    Notification.shown.push(this);
  }

  close(): void {
    this.isOpen = false;
  }
}

type BoxAnswer = (options: Electron.MessageBoxOptions) => number | Promise<number>;

/** Questions of the system. The test says which button is pressed. */
export const dialogs = {
  asked: [] as Electron.MessageBoxOptions[],
  errors: [] as { title: string; content: string }[],
  answer: ((options) => options.cancelId ?? 0) as BoxAnswer,
};

async function ask(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
  dialogs.asked.push(options);
  return { response: await dialogs.answer(options), checkboxChecked: false };
}

export const dialog = {
  showMessageBox: (
    ...args: [Electron.MessageBoxOptions] | [unknown, Electron.MessageBoxOptions]
  ): Promise<Electron.MessageBoxReturnValue> => ask(args.length === 1 ? args[0] : args[1]),
  showErrorBox: (title: string, content: string): void => void dialogs.errors.push({ title, content }),
};

/** Addresses that were handed to the system. */
export const opened: string[] = [];

/** Paths that were shown in their folder. */
export const shownInFolder: string[] = [];

export const shell = {
  openExternal: async (url: string): Promise<void> => void opened.push(url),
  showItemInFolder: (path: string): void => void shownInFolder.push(path),
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

export class DoubleTheme extends EventEmitter {
  shouldUseDarkColorsForSystemIntegratedUI = settings.isDark;
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (this.shouldUseDarkColors !== before) this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? settings.isDark : this.#source === 'dark';
  }
}

export const nativeTheme = new DoubleTheme();

const POWER_EVENTS = ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown', 'on-battery', 'on-ac'] as const;
type PowerEvent = (typeof POWER_EVENTS)[number];

/** Says what the machine does. A name that Electron does not know is never said: listening for it is a mistake. */
export class DoublePowerMonitor extends EventEmitter {
  override on(name: string, listener: () => void): this {
    if (!POWER_EVENTS.some((known) => known === name)) throw new Error(`powerMonitor never says ${name}`);
    app.mustBeReady('powerMonitor');
    return super.on(name, listener);
  }

  say(name: PowerEvent): void {
    this.emit(name);
  }
}

export const powerMonitor = new DoublePowerMonitor();

export const screen = {
  getAllDisplays: () => settings.workAreas.map((workArea, id) => ({ id, workArea })),
  getPrimaryDisplay: () => ({ id: 0, workArea: settings.workAreas[0] }),
};

const keyring = (): Buffer => createHash('sha256').update(`${settings.keyring} ${settings.keyringSecret}`).digest();

/** A keyring that really seals: what was sealed under another one, or another user's, does not open. */
export const safeStorage = {
  getSelectedStorageBackend: () => (app.isReady() ? settings.keyring : 'unknown'),
  // Chromium hides with a fixed password where it finds no keyring, and calls that available.
  isAsyncEncryptionAvailable: async () => app.isReady(),
  encryptStringAsync: async (text: string): Promise<Buffer> => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyring(), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  },
  decryptStringAsync: async (sealed: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', keyring(), sealed.subarray(0, 12)).setAuthTag(
      sealed.subarray(12, 28),
    );
    return {
      shouldReEncrypt: false,
      result: Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString(),
    };
  },
} satisfies Pick<
  Electron.SafeStorage,
  'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/** What this desktop shows; a test puts windows there. Their pictures are of no system. */
export const onDesktop: { id: string; name: string }[] = [{ id: 'screen:0:0', name: 'Entire Screen' }];

export const desktopCapturer: Pick<Electron.DesktopCapturer, 'getSources'> = {
  getSources: ({ types }) => {
    app.mustBeReady('desktopCapturer');
    const isWanted = ({ id }: { id: string }): boolean => types.some((type) => id.startsWith(`${type}:`));
    const thumbnail = { isEmpty: () => true } as Electron.NativeImage;
    const appIcon = thumbnail;
    return Promise.resolve(onDesktop.filter(isWanted).map((each) => ({ ...each, display_id: '', appIcon, thumbnail })));
  },
};
