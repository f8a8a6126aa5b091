import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, desktopCapturer, dialog, safeStorage, session, shell as electronShell } from 'electron';
import { languageOf, type Language } from '../texts/create-texts.ts';
import { StoreRefusedError } from './cache/store-client.ts';
import { storeThreads } from './cache/store-thread.ts';
import { decideSettings, type DeskSettings } from './hosts/electron/desk-settings.ts';
import { createDownloadFolder } from './hosts/electron/download-folder.ts';
import { electronKeyStore } from './hosts/electron/electron-key-store.ts';
import { createElectronScreens } from './hosts/electron/electron-screens.ts';
import { machineSettingsPath, MachineSettingsError, readMachineSettings } from './hosts/electron/machine-settings.ts';
import { openDeskKey } from './hosts/electron/open-desk-key.ts';
import { openShell, type Shell } from './hosts/electron/open-shell.ts';
import { linkAmong, LINK_SCHEME, parseDeepLink, type DeepLink } from './hosts/electron/parse-deep-link.ts';
import { registerAppScheme } from './hosts/electron/serve-app.ts';
import { shellWords, type ShellWords } from './hosts/electron/shell-words.ts';
import { createUpdates } from './hosts/electron/updates.ts';
import { EnvironmentError, EXIT_ENVIRONMENT } from './start/desk-environment.ts';
import { deskFolders } from './start/desk-folders.ts';
import { createLog } from './start/log.ts';
import { startDesk } from './start/start-desk.ts';

/** The workstation in Electron: one window on one desk. Joins the same core as the browser desk to the desktop's own things. */

/** As in `electron-builder.yml`: notices on Windows are shown under it. */
const APP_ID = 'app.ventanilla.desk';
const here = import.meta.dirname;
const paths = {
  preload: join(here, '../preload/index.cjs'),
  renderer: join(here, '../renderer'),
  resources: join(here, '../../resources'),
};
const log = createLog();
let shell: Shell | null = null;
let early: DeepLink | null = null;

function takeLink(link: DeepLink | null): void {
  if (shell === null) early = link ?? early;
  else if (link) shell.links.take(link);
  else shell.show();
}

/** Installed, the machine's administrators decide; from the project's folder, the variables do. */
function readSettings(): DeskSettings {
  const userData = app.getPath('userData');
  const read = app.isPackaged
    ? readMachineSettings(machineSettingsPath(process.platform, process.env), join(userData, 'machine'))
    : null;
  if (read?.problem)
    log.error({ err: read.problem }, 'the settings of the machine cannot be used: their last good copy is');
  const machine = read?.settings ?? null;
  const settings = decideSettings({ machine, dataFolder: join(userData, 'desk'), variables: process.env });
  for (const variable of settings.overruled) log.warn({ variable }, 'the machine decides this, the variable does not');
  return settings;
}

async function start(): Promise<void> {
  const { dataFolder, serverUrl, headersKept, hasUpdates } = readSettings();
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (!app.isPackaged) app.setPath('userData', join(dataFolder, 'electron'));
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  app.on('second-instance', (_event, args) => takeLink(linkAmong(args)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    takeLink(parseDeepLink(url));
  });
  takeLink(linkAmong(process.argv));
  app.on('window-all-closed', () => undefined); // The tray keeps the desk.
  app.setAppUserModelId(APP_ID);
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

  const startThread = storeThreads(pathToFileURL(join(here, 'cache-worker.cjs')));
  await app.whenReady();
  const { keyPath, ...folders } = deskFolders(dataFolder, 1);
  mkdirSync(join(keyPath, '..'), { recursive: true, mode: 0o700 });
  const keyOptions = { safeStorage, platform: process.platform, path: keyPath };
  const key = await openDeskKey(keyOptions, wordsOfSystem());
  if (key === 'quit') return app.exit(0);
  const desk = await startDesk({
    ...folders,
    serverUrl,
    headersKept,
    deskName: hostname().slice(0, 60),
    machineLanguage: languageOfSystem,
    keyStore: electronKeyStore(keyOptions, key),
    fileHost: createDownloadFolder({
      folder: () => app.getPath('downloads'),
      showInFolder: (path) => electronShell.showItemInFolder(path),
      platform: process.platform,
    }),
    screens: createElectronScreens({
      capturer: desktopCapturer,
      session: session.defaultSession,
      now: () => performance.now(),
    }),
    startThread,
    log,
    onFatal: fail,
  });
  const updater = hasUpdates ? (await import('electron-updater')).default.autoUpdater : null;
  shell = await openShell({
    desk,
    paths,
    memoryPath: join(app.getPath('userData'), 'window.json'),
    hasDevTools: !app.isPackaged,
    createUpdates: updater && ((hooks) => createUpdates({ updater, server: serverUrl.origin, log, ...hooks })),
    log,
  });
  if (early) shell.links.take(early);
  process.stdout.write('VENTANILLA READY {}\n');
}

/** Before the agent's own language is known. */
function wordsOfSystem(): ShellWords {
  return shellWords(languageOfSystem());
}

function languageOfSystem(): Language {
  return languageOf(app.isReady() ? (app.getPreferredSystemLanguages()[0] ?? '') : '');
}

function fail(error: unknown): void {
  log.fatal({ err: error }, 'the desk cannot go on');
  const isSetting = error instanceof EnvironmentError || error instanceof MachineSettingsError;
  const line = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `${isSetting || error instanceof StoreRefusedError ? line : `The desk could not go on: ${line}`}\n`,
  );
  if (app.isPackaged) dialog.showErrorBox(wordsOfSystem()('start.title'), line);
  app.exit(isSetting ? EXIT_ENVIRONMENT : 1);
}

app.enableSandbox();
registerAppScheme();
start().catch(fail);
