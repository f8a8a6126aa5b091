import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Consent } from '../../../protocol/video/consent.ts';
import { choose, press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { at } from '../../testing/sample-office.ts';
import { line } from '../../testing/sample-tickets.ts';
import { accepted, attended, consent, data, plan, withTerms } from '../../testing/sample-terms.ts';
import { lastAct, work } from '../../testing/scenes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const { id: ticketId } = attended().header;

async function open(consents: readonly Consent[] = []) {
  const desk = await renderDesk((fake) => {
    work(fake, { ticket: attended(consents) });
    fake.tell('session.changed', withTerms);
  });
  const show = (next: readonly Consent[]) => desk.tell('current.changed', facts.current(attended(next)));
  return { ...desk, show };
}
async function openSheet(consents: readonly Consent[] = []) {
  const desk = await open(consents);
  await pressKey('F6');
  return { ...desk, sheet: () => region('Enviar T&C') };
}
const text = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Texto que verá el cliente' });
const isUnavailable = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-disabled') === 'true';

describe('Enviar T&C', () => {
  test('[S2-40] [S2-41] the menu and F6 open the sheet in column 3 beside the video, and the focus goes in and back', async () => {
    await open();
    await press('Menú de opciones');
    await press('Enviar T&C', { role: 'menuitem' });
    const sheet = screen.getByRole('region', { name: 'Enviar T&C' });
    expect(screen.getByRole('region', { name: 'Cliente' }).contains(sheet)).toBe(true);
    expect(region('Atención').getByRole('toolbar', { name: 'Controles de la videollamada' })).toBeDefined();
    await press('Cerrar', { inside: within(sheet) });
    expect(screen.queryByRole('region', { name: 'Enviar T&C' })).toBeNull();
    await pressKey('F6');
    expect(screen.getByRole('region', { name: 'Enviar T&C' })).toBe(document.activeElement);
    await pressKey('Escape');
    expect(screen.queryByRole('region', { name: 'Enviar T&C' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Menú de opciones' }));
  });

  test('[S2-41] [X28] a template of the service is sent in its version, and only those are offered', async () => {
    const { fake, sheet } = await openSheet();
    expect(text().value).toBe(plan.text);
    expect(sheet().getByText('Versión 4, sin cambios')).toBeDefined();
    expect(sheet().getByText('El servicio exige que se acepte para continuar.')).toBeDefined();
    await press('Plantilla', { role: 'combobox' });
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent?.trim())).toEqual([
      'Cambio de plan hogar · versión 4',
      'Tratamiento de datos personales · versión 2',
      'Texto sin plantilla',
    ]);
    await press('Tratamiento de datos personales · versión 2', { role: 'option' });
    expect(sheet().getByText('El servicio puede continuar aunque no se acepte.')).toBeDefined();
    await press('Enviar T&C');
    expect(lastAct(fake)).toEqual({
      type: 'consent.ask',
      ticketId,
      termsId: data.id,
      title: data.title,
      text: data.text,
    });
  });

  test('[S2-41] [T24] an edited text is told to be a version of its own, and another template asks before it is lost', async () => {
    const { fake, sheet } = await openSheet();
    await write('Texto que verá el cliente', 'Solo esta cláusula.');
    expect(sheet().getByText('Editado sobre la versión 4: será una versión propia')).toBeDefined();
    await choose('Plantilla', 'Tratamiento de datos personales · versión 2');
    expect(screen.getByRole('dialog').textContent).toContain('Solo esta cláusula.');
    await press('Seguir editando');
    expect(text().value).toBe('Solo esta cláusula.');
    await press('Enviar T&C');
    expect(lastAct(fake)).toMatchObject({ termsId: plan.id, text: 'Solo esta cláusula.' });
  });

  test('[S2-41] a text without a template has a title of its own; nothing empty or too long is sent', async () => {
    const { fake } = await openSheet();
    await choose('Plantilla', 'Texto sin plantilla');
    expect(isUnavailable('Enviar T&C')).toBe(true);
    await write('Texto que verá el cliente', 'a'.repeat(10_001));
    await write('Título', 'Garantía');
    expect(isUnavailable('Enviar T&C')).toBe(true);
    expect(screen.getByText('El texto pasa de 10.000 caracteres. Acórtelo.')).toBeDefined();
    await write('Texto que verá el cliente', 'Un año.');
    expect(screen.getByText('7 de 10.000 caracteres')).toBeDefined();
    await press('Enviar T&C');
    expect(lastAct(fake)).toEqual({ type: 'consent.ask', ticketId, termsId: null, title: 'Garantía', text: 'Un año.' });
  });

  test('[S2-41] [R5] what is written while the text before is on its way is there for the next time', async () => {
    const { fake, show } = await openSheet();
    await write('Texto que verá el cliente', 'Primera cláusula.');
    const answer = Promise.withResolvers<{ ticketId: typeof ticketId; turnCode: null }>();
    fake.handle('act', () => answer.promise);
    await press('Enviar T&C');
    await write('Texto que verá el cliente', 'Segunda cláusula.');
    await act(async () => answer.resolve({ ticketId, turnCode: null }));
    await show([accepted()]);
    await press('Enviar otro');
    expect(text().value).toBe('Segunda cláusula.');
  });

  test('[S2-41] [R5] a refusal gives the text back, with the reason', async () => {
    const { fake } = await openSheet();
    await write('Texto que verá el cliente', 'Mi texto');
    fake.refuse('act', 'CONSENT_OPEN');
    await press('Enviar T&C');
    expect(screen.getByRole('alert').textContent).toContain('Ya hay términos');
    expect(text().value).toBe('Mi texto');
  });

  test('[S2-41] [R2] without the line it cannot be sent, says so, and can be written on', async () => {
    const { fake, tell } = await openSheet();
    await tell('line.changed', facts.lineDown);
    expect(isUnavailable('Enviar T&C')).toBe(true);
    await press('Enviar T&C');
    expect(fake.seenOf('act')).toEqual([]);
    await write('Texto que verá el cliente', 'Mientras tanto');
    expect(text().value).toBe('Mientras tanto');
  });

  test('[S2-41] [R3] what was written is there after the sheet was closed and after a crash', async () => {
    const { fake } = await openSheet();
    await write('Texto que verá el cliente', 'A medias');
    await act(async () => void (await vi.advanceTimersByTimeAsync(300)));
    expect(fake.seenOf('writing.save').at(-1)).toMatchObject({ kind: 'terms', writing: { text: 'A medias' } });
    await pressKey('Escape');
    await pressKey('F6');
    expect(text().value).toBe('A medias');
    cleanup();
    const again = await open();
    const kept = { kind: 'terms', termsId: plan.id, title: plan.title, text: 'Del desk' } as const;
    await again.tell('current.changed', facts.current(attended(), { writings: [kept] }));
    await pressKey('F6');
    expect(text().value).toBe('Del desk');
  });

  test('[S2-41] what was sent is shown as it was, with each step, and is taken back', async () => {
    const { fake, show, sheet, tell } = await openSheet();
    await press('Enviar T&C');
    const asked = consent();
    await show([asked]);
    expect(sheet().getByText('Esperando respuesta')).toBeDefined();
    expect(sheet().getByText('Enviado a María')).toBeDefined();
    expect(sheet().queryByText('Abierto')).toBeNull();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Texto enviado' }).readOnly).toBe(true);
    await show([{ ...asked, openedAt: asked.askedAt + 7_000, readAt: asked.askedAt + 20_000 }]);
    expect(sheet().getByText('Abierto')).toBeDefined();
    expect(sheet().getByText('Leído hasta el final')).toBeDefined();
    await tell('line.changed', facts.lineDown);
    expect(isUnavailable('Retirar')).toBe(true);
    await tell('line.changed', facts.lineUp);
    await press('Retirar');
    expect(lastAct(fake)).toEqual({ type: 'consent.retract', ticketId, consentId: asked.id });
    await show([{ ...asked, state: 'unanswered', answeredAt: asked.askedAt + 30_000 }]);
    expect(sheet().getByText('Sin respuesta')).toBeDefined();
    expect(sheet().getByText(/Sin respuesta no hay aceptación/)).toBeDefined();
  });

  test('[S2-41] [T24] accepted is said with its folio and receipt; a withdrawal, what it means for the service', async () => {
    const { show, sheet } = await openSheet([consent()]);
    expect(sheet().queryByText('Aceptado')).toBeNull();
    await show([accepted()]);
    expect(sheet().getByText('Aceptado')).toBeDefined();
    expect(sheet().getByText('7K3Q-9M2H-4TXD')).toBeDefined();
    const receipt = sheet().getByRole<HTMLAnchorElement>('link', { name: 'Abrir comprobante y PDF' });
    expect([receipt.href, receipt.rel]).toEqual(['https://centro.test/receipt#token', 'noopener noreferrer']);
    await show([accepted({ state: 'withdrawn', withdrawnAt: 1, withdrawalFolio: '8K3Q-9M2H-4TXD' })]);
    expect(sheet().getByText('Retirado por el cliente')).toBeDefined();
    expect(sheet().getByText('8K3Q-9M2H-4TXD')).toBeDefined();
    expect(sheet().getByText(/no continúe con el trámite/)).toBeDefined();
  });

  test.each([
    [true, /El servicio exige esta aceptación/],
    [false, /El servicio puede continuar sin esta aceptación/],
  ])('[X28] refused where required is %s: what the service decides is said', async (isRequired, words) => {
    const { sheet } = await openSheet([accepted({ state: 'refused', isRequired })]);
    expect(sheet().getByText('No aceptado')).toBeDefined();
    expect(sheet().getByText(words)).toBeDefined();
  });

  test('[S2-41] another is begun after an answer, and those before stay in the list', async () => {
    const { sheet, show } = await openSheet([accepted()]);
    await press('Enviar otro');
    expect(text().value).toBe(plan.text);
    await press('Volver al último enviado');
    expect(sheet().getByText('Aceptado')).toBeDefined();
    await show([accepted(), consent({ id: '0198f0d0-0000-7000-8000-0000000000bb' as Consent['id'], title: 'Otro' })]);
    expect(sheet().getByText('Esperando respuesta')).toBeDefined();
    expect(sheet().getByText('Antes en este tiquete')).toBeDefined();
    expect(sheet().getByRole('link', { name: /Cambio de plan hogar\. Abrir comprobante/ })).toBeDefined();
  });

  test('[S2-41] what was sent though the answer was lost on the way is not offered to be sent again', async () => {
    const { fake, show, sheet } = await openSheet();
    await write('Texto que verá el cliente', 'Mi texto');
    fake.refuse('act', 'UNKNOWN_OUTCOME');
    await press('Enviar T&C');
    expect(text().value).toBe('Mi texto');
    await show([consent({ text: 'Mi texto', isEdited: true, version: '4-1f0c9a2b' })]);
    expect(sheet().getByText('Versión 4-1f0c9a2b, editada sobre la versión 4')).toBeDefined();
    await show([accepted({ text: 'Mi texto' })]);
    expect(sheet().getByText('Aceptado')).toBeDefined();
    await press('Enviar otro');
    expect(text().value).toBe(plan.text);
  });

  test('[S2-41] an answer that comes while the sheet is closed is told once, with the way to it', async () => {
    const { show } = await open([consent()]);
    expect(screen.queryByText(/aceptó/)).toBeNull();
    await show([accepted()]);
    expect(screen.getByText('María Fernanda Ospina Gil aceptó: Cambio de plan hogar')).toBeDefined();
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Ver' })));
    expect(region('Enviar T&C').getByText('Aceptado')).toBeDefined();
  });

  test('[S2-41] a sheet that was open when another ticket was attended hides no answer of the next one', async () => {
    const { show, store } = await open([consent()]);
    await act(async () => store.getState().showTerms('0198f0d0-0000-7000-8000-0000000000cc' as Consent['attentionId']));
    await show([accepted()]);
    expect(screen.getByText('María Fernanda Ospina Gil aceptó: Cambio de plan hogar')).toBeDefined();
  });

  test.each(['<img src=x onerror="window.hurt=1">', '$t(common.demo) {{name}}', '\u202egnp.exe'])(
    '[T7] %s is only text in template, sheet, timeline and Tag',
    async (payload) => {
      const { tell } = await open();
      const hostile = { ...plan, title: payload, text: payload };
      await tell('session.changed', { ...withTerms, terms: [hostile] });
      await pressKey('F6');
      expect(text().value).toBe(payload);
      const asked = accepted({ title: payload, text: payload, agentName: payload });
      const said = line(at(10, 44), { type: 'mark.added', momentMs: 0, text: payload });
      await tell('current.changed', facts.current({ ...attended([asked]), timeline: [said] }));
      await press('Volver al último enviado');
      expect(region('Enviar T&C').getByRole('heading', { name: payload })).toBeDefined();
      await press('Cronología', { role: 'tab' });
      expect(screen.getByText(`Tag 00:00 — ${payload}`)).toBeDefined();
      expect(document.querySelectorAll('img, [onerror]')).toHaveLength(0);
    },
  );
});
