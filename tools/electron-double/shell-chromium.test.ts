import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../../src/main/testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../../src/main/testing/fake-server.ts';
import { findTestChromium } from '../find-chromium.ts';
import { startBuiltDesk, type BuiltDesk } from './testing/built-desk.ts';

let server: FakeServer;
let desk: BuiltDesk;

beforeAll(async () => {
  const chromium = findTestChromium();
  if (chromium === undefined)
    throw new Error('There is no Chromium on this machine: install the Debian package chromium.');
  server = await startFakeServer();
  desk = startBuiltDesk({ serverUrl: server.url.href, settings: { chromium } });
  await desk.ready;
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
});

test('[E7] the built page shows the sign-in under its policy, without one complaint of the browser', async () => {
  const seen = await desk.evaluate(async ({ window }) => {
    const { tab, seen } = window.webContents;
    await tab.getByRole('textbox', { name: 'Correo' }).waitFor();
    const isSecure = await tab.evaluate(() => globalThis.isSecureContext);
    return { title: await tab.title(), isSecure, complaints: seen.console, refused: seen.refused };
  });
  // zod asks once whether it may make functions, and takes the no.
  const complaints = seen.complaints.filter((text) => !/'TrustedScript' assignment|Function constructor/.test(text));
  expect({ ...seen, complaints }).toEqual({ title: 'Ventanilla', isSecure: true, complaints: [], refused: [] });
});

test('[E20] the page has `window.desk` with two functions, and nothing else of ours or of Electron', async () => {
  const found = await desk.evaluate(({ window }) =>
    window.webContents.tab.evaluate(() => ({
      desk: Object.keys((globalThis as unknown as { desk: object }).desk),
      names: Object.getOwnPropertyNames(globalThis).filter((name) =>
        /electron|^(ipc.*|require|process|module|exports|global|Buffer|__\\w+)$/i.test(name),
      ),
    })),
  );
  expect(found).toEqual({ desk: ['post', 'listen'], names: [] });
});

test('the real page, preload script and main work together: Ana signs in and sees who waits', async () => {
  server.addTicket(12);
  const seen = await desk.evaluate(async ({ window, tray }, password: string) => {
    const { tab } = window.webContents;
    await tab.getByRole('textbox', { name: 'Correo' }).fill('ana@demo.test');
    await tab.getByRole('textbox', { name: 'Contraseña' }).fill(password);
    await tab.getByRole('button', { name: 'Ingresar' }).click();
    await tab.getByRole('combobox', { name: 'Módulo' }).waitFor();
    await tab.getByRole('button', { name: 'Ingresar' }).click();
    const row = tab.getByRole('list', { name: 'Turnos en espera' }).getByRole('listitem').filter({ hasText: 'C-012' });
    await row.waitFor();
    return { isThere: await row.isVisible(), tip: tray.tip };
  }, PASSWORD);
  expect(seen).toEqual({ isThere: true, tip: 'Ventanilla: Fuera de línea' });
});

