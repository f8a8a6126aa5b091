import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeKioskApi } from '../testing/fake-kiosk-api.ts';
import { sampleOffer } from '../testing/sample-states.ts';
import { createKiosk, type Kiosk } from './create-kiosk.ts';
import { guardPage } from './guard-page.ts';
import { KioskPage } from './kiosk-page.tsx';

const DOCUMENT = '52418903';
let api: FakeKioskApi;
let kiosk: Kiosk;
let stop: () => void;

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => fireEvent.click(button(name));

async function open(): Promise<void> {
  kiosk = createKiosk(api, () => 0.5);
  stop = kiosk.start();
  render(<KioskPage kiosk={kiosk} timeZone="America/Bogota" />);
  await pass(0);
}

function writeDocument(): void {
  press('Caja');
  for (const digit of DOCUMENT) press(digit);
}

beforeEach(() => {
  vi.useFakeTimers();
  api = new FakeKioskApi();
});
afterEach(() => {
  stop();
  cleanup();
  vi.useRealTimers();
});

describe('kiosk page', () => {
  it('names one button per service as the service, with its wait as description', async () => {
    await open();
    const services = within(screen.getByRole('list')).getAllByRole('button');
    expect(services.map((service) => service.getAttribute('aria-describedby'))).not.toContain(null);
    expect(button('Caja').textContent).toContain('15 a 25 min');
    expect(button('Reclamos').textContent).not.toMatch(/ min|—/);
    expect(button('Reclamos').textContent).toContain('Nadie en espera');
  });

  it('gives a ticket whose heading is the turn code, with place, range and the way to follow it', async () => {
    await open();
    press('Caja');
    press('Continuar sin documento');
    await pass(0);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('C-036');
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual([
      '3 personas',
      '10 a 20 min',
    ]);
    screen.getByRole('img', { name: 'Código para seguir el turno C-036' });
    await pass(12_000);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('¿Qué trámite viene a realizar?');
  });

  it('[T20] shows the same for every document, and nothing of it on the ticket', async () => {
    await open();
    writeDocument();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Número de documento' }).value).toBe('52.418.903');
    press('Continuar');
    await pass(0);
    const withDocument = document.body.innerHTML;
    expect(withDocument).not.toMatch(/52\.?418\.?903/);
    press('Listo');
    await pass(3_000);
    press('Caja');
    press('Continuar sin documento');
    await pass(0);
    // React numbers its ids; all else is to the letter the same.
    const bare = (html: string) => html.replace(/_r_\w+_/g, '');
    expect(bare(document.body.innerHTML)).toBe(bare(withDocument));
  });

  it('[T20] covers what was written, counts down and forgets it; more time keeps it', async () => {
    await open();
    writeDocument();
    await pass(21_000);
    expect(screen.getByRole('alertdialog', { name: '¿Sigue ahí?' }).textContent).toContain('en 9 segundos');
    expect(document.querySelector('main')?.closest('[inert]')).not.toBeNull();
    press('Necesito más tiempo');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('52.418.903');
    await pass(30_000);
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(document.documentElement.outerHTML).not.toMatch(/52\.?418\.?903/);
  });

  it('[T20] any touch or key says that somebody is there', async () => {
    await open();
    guardPage(kiosk);
    writeDocument();
    for (const touch of [() => fireEvent.pointerDown(document.body), () => fireEvent.keyDown(document.body)]) {
      await pass(25_000);
      screen.getByRole('alertdialog', { name: '¿Sigue ahí?' });
      touch();
      expect(screen.queryByRole('alertdialog')).toBeNull();
    }
  });

  it('[T20] a page that is left has forgotten before the browser keeps it for "back"', async () => {
    await open();
    guardPage(kiosk);
    writeDocument();
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(document.documentElement.outerHTML).not.toMatch(/52\.?418\.?903/);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('[T20] a page that is loaded again in mid-form starts at the start, and nothing of it was stored', async () => {
    await open();
    writeDocument();
    stop();
    cleanup();
    await open();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(localStorage).toHaveLength(0);
    expect(sessionStorage).toHaveLength(0);
  });

  it('[T20] a long press opens no menu', async () => {
    await open();
    guardPage(kiosk);
    expect(fireEvent.contextMenu(button('Caja'))).toBe(false);
  });

  it('[T20] [R9] a double tap on a slow line makes one ticket', async () => {
    await open();
    api.delay = 2_000;
    writeDocument();
    press('Continuar');
    press('Un momento');
    press('Continuar sin documento');
    await pass(3_000);
    expect(api.issued).toHaveLength(1);
  });

  it('says in place what failed, keeps what was written and tries again', async () => {
    await open();
    api.issueAnswer = { failure: 'DISK_FULL' };
    writeDocument();
    press('Continuar');
    await pass(0);
    expect(screen.getByRole('alert').textContent).toContain('No se pudo tomar el turno');
    expect(screen.getByRole('alert').textContent).toContain('acérquese a un módulo');
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('52.418.903');
    api.issueAnswer = { failure: 'INVALID_DOCUMENT' };
    press('Reintentar');
    await pass(4_000);
    expect(screen.getByRole('alert').textContent).toContain('El documento no es válido');
    expect(button('Continuar').getAttribute('aria-busy')).toBe('false');
  });

  it('[R9] [T20] says that it is confirming the turn, shows nothing of who asked, and then the ticket', async () => {
    await open();
    api.lost = 'answer';
    writeDocument();
    press('Continuar');
    await pass(0);
    const status = screen.getByRole('status');
    expect(within(status).getByRole('heading').textContent).toBe('Estamos confirmando su turno');
    expect(status.textContent).toContain('Caja');
    expect(status.textContent).toContain('puede que ya esté en la fila');
    expect(document.documentElement.outerHTML).not.toMatch(/52\.?418\.?903/);
    expect(within(document.querySelector('main')!).getAllByRole('button')).toEqual([button('Salir sin esperar')]);
    api.lost = 'nothing';
    await pass(4_000);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('C-036');
    expect(api.line.size).toBe(1);
  });

  it('[R9] the way out of a turn that is not confirmed leads to the start', async () => {
    await open();
    api.lost = 'answer';
    press('Caja');
    press('Continuar sin documento');
    await pass(0);
    press('Salir sin esperar');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('¿Qué trámite viene a realizar?');
    await pass(60_000);
    expect(api.issued).toHaveLength(1);
  });

  it('says that the server is away or the kiosk is not paired, instead of the services', async () => {
    api.offerAnswer = { failure: 'offline' };
    await open();
    expect(screen.getByRole('heading').textContent).toBe('El quiosco no tiene conexión');
    api.offerAnswer = { failure: 'unpaired' };
    await pass(1_000);
    expect(screen.getByRole('heading').textContent).toBe('Este quiosco no está autorizado');
    api.offerAnswer = { value: { ...sampleOffer, services: [] } };
    await pass(5_000);
    expect(screen.getByRole('heading').textContent).toBe('No hay servicios disponibles');
  });

  it('speaks the language and shows the contrast that the customer chose, until they have gone', async () => {
    await open();
    press('Português');
    press('Contraste');
    expect(screen.getByRole('heading').textContent).toBe('Qual atendimento você procura?');
    expect(document.documentElement.lang).toBe('pt');
    expect(document.documentElement.hasAttribute('data-high-contrast')).toBe(true);
    await pass(30_000);
    expect(document.documentElement.lang).toBe('es');
    expect(document.documentElement.hasAttribute('data-high-contrast')).toBe(false);
  });

  it('takes letters for a passport', async () => {
    await open();
    press('Caja');
    press('Pasaporte');
    for (const key of 'AB1') press(key);
    press('Borrar último dígito');
    for (const key of '234') press(key);
    press('Continuar');
    await pass(0);
    expect(api.issued[0]?.request.contact).toEqual({ documentType: 'PASAPORTE', documentNumber: 'AB234' });
  });
});
