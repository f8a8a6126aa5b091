import { createServer } from 'node:http';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import react from '@vitejs/plugin-react';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../../../tools/find-chromium.ts';

/**
 * Pictures of every state of the screen, and what axe says of each: `node take-pictures.ts <folder> [name part]`. A
 * development tool: builds the preview, opens it in Chromium under the desk's own content security policy.
 */
const [folder = 'pictures', only = ''] = process.argv.slice(2);
const here = import.meta.dirname;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const built = join(resolve(folder), 'built');

interface Picture {
  name: string;
  scene: string;
  language?: 'pt' | 'en';
  size?: [number, number];
  /** What the agent does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const wide: [number, number] = [1920, 1080];
const pictures: Picture[] = [
  { name: 'sign-in', scene: 'sign-in' },
  { name: 'sign-in-offline', scene: 'sign-in-offline' },
  { name: 'change-password', scene: 'change-password' },
  { name: 'seat', scene: 'seat' },
  {
    name: 'seat-open',
    scene: 'seat',
    act: (page) => page.getByRole('combobox', { name: 'Módulo' }).click(),
  },
  { name: 'idle', scene: 'idle' },
  { name: 'idle-manual', scene: 'idle-manual' },
  { name: 'idle-manual', scene: 'idle-manual', size: wide },
  { name: 'empty', scene: 'empty' },
  { name: 'calling', scene: 'calling' },
  { name: 'calling', scene: 'calling', size: wide },
  {
    name: 'calling-no-show',
    scene: 'calling',
    act: (page) => page.getByRole('button', { name: 'No se presenta' }).click(),
  },
  { name: 'attending', scene: 'attending' },
  { name: 'attending', scene: 'attending', size: wide },
  { name: 'attending', scene: 'attending', size: [1366, 690] },
  { name: 'attending', scene: 'attending', size: [1280, 680] },
  { name: 'attending', scene: 'attending', size: [1093, 614] },
  { name: 'attending', scene: 'attending', size: [683, 384] },
  { name: 'terms', scene: 'terms', act: (page) => page.keyboard.press('F6') },
  { name: 'terms', scene: 'terms', size: wide, act: (page) => page.keyboard.press('F6') },
  { name: 'terms', scene: 'terms', size: [1280, 680], act: (page) => page.keyboard.press('F6') },
  { name: 'terms-asked', scene: 'terms-asked', act: (page) => page.keyboard.press('F6') },
  { name: 'terms-refused', scene: 'terms-refused', act: (page) => page.keyboard.press('F6') },
  { name: 'attending-no-contact', scene: 'attending-no-contact' },
  {
    name: 'status-menu',
    scene: 'attending',
    act: (page) => page.getByRole('combobox', { name: 'Siguiente estado' }).click(),
  },
  { name: 'user-menu', scene: 'idle', act: (page) => page.getByRole('button', { name: 'Usuario' }).click() },
  { name: 'offline', scene: 'offline' },
  { name: 'offline-pending', scene: 'offline', act: (page) => page.getByText('4 pendientes').click() },
  { name: 'offline', scene: 'offline', size: wide },
  { name: 'refused', scene: 'refused' },
  {
    name: 'refused-corrected',
    scene: 'refused',
    act: (page) => page.getByRole('button', { name: 'Editar' }).click(),
  },
  { name: 'begun-notes', scene: 'begun-notes' },
  { name: 'begun-notes', scene: 'begun-notes', size: wide },
  { name: 'sign-in-elsewhere', scene: 'sign-in-elsewhere' },
  {
    name: 'opened',
    scene: 'idle-manual',
    act: (page) => page.getByRole('list', { name: 'Turnos en espera' }).getByText('C-052').click(),
  },
  { name: 'handled', scene: 'idle', act: (page) => page.getByRole('tab', { name: 'Atendiendo' }).click() },
  {
    name: 'held',
    scene: 'supervising',
    act: (page) => page.getByRole('tab', { name: 'Atendiendo' }).click(),
  },
  {
    name: 'held-by-agent',
    scene: 'idle',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Atendiendo' }).click();
      await page.getByRole('tab', { name: 'En atención' }).click();
    },
  },
  {
    name: 'held-free',
    scene: 'supervising',
    act: async (page) => {
      await page.getByRole('tab', { name: 'Atendiendo' }).click();
      await page.getByRole('button', { name: 'Liberar' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Liberar C-048' }).click();
    },
  },
  { name: 'transfer', scene: 'attending', act: (page) => page.getByRole('button', { name: 'Transferir' }).click() },
  {
    name: 'create',
    scene: 'idle',
    act: async (page) => {
      await page.getByRole('button', { name: 'Generar Ticket' }).click();
      await page.getByText('Nuevo contacto').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Generar Ticket' }).click();
    },
  },
  {
    name: 'attend-now',
    scene: 'idle',
    act: async (page) => {
      await page.getByRole('button', { name: 'Atender ahora' }).click();
      await page.getByText('Contacto existente').click();
      await page.getByRole('textbox', { name: 'Buscar contacto' }).fill('mar');
      await page.getByText('1 contacto encontrado').waitFor();
    },
  },
  {
    name: 'finish-with-note',
    scene: 'attending',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Nota del tiquete' }).fill('Presenta factura con doble cobro.');
      await page.getByRole('button', { name: 'Finalizar ticket' }).click();
    },
  },
  { name: 'shortcuts', scene: 'idle', act: (page) => page.keyboard.press('F1') },
  {
    name: 'preferences',
    scene: 'idle',
    act: async (page) => {
      await page.getByRole('button', { name: 'Usuario' }).click();
      await page.getByRole('menuitem', { name: 'Preferencias' }).click();
    },
  },
  { name: 'replaced', scene: 'replaced' },
  { name: 'attending-pt', scene: 'attending', language: 'pt' },
  { name: 'offline-pt', scene: 'offline', language: 'pt' },
  { name: 'calling-en', scene: 'calling', language: 'en' },
  { name: 'idle-manual-pt', scene: 'idle-manual', language: 'pt', size: [1280, 680] },
];

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'";
const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
};

/** Settles in the page once its fonts are there and all that moves towards an end has come to it. */
async function stillness(): Promise<void> {
  await document.fonts.ready;
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

mkdirSync(folder, { recursive: true });
await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: built, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0 },
});
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://here').pathname;
  const file = path === '/' ? '/index.html' : path;
  readFile(join(built, file)).then(
    (bytes) => {
      response.writeHead(200, {
        'content-type': TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(bytes);
    },
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const browser = await chromium.launch({
  executablePath: findChromium() ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let found = 0;
for (const { name, scene, language = 'es', size = [1366, 768], act } of pictures.filter((picture) =>
  picture.name.includes(only),
)) {
  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({
      viewport: { width: size[0] ?? 0, height: size[1] ?? 0 },
      reducedMotion: 'reduce',
      locale: 'es-419',
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') say(`${name} ${theme}: ${message.text()}`);
    });
    page.on('pageerror', (error) => say(`${name} ${theme}: ${error.stack ?? error.message}`));
    await page.goto(`http://127.0.0.1:${port}/?scene=${scene}&theme=${theme}&language=${language}`);
    await page.locator('#root > *').first().waitFor();
    await act?.(page);
    await page.evaluate(stillness);
    await page.screenshot({ path: join(folder, `${name}.${size.join('x')}.${theme}.png`), animations: 'disabled' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) {
      found += 1;
      say(`axe ${name} ${size.join('x')} ${theme}: ${id}`);
      for (const node of nodes.slice(0, 3))
        say(`   ${node.html.slice(0, 200)}\n   ${node.failureSummary?.split('\n').slice(1, 3).join(' ')}`);
    }
    await context.close();
  }
}
say(`axe: ${found} findings`);
await browser.close();
server.close();
