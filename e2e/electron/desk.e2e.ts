import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { DeskPage } from '../support/desk-page.ts';
import { findElectron } from './electron-program.ts';
import { openOffice, type Office } from '../support/office.ts';

// What the double of Electron cannot prove: the real program, its sandbox, its scheme, its windows.
const program = findElectron();
if (program.path === null) process.stderr.write(`Electron: omitido, ${program.reason}.\n`);
test.skip(program.path === null, `omitido: ${program.reason}`);
test.describe.configure({ mode: 'serial' });

const root = join(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;

let office: Office;
let folder: string;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  folder = await mkdtemp(join(tmpdir(), 'ventanilla-e2e-electron-'));
  app = await _electron.launch({
    executablePath: program.path ?? '',
    // Chromium refuses its sandbox to root.
    args: [...(isRoot ? ['--no-sandbox'] : []), root],
    env: { ...process.env, VENTANILLA_DATA: folder, VENTANILLA_SERVER: office.server },
  });
  page = await app.firstWindow();
});

test.afterAll(async () => {
  await app?.close();
  await office?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('[E18] the window shows the built page, from our own scheme and in a secure context', async () => {
  await expect(page.getByRole('textbox', { name: 'Correo' })).toBeVisible();
  expect(page.url()).toBe('app://ventanilla/index.html');
  expect(await page.evaluate(() => [globalThis.isSecureContext, location.origin])).toEqual([true, 'app://ventanilla']);
});

test('[E2] [E3] [E4] [E20] the page is isolated, sandboxed, without Node, and has `window.desk` alone', async () => {
  const names = await page.evaluate(() => ({
    desk: Object.keys((globalThis as unknown as { desk: object }).desk),
    ofNode: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis),
  }));
  expect(names).toEqual({ desk: ['post', 'listen'], ofNode: [] });
  const processes = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().flatMap(({ type, sandboxed }) => (type === 'Tab' ? [sandboxed] : [])),
  );
  // Only Windows and macOS tell of the sandbox.
  expect(processes.every((isSandboxed) => isSandboxed ?? true)).toBe(true);
});

test('[E7] the policy of the page holds for our own scheme', async () => {
  const refused = await page.evaluate(async () => {
    const ran: number[] = [];
    Object.assign(globalThis, { ran });
    const blocked = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', resolve, { once: true }),
    );
    const script = document.createElement('script');
    script.append('ran.push(1)');
    document.body.append(script);
    await blocked;
    const isFetched = await fetch('https://example.com/').then(
      () => true,
      () => false,
    );
    return { ran, isFetched };
  });
  expect(refused).toEqual({ ran: [], isFetched: false });
});

test('[E5] camera, position and notices are refused without a question', async () => {
  const names = await page.evaluate(async () => {
    const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', nameOf);
    const notices = await Notification.requestPermission();
    return { camera, notices };
  });
  expect(names).toEqual({ camera: 'NotAllowedError', notices: 'denied' });
});

test('[E13] [E14] the window is led nowhere and opens no other', async () => {
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.evaluate(() => void globalThis.open('https://example.com/'));
  await expect(page.getByRole('textbox', { name: 'Correo' })).toBeVisible();
  expect(page.url()).toBe('app://ventanilla/index.html');
  expect(app.windows()).toHaveLength(1);
});

test('[S2-04] [S2-08] Ana signs in at her branch and is Fuera de línea', async () => {
  const ana = new DeskPage(page);
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.expectState('Fuera de línea');
});

test('the desk stays in the tray when its window closes, and shows itself again', async () => {
  const seen = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.close();
    const isHidden = window?.isVisible() === false && !window.isDestroyed();
    window?.show();
    return { isHidden, isShown: window?.isVisible() };
  });
  expect(seen).toEqual({ isHidden: true, isShown: true });
});
