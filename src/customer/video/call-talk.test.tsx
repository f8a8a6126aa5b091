import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileId } from '../../protocol/ids.ts';
import type { GuestFile } from '../../protocol/files/shared-file.ts';
import type { GuestMessage } from '../../protocol/video/message.ts';
import { sampleConsent } from '../testing/sample-consent.ts';
import { called } from '../testing/sample-guest.ts';
import { TEN_42 } from '../testing/sample-states.ts';
import { videoUnderTest, type VideoSetUp } from '../testing/video-under-test.tsx';

beforeEach(() => {
  Element.prototype.scrollTo = () => {};
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const said = (seq: number, text: string, more: Partial<GuestMessage> = {}): GuestMessage => ({
  seq,
  from: 'agent',
  text,
  sentAt: TEN_42,
  agentName: 'Luis',
  key: null,
  ...more,
});
const nothingRead = { byAgent: 0, byGuest: 0 };
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));
const log = () => within(screen.getByRole('log'));
const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Escriba un mensaje' });
const write = (text: string): void => {
  fireEvent.change(field(), { target: { value: text } });
  fireEvent.keyDown(field(), { key: 'Enter' });
};

async function talk(setUp: VideoSetUp = {}) {
  const page = videoUnderTest(setUp);
  await page.goIn();
  page.say(called());
  return page;
}

