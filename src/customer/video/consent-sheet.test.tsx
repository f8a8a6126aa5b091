import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GuestConsent } from '../../protocol/video/consent.ts';
import { sampleAccepted, sampleConsent } from '../testing/sample-consent.ts';
import { called } from '../testing/sample-guest.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';
import type { ConsentOutcome } from './consent-api.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const asked = sampleConsent();
const dialog = () => screen.getByRole('dialog');
const press = (name: string) =>
  act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await Promise.resolve();
  });

/** In a call, with what was asked. */
async function inCall(consent: GuestConsent = asked) {
  const page = videoUnderTest();
  await page.goIn();
  page.say(called());
  const opened = { consent: { ...asked, openedAt: 1 } };
  page.consents.seen.mockResolvedValue(opened);
  const hear = (heard: GuestConsent) => page.say({ ...called(), consent: heard });
  hear(consent);
  await page.settle();
  return { ...page, hear };
}
/** An answer of the server that the test gives when it likes. */
function later() {
  let give: (outcome: ConsentOutcome) => void = () => undefined;
  const outcome = new Promise<ConsentOutcome>((resolve) => (give = resolve));
  return { outcome, give: (value: ConsentOutcome) => act(async () => give(value)) };
}

describe('T&C of a guest', () => {
  test('[S2-41] the sheet comes over the call with the whole text as plain text, takes the focus, and is told as opened', async () => {
    const { consents } = await inCall();
    const heading = within(dialog()).getByRole('heading', { name: 'Términos y condiciones' });
    expect(document.activeElement).toBe(heading);
    expect(within(dialog()).getByText('Cambio de plan hogar · enviado por Luis')).toBeDefined();
    const text = within(dialog()).getByRole('region', { name: 'Cambio de plan hogar' });
    expect(text.textContent).toBe(asked.text);
    expect(text.querySelector('b')).toBeNull();
    expect(text.tabIndex).toBe(0);
    expect(consents.seen).toHaveBeenCalledWith(asked.id, 'opened', asked.text);
  });

  test('[S2-41] Acepto and No acepto are two buttons of one kind', async () => {
    await inCall();
    const [refuse, accept] = ['No acepto', 'Acepto'].map((name) => screen.getByRole('button', { name }));
    expect(refuse!.className).toBe(accept!.className);
    expect(refuse!.parentElement).toBe(accept!.parentElement);
  });

  test('[S2-41] the end of the text is noticed when it is on the screen, not before', async () => {
    const spies = [
      vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(1_000),
      vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(300),
    ];
    const { consents } = await inCall();
    const text = within(dialog()).getByRole('region', { name: 'Cambio de plan hogar' });
    expect(within(dialog()).getByText('Deslice el texto para leerlo hasta el final.')).toBeDefined();
    expect(consents.seen.mock.calls.map(([, step]) => step)).toEqual(['opened']);
    await act(async () => {
      text.scrollTop = 700;
      fireEvent.scroll(text);
      await Promise.resolve();
    });
    expect(consents.seen.mock.calls.map(([, step]) => step)).toContain('read');
    expect(within(dialog()).getByText('Recibirá un comprobante de su respuesta.')).toBeDefined();
    for (const spy of spies) spy.mockRestore();
  });

  test('[S2-41] [T24] nothing is accepted before the server says so; then folio, receipt and the way back are there', async () => {
    const { consents } = await inCall();
    const { outcome, give } = later();
    consents.answer.mockReturnValue(outcome);
    await press('Acepto');
    expect(consents.answer).toHaveBeenCalledWith(asked.id, 'accepted', asked.text);
    expect(screen.getByText('Enviando su respuesta. Aún no está registrada.')).toBeDefined();
    await press('No acepto');
    expect(consents.answer).toHaveBeenCalledTimes(1);
    await give({ consent: sampleAccepted() });
    expect(document.activeElement?.textContent).toBe('Aceptó estos términos');
    expect(screen.getByText('7K3Q-9M2H-4TXD')).toBeDefined();
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Ver comprobante y PDF' }).href).toContain('/receipt#');
    expect(screen.getByRole('button', { name: 'Retirar mi aceptación' })).toBeDefined();
  });

  test('[S2-41] [B67] without a confirmation nothing is taken as recorded, and the same answer is given again', async () => {
    const { consents } = await inCall();
    consents.answer.mockResolvedValueOnce({ failure: 'offline' });
    await press('Acepto');
    expect(screen.getByRole('alert').textContent).toContain('no se da nada por registrado');
    consents.answer.mockResolvedValueOnce({ consent: sampleAccepted() });
    await press('Acepto');
    expect(screen.getByText('Aceptó estos términos')).toBeDefined();
  });

  test('[S2-41] an answer that the line tells first is shown, though the page heard nothing of its own', async () => {
    const { consents, hear } = await inCall();
    consents.answer.mockResolvedValueOnce({ failure: 'offline' });
    await press('Acepto');
    hear(sampleAccepted());
    expect(screen.getByText('Aceptó estos términos')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
    // A word that is older than what is known changes nothing.
    hear(asked);
    expect(screen.getByText('Aceptó estos términos')).toBeDefined();
  });

  test.each([
    ['expired', 'ya no esperan respuesta'],
    ['version', 'no es el que se envió'],
    ['unavailable', 'no pudo registrar'],
    ['tooMany', 'Espere un minuto'],
  ] as const)('[B67] refused as %s it says why', async (failure, words) => {
    const { consents } = await inCall();
    consents.answer.mockResolvedValueOnce({ failure });
    await press('No acepto');
    expect(screen.getByRole('alert').textContent).toContain(words);
  });

  test('[B67] an answer waits until it is told that the text was opened', async () => {
    const page = await inCall();
    cleanup();
    expect(page.consents.answer).not.toHaveBeenCalled();
    const again = videoUnderTest();
    await again.goIn();
    again.consents.seen.mockResolvedValue({ failure: 'offline' });
    again.say({ ...called(), consent: asked });
    await press('Acepto');
    await again.settle();
    expect(again.consents.answer).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('no se da nada por registrado');
  });

  test('[S2-41] Escape puts it aside without an answer, and it is opened again from the call', async () => {
    const { consents } = await inCall();
    await act(async () => void fireEvent.keyDown(document.activeElement!, { key: 'Escape' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(consents.answer).not.toHaveBeenCalled();
    expect(screen.getByRole('heading', { level: 1 })).toBe(document.activeElement);
    await press('Leer los términos y responder');
    expect(dialog()).toBeDefined();
  });

  test('[S2-41] the acceptance is taken back with one press', async () => {
    const { consents } = await inCall(sampleAccepted());
    await press('T&C');
    consents.withdraw.mockResolvedValue({
      consent: sampleAccepted({ state: 'withdrawn', withdrawnAt: 1, withdrawalFolio: '8K3Q-9M2H-4TXD' }),
    });
    await press('Retirar mi aceptación');
    expect(screen.getByText('Retiró su aceptación')).toBeDefined();
    expect(screen.getByText('8K3Q-9M2H-4TXD')).toBeDefined();
  });

  test('[S2-41] a page that is loaded anew shows what was answered, and asks nothing again', async () => {
    await inCall(sampleAccepted());
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'T&C' })).toBeDefined();
  });

  test('[S2-41] what the agent takes back is told in the open sheet', async () => {
    const { hear } = await inCall();
    hear({ ...asked, state: 'unanswered', answeredAt: 1 });
    expect(screen.getByText('Estos términos se cerraron sin respuesta')).toBeDefined();
    await press('Volver a la llamada');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('[R17] a lost line is said in the sheet', async () => {
    const { call } = await inCall();
    await act(async () => call().show({ isLineUp: false }));
    expect(screen.getByText(/Su respuesta solo vale cuando la central la confirme/)).toBeDefined();
  });

  test('[S2-41] what was opened in a hidden tab is not told as opened before it is looked at', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const { consents, visit } = await inCall();
    expect(consents.seen).not.toHaveBeenCalled();
    visibility.mockReturnValue('visible');
    await act(async () => visit.wake());
    expect(consents.seen).toHaveBeenCalledWith(asked.id, 'opened', asked.text);
  });

  test('[S2-41] after the call the receipts stay, and an acceptance is taken back there too', async () => {
    const { say, consents } = await inCall(sampleAccepted());
    say({ phase: 'finished', attentionId: null });
    const receipts = within(screen.getByRole('region', { name: 'Sus comprobantes' }));
    expect(receipts.getByRole<HTMLAnchorElement>('link', { name: 'Ver comprobante y PDF' }).href).toContain(
      '/receipt#',
    );
    consents.withdrawByReceipt.mockResolvedValueOnce('offline').mockResolvedValueOnce(null);
    await press('Retirar mi aceptación');
    expect(receipts.getByRole('alert').textContent).toContain('no se da nada por registrado');
    await press('Retirar mi aceptación');
    expect(consents.withdrawByReceipt).toHaveBeenCalledWith('https://centro.test/receipt#token');
    expect(receipts.getByText(/Retiró su aceptación/)).toBeDefined();
    expect(receipts.queryByRole('button', { name: 'Retirar mi aceptación' })).toBeNull();
  });
});
