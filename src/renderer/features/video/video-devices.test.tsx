import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { calling, callByHand, connect, openVideo, share, ticketId, withFakeMedia } from '../../testing/open-video.ts';
import { choose, press } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import styles from './sharing-bar.module.css';

const browser = withFakeMedia();

test('[S2-42] [T25] what is shared and the way to stop it stay in view, whatever the agent looks at', async () => {
  const { fake, store, call } = await callByHand();
  const frames = () => document.querySelectorAll(`.${styles.frame}`).length;
  expect(frames()).toBe(0);
  await share();
  expect(frames()).toBe(1);
  expect(fake.seenOf('screen.choose')).toEqual([]);
  expect(screen.getByText('Está compartiendo su pantalla').parentElement?.textContent).toContain('Una ventana');
  expect(call().tracks['screen']).toMatchObject({ readyState: 'live' });
  await act(async () => store.getState().openTicket(tickets.waitingRows[0]!.header.id));
  expect(frames()).toBe(1);
  await press('Dejar de compartir');
  expect(frames()).toBe(0);
  expect(screen.queryByText('Está compartiendo su pantalla')).toBeNull();
  expect(browser.media.live().map(({ deviceId }) => deviceId)).toEqual(['inner', 'front']);
});

test('[S2-42] [T25] sharing ends when the source closes, and with the attention', async () => {
  const { tell } = await callByHand();
  browser.media.surface = 'monitor';
  await share();
  expect(screen.getByText('Está compartiendo su pantalla').parentElement?.textContent).toContain('Toda la pantalla');
  await act(async () => browser.media.tracks.at(-1)?.unplug());
  expect(screen.queryByText('Está compartiendo su pantalla')).toBeNull();
  await share();
  await tell('current.changed', facts.current(null));
  expect(screen.queryByText('Está compartiendo su pantalla')).toBeNull();
  expect(browser.media.live()).toEqual([]);
});

test('[S2-42] [CL12] what is shared is told to the timeline by its kind and without a title, and every end of it', async () => {
  const { call, fake, tell, store } = await callByHand();
  const { attentionId } = store.getState().current!.ticket!.header.holder!;
  const told = () => fake.seenOf('act').flatMap((each) => (each.type === 'call.report' ? [each] : []));
  fake.handle('screen.sources', () => [
    { id: 'window:7:0', kind: 'window', name: 'Crédito de Olga Ruiz', isOwn: false, picture: null },
  ]);
  const shareIt = async () => {
    await share();
    await press('Compartir', { inside: within(screen.getByRole('dialog')) });
  };
  await shareIt();
  expect(told()).toEqual([]);
  await connect(call());
  await press('Dejar de compartir');
  await shareIt();
  // The desk goes on to others.
  await tell('current.changed', facts.current(null));
  const shared = { type: 'call.screenShared', side: 'agent', kind: 'window' };
  const ended = { type: 'call.screenEnded', side: 'agent', lastedMs: expect.any(Number) };
  expect(told().map(({ report }) => report)).toEqual([shared, ended, shared, ended]);
  expect(told().every((each) => each.ticketId === ticketId && each.attentionId === attentionId)).toBe(true);
  expect(JSON.stringify(told())).not.toContain('Olga');
});

test('[S2-42] [T32] where the host does not ask, the desk does: one window is suggested, and given by its id', async () => {
  const { fake } = await callByHand();
  const source = { name: '', isOwn: false, picture: null };
  const sources = [
    {
      ...source,
      id: 'window:7:0',
      kind: 'window' as const,
      name: 'Hoja de cálculo',
      picture: 'data:image/jpeg;base64,AA==',
    },
    { ...source, id: 'screen:0:0', kind: 'screen' as const, name: 'Pantalla 1' },
    { ...source, id: 'window:1:1', kind: 'window' as const, name: 'Ventanilla', isOwn: true },
  ];
  fake.handle('screen.sources', () => sources);
  await share();
  expect(browser.media.asked).not.toContain('screen');
  const dialog = within(screen.getByRole('dialog'));
  const isChosen = (name: string) => dialog.getByRole<HTMLInputElement>('radio', { name }).checked;
  expect([isChosen('Hoja de cálculo'), isChosen('Pantalla 1')]).toEqual([true, false]);
  await press('Pantalla 1', { role: 'radio', inside: dialog });
  expect(dialog.getByRole('status').textContent).toContain('todo lo que aparezca en esa pantalla');
  await press('Hoja de cálculo', { role: 'radio', inside: dialog });
  await press('Compartir', { inside: dialog });
  expect(fake.seenOf('screen.choose')).toEqual([{ id: 'window:7:0' }]);
  expect(browser.media.asked).toContain('screen');
  expect(screen.getByText('Está compartiendo su pantalla').parentElement?.textContent).toContain(
    'Una ventana: Hoja de cálculo',
  );
});