test('[E7] [T7] nothing that is written into the page runs, and nothing is fetched for it', async () => {
  const { ran, refusals } = await desk.evaluate(async ({ window }) => {
    const { tab } = window.webContents;
    return tab.evaluate(async () => {
      const page = globalThis as unknown as { ran: string[] };
      page.ran = [];
      const refusals: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        refusals.push(effectiveDirective),
      );
      /* oxlint-disable no-eval, typescript/no-implied-eval, typescript/no-deprecated -- what a page might try */
      const attempts: (() => unknown)[] = [
        () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran.push(1)">'),
        () => (document.body.appendChild(document.createElement('div')).innerHTML = '<svg onload="ran.push(2)">'),
        () => document.write('<script>ran.push(3)</script>'),
        () => (0, eval)('ran.push(4)'),
        () => new Function('ran.push(5)')(),
        () => setTimeout('ran.push(6)' as never, 0),
        /* oxlint-enable no-eval, typescript/no-implied-eval, typescript/no-deprecated */
        () => new Worker(URL.createObjectURL(new Blob(['1']))),
        () => {
          const script = document.createElement('script');
          script.textContent = 'ran.push(7)';
          document.body.append(script);
        },
        () => {
          const script = document.createElement('script');
          script.src = 'https://example.com/a.js';
          document.body.append(script);
        },
        () => {
          const button = document.createElement('button');
          button.setAttribute('onclick', 'ran.push(8)');
          button.click();
        },
        () => {
          const frame = document.createElement('iframe');
          frame.srcdoc = '<script>parent.ran.push(9)</script>';
          document.body.append(frame);
        },
        () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' })),
        () => document.body.append(Object.assign(document.createElement('img'), { src: 'http://example.com/a.png' })),
        () => document.body.append(Object.assign(document.createElement('object'), { data: 'https://example.com/a' })),
        () => fetch('https://example.com/'),
        () => new WebSocket('ws://127.0.0.1:9/'),
        () => navigator.sendBeacon('https://example.com/', 'x'),
        () => document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.com/' })),
      ];
      // Out of the debugger's own call, in which eval is let through.
      await new Promise((resolve) => setTimeout(resolve, 0));
      for (const attempt of attempts) {
        try {
          await attempt();
        } catch {
          refusals.push('thrown');
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { ran: page.ran, refusals };
    });
  });
  expect(ran).toEqual([]);
  expect(refusals.length).toBeGreaterThanOrEqual(15);
});

test('[E13] [E14] the window stays where it is, whatever the page or a hand does', async () => {
  const after = await desk.evaluate(async ({ window, dialogs, opened }) => {
    const { webContents } = window;
    const { tab } = webContents;
    const here = tab.url();
    dialogs.answer = () => 0;
    /** Puts a link at the corner of the page and presses it there. */
    const press = async (attributes: Record<string, string>, button: 'left' | 'middle' = 'left') => {
      await tab.evaluate((attributes) => {
        document.querySelector('#link')?.remove();
        const anchor = Object.assign(document.createElement('a'), { textContent: 'enlace', id: 'link' });
        for (const [name, value] of Object.entries(attributes)) anchor.setAttribute(name, value);
        anchor.style.cssText = 'position:fixed;inset:0 auto auto 0;width:40px;height:40px;z-index:9999';
        document.body.append(anchor);
      }, attributes);
      await tab.mouse.click(20, 20, { button });
    };
    const wanted = async (ask: () => Promise<void>) => {
      const told = new Promise<void>((resolve) => void webContents.once('double-window-wanted', resolve));
      await ask();
      await told;
    };
    await press({ href: 'https://example.com/plain' });
    await press({ href: 'javascript:document.title="ran"' });
    await press({ href: 'file:///etc/passwd' });
    await tab.evaluate(() => void (location.href = 'https://example.com/script'));
    await wanted(() => press({ href: 'https://example.com/blank', target: '_blank' }));
    await wanted(() => press({ href: 'https://example.com/middle' }, 'middle'));
    await tab.evaluate(() => {
      document.addEventListener('mousedown', () => void globalThis.open('https://example.com/open'), { once: true });
    });
    await wanted(() => press({ title: 'sin destino' }));
    await tab.evaluate(() => {
      document.querySelector('#link')?.remove();
      const form = Object.assign(document.createElement('form'), {
        action: 'https://example.com/form',
        method: 'post',
      });
      document.body.append(form);
      form.submit();
    });
    return {
      here,
      there: tab.url(),
      title: await tab.evaluate(() => document.title),
      tabs: tab.context().pages().length,
      actions: webContents.windowsWanted.map(({ action }) => action),
      opened,
      isAlive: await tab.evaluate(() => document.querySelector('#root')?.hasChildNodes()),
    };
  });
  expect(after.there).toBe(after.here);
  expect(after.title).not.toBe('ran');
  expect(after).toMatchObject({ tabs: 1, actions: ['deny', 'deny', 'deny'], opened: [], isAlive: true });
});