describe('the chat over a call', () => {
  it('[S2-46] a message comes up over the picture, is counted, and opens the chat; then it is told as read', async () => {
    const page = await talk();
    page.hear({ type: 'messages', messages: [said(1, 'Recibido'), said(2, 'Lo anexo')], read: nothingRead });
    expect(screen.getByRole('button', { name: 'Luis: Lo anexo' })).toBeDefined();
    const button = screen.getByRole('button', { name: 'Chat' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Sin leer: 2');
    expect(page.tellRead).not.toHaveBeenCalled();
    press('Luis: Lo anexo');
    expect(screen.getByRole('dialog', { name: 'Chat con Luis' })).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Chat con Luis');
    expect(
      log()
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['LuisRecibido10:42', 'LuisLo anexo10:42']);
    expect(page.tellRead.mock.calls).toEqual([[2]]);
    expect(screen.queryByRole('button', { name: /^Luis: / })).toBeNull();
  });

  it('[S2-46] Enter sends, Shift Enter does not; one check is the server’s, two the agent’s', async () => {
    const page = await talk();
    press('Chat');
    fireEvent.change(field(), { target: { value: 'Hola' } });
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    expect(page.sent).toEqual([]);
    write('Hola');
    await page.settle();
    expect(page.sent).toEqual([{ key: 'key-1', text: 'Hola' }]);
    expect(field()).toHaveProperty('value', '');
    expect(log().getByRole('img', { name: 'Enviado' })).toBeDefined();
    page.hear({ type: 'messages', messages: [], read: { byAgent: 1, byGuest: 0 } });
    expect(log().getByRole('img', { name: 'Leído' })).toBeDefined();
  });

  it('[R3] [S2-46] a message that did not get through says so, and goes by itself when the line is back', async () => {
    const page = await talk();
    page.problems.push('offline');
    press('Chat');
    write('¿Me escucha?');
    await page.settle();
    expect(log().getByText(/^No se envió: no hay conexión/)).toBeDefined();
    act(() => page.live().options.line?.(true));
    await page.settle();
    expect(page.sent).toHaveLength(2);
    expect(log().getByRole('img', { name: 'Enviado' })).toBeDefined();
  });

  it('[S2-46] what was begun is still there when the chat is closed and opened, and the focus goes back', async () => {
    await talk();
    press('Chat');
    fireEvent.change(field(), { target: { value: 'Le cuento' } });
    fireEvent.keyDown(field(), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Chat' }));
    press('Chat');
    expect(field()).toHaveProperty('value', 'Le cuento');
  });

  it('[S2-46] what was begun is still there when the guest waits again and is called again', async () => {
    const page = await talk();
    press('Chat');
    fireEvent.change(field(), { target: { value: 'Le cuento' } });
    page.say({ phase: 'waiting', attentionId: null });
    expect(screen.queryByRole('dialog')).toBeNull();
    page.say(called('2'));
    press('Chat');
    expect(field()).toHaveProperty('value', 'Le cuento');
  });

  it('[S2-46] [S2-41] under T&C nothing counts as read, and Escape puts only them aside', async () => {
    const page = await talk();
    press('Chat');
    const consent = sampleConsent();
    page.consents.seen.mockResolvedValue({ consent: { ...consent, openedAt: 1 } });
    page.say({ ...called(), consent });
    await page.settle();
    page.hear({ type: 'messages', messages: [said(1, 'Lea los términos')], read: nothingRead });
    expect(page.tellRead).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByRole('heading', { name: 'Términos y condiciones' }), { key: 'Escape' });
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(screen.getByRole('dialog', { name: 'Chat con Luis' })).toBeDefined();
    expect(page.tellRead.mock.calls).toEqual([[1]]);
  });

  it('[S2-46] a keyboard over the page takes from the height of the chat, and leaves its head on the page', async () => {
    const viewport = Object.assign(new EventTarget(), { height: window.innerHeight - 300, offsetTop: 0 });
    vi.stubGlobal('visualViewport', viewport);
    await talk();
    press('Chat');
    const { bottom, maxHeight } = screen.getByRole('dialog').style;
    expect([bottom, maxHeight]).toEqual(['300px', 'calc(100dvh - 300px)']);
  });

  it('[S2-46] asks after a cut for what came behind the last message that it has', async () => {
    const page = await talk();
    page.hear({ type: 'messages', messages: [said(1, 'uno'), said(2, 'dos')], read: nothingRead });
    expect(page.hello()).toEqual({ type: 'watchVideo', token: 'token', after: 2 });
  });

  it.each(['<img src=x onerror="window.hurt=1">', 'javascript:window.hurt=1', 'https://a.test'])(
    '[T7] %s is only text, and no link',
    async (payload) => {
      const page = await talk();
      page.hear({ type: 'messages', messages: [said(1, payload, { agentName: payload })], read: nothingRead });
      press('Chat');
      expect(log().getAllByText(payload).length).toBeGreaterThan(0);
      expect(screen.getByRole('log').querySelectorAll('a, img, script')).toHaveLength(0);
    },
  );
});

describe('the files of a call', () => {
  const shared = (name: string, more: Partial<GuestFile> = {}): GuestFile => ({
    id: '0190c7a4-8f3e-7cc1-9a86-26a3b1f8d101' as FileId,
    from: 'agent',
    name,
    kind: 'application/pdf',
    bytes: 1_500_000,
    width: null,
    height: null,
    hasPreview: false,
    wasCleaned: false,
    sharedAt: TEN_42,
    ...more,
  });

  it('[S2-47] a file that comes is told, and is fetched only when the guest presses it', async () => {
    const page = await talk();
    page.say({ ...called(), files: [shared('contrato.pdf')] });
    press('Luis envió un archivo');
    const row = screen.getByRole('listitem');
    expect(row.textContent).toBe('contrato.pdfLuis · 10:42 · 1,4 MB');
    const link = within(row).getByRole('link', { name: 'Descargar contrato.pdf' });
    expect(link.getAttribute('href')).toBe('/v1/guest/files/0190c7a4-8f3e-7cc1-9a86-26a3b1f8d101');
    expect(link.getAttribute('download')).toBe('contrato.pdf');
    expect(page.asked).toEqual([]);
  });

  it('[S2-47] [B31] a picture has a small one beside it, and says what was taken out of it', async () => {
    const page = await talk();
    page.say({
      ...called(),
      files: [shared('foto.jpg', { from: 'guest', kind: 'image/jpeg', hasPreview: true, wasCleaned: true })],
    });
    press('Archivos');
    expect(screen.getByRole('img', { name: 'Vista previa de foto.jpg' }).getAttribute('src')).toMatch(/\/preview$/);
    expect(screen.getByRole('listitem').textContent).toContain('Usted · 10:42 · 1,4 MB · se quitaron datos ocultos');
  });

  it('[S2-47] [B22] a file that is not taken is told in words, and can be taken off the list', async () => {
    const page = await talk({
      fileAnswer: () => ({ status: 415, body: { code: 'FILE_TYPE', title: 'Tipo no permitido.', detail: 'jpg, png' } }),
    });
    press('Archivos');
    const picker = screen.getByLabelText('Enviar un archivo', { selector: 'input' });
    fireEvent.change(picker, { target: { files: [new File(['MZ'], 'programa.exe')] } });
    await page.settle();
    expect(screen.getByRole('alert').textContent).toBe('No se envió. Tipo no permitido. jpg, png');
    press('Quitar programa.exe de la lista');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