test('[S2-42] a desk with nothing to share says what may stand in the way, and looks again', async () => {
  const { fake } = await callByHand();
  fake.refuse('screen.sources', 'INTERNAL');
  await share();
  expect(screen.getByText('No hay nada que compartir')).toBeDefined();
  fake.handle('screen.sources', () => [
    { id: 'screen:0:0', kind: 'screen', name: 'Pantalla 1', isOwn: false, picture: null },
  ]);
  await press('Buscar de nuevo');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Pantalla 1' }).checked).toBe(false);
  expect(browser.media.asked).not.toContain('screen');
});

test('[T32] masked DOM check while capture is live: no identifier and no other customer is in the page, and each is back after it', async () => {
  const { store, fake } = await callByHand();
  const { contact } = calling;
  if (contact === null) throw new Error('No contact');
  const others = tickets.waitingRows.map(({ header }) => header);
  const secrets = [
    contact.documentNumber,
    contact.documentNumber?.replace(/\B(?=(\d{3})+$)/g, '.'),
    contact.phone,
    contact.email,
    ...others.flatMap(({ displayName, documentLast4 }) => [displayName, documentLast4]),
  ].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
  expect(secrets.length).toBeGreaterThan(6);
  const inPage = (): string[] => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
    const markup = [document.body.innerHTML, ...fields].join('\n');
    return secrets.filter((secret) => markup.includes(secret));
  };
  const before = inPage();
  expect(before).toEqual(expect.arrayContaining([contact.email, others[0]?.displayName]));
  await share();
  expect(inPage()).toEqual([]);
  // The agent's own look, field by field; what is masked is never what would be saved.
  const email = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Correo' });
  expect([email().value, email().readOnly]).toEqual([`${contact.email?.[0]}•••@•••`, true]);
  await press('Mostrar Correo');
  expect([email().value, email().readOnly]).toEqual([contact.email, false]);
  expect(inPage()).toEqual([contact.email]);
  await press('Ocultar Correo');
  expect(inPage()).toEqual([]);
  // Another ticket, opened while sharing.
  const opened = { ...tickets.attendingTicket, header: { ...others[0]!, state: 'waiting' as const } };
  fake.handle('ticket.open', () => opened as never);
  await act(async () => store.getState().openTicket(others[0]!.id));
  expect(inPage()).toEqual([]);
  await act(async () => store.getState().openTicket(null));
  await press('Dejar de compartir');
  expect(inPage()).toEqual(before);
});

test('[S2-43] [T25] devices are tried before a call, after a press alone, and let go of when the dialog closes', async () => {
  const { fake } = await openVideo({ ...calling, header: { ...calling.header, kind: 'turn' } });
  await press('Usuario');
  await press('Cámara y sonido', { role: 'menuitem' });
  expect(browser.media.asked).toEqual([]);
  await press('Encender cámara y micrófono');
  expect(fake.seenOf('devices.tryOut')).toEqual([{ isOn: true }]);
  expect(screen.getByRole('meter', { name: 'Nivel del micrófono' })).toBeDefined();
  expect(screen.getByText(/^Este navegador no deja elegir el altavoz/)).toBeDefined();
  await choose('Cámara', 'Cámara trasera');
  expect(fake.seenOf('preferences.set').at(-1)?.devices).toEqual({
    camera: 'Cámara trasera',
    microphone: null,
    speaker: null,
  });
  expect(browser.media.live()).toHaveLength(2);
  await press('Cerrar', { inside: within(screen.getByRole('contentinfo')) });
  expect(browser.media.live()).toEqual([]);
  expect(fake.seenOf('devices.tryOut')).toEqual([{ isOn: true }, { isOn: false }]);
});

test('[S2-43] a remembered camera is the one that a video opens with', async () => {
  const { tell } = await openVideo(calling);
  const devices = { camera: 'Cámara trasera', microphone: null, speaker: null };
  await tell('preferences.changed', { ...facts.preferences, devices });
  await press('Abrir la videollamada');
  expect(browser.media.live().map(({ deviceId }) => deviceId)).toContain('back');
});
