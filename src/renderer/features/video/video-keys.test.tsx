import { act, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import { GuestLinkId } from '../../../protocol/ids.ts';
import { attending, openVideo, withFakeMedia } from '../../testing/open-video.ts';
import { press, pressKey } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { NOW } from '../../testing/sample-office.ts';

withFakeMedia();

const invite = { id: sampleId(GuestLinkId, 1), url: 'https://turnos.example/video#x', expiresAt: NOW + 60_000 };

describe('keys', () => {
  test('[S2-40] [S2-42] [S2-44] F7 shares and stops, F9 shows the QR, both said in the menu and in the sheet of keys', async () => {
    const { fake, store } = await openVideo(attending);
    await press('Abrir la videollamada');
    fake.handle('video.invite', () => invite);
    await pressKey('F7');
    expect(screen.getByText('Está compartiendo su pantalla')).toBeDefined();
    await pressKey('F7');
    expect(screen.queryByText('Está compartiendo su pantalla')).toBeNull();
    await pressKey('F9');
    expect(screen.getByRole('dialog', { name: 'Generar QR' })).toBeDefined();
    await act(async () => store.getState().closeDialog());
    await pressKey('F1');
    const sheet = within(screen.getByRole('dialog', { name: 'Atajos' }));
    for (const key of ['F7', 'F9']) expect(sheet.getByText(key)).toBeDefined();
    await act(async () => store.getState().closeDialog());
    await press('Menú de opciones');
    expect(screen.getByRole('menuitem', { name: 'Compartir Pantalla' }).textContent).toContain('F7');
    expect(screen.getByRole('menuitem', { name: 'Generar QR' }).textContent).toContain('F9');
  });

  test('[S2-42] [S2-44] before the video is open F7 does nothing and F9 shows the QR, as their entries do; F9 nothing without the line', async () => {
    const { tell, fake, store } = await openVideo(attending);
    fake.handle('video.invite', () => invite);
    await pressKey('F7');
    expect(fake.seenOf('screen.sources')).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
    await pressKey('F9');
    expect(screen.getByRole('dialog', { name: 'Generar QR' })).toBeDefined();
    await act(async () => store.getState().closeDialog());
    await tell('line.changed', facts.lineDown);
    await pressKey('F9');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
