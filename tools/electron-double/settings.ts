/** What kind of machine the double plays; a test gives it as JSON in ELECTRON_DOUBLE. */
export interface DoubleSettings {
  isPackaged: boolean;
  /** Folder that stands for the user's application data. */
  appData: string;
  keyring: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;
  /** Whose secret the keyring is: a file sealed under another one cannot be opened. */
  keyringSecret: string;
  workAreas: Electron.Rectangle[];
  isDark: boolean;
  /** Program of Chromium; without it the test plays the page. */
  chromium: string | null;
}

export function readSettings(json: string | undefined): DoubleSettings {
  return {
    isPackaged: false,
    appData: '/nonexistent',
    keyring: 'gnome_libsecret',
    keyringSecret: 'secret of this user',
    workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    isDark: false,
    chromium: null,
    ...(json === undefined ? {} : (JSON.parse(json) as Partial<DoubleSettings>)),
  };
}
