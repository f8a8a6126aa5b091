import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MARK_LENGTH } from '../../../protocol/commands/mark-commands.ts';
import { press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { asesoria, NOW } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, work } from '../../testing/scenes.ts';

const since = NOW - (12 * 60 + 47) * 1_000;
const header = {
  ...tickets.attendingTicket.header,
  kind: 'virtual',
  serviceId: asesoria,
  turnCode: 'A-007',
  appointmentAt: null,
  attendingSince: since,
} as const;
const attending = { ...tickets.attendingTicket, header };
const { id: ticketId } = header;
const attentionId = header.holder!.attentionId;
const begun = { kind: 'mark', attentionId, momentMs: 61_000, text: 'Pide copia' } as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const open = () => renderDesk((fake) => work(fake, { ticket: attending }));
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Tag' });

describe('Tag', () => {
  test('[S2-45] the line says the moment of now, and a mark has the one at which its first letter was written', async () => {
    const { fake, tick } = await open();
    expect(field().placeholder).toBe('Tag en 12:47');
    await write('Tag', 'P');
    await tick(8_000);
    await write('Tag', 'Pide copia');
    await press('Marcar');
    expect(lastAct(fake)).toEqual({ type: 'mark.add', ticketId, attentionId, momentMs: 767_000, text: 'Pide copia' });
    expect(field().value).toBe('');
    expect(field().placeholder).toBe('Tag en 12:55');
  });

  test('[S2-45] Enter adds it and the field keeps the focus; with nothing written nothing is sent', async () => {
    const { fake } = await open();
    field().focus();
    await pressKey('Enter');
    expect(fake.seenOf('act')).toEqual([]);
    await write('Tag', '   ');
    await pressKey('Enter');
    expect(fake.seenOf('act')).toEqual([]);
    await write('Tag', 'Aquí');
    await pressKey('Enter');
    expect(fake.seenOf('act')).toHaveLength(1);
    expect(document.activeElement).toBe(field());
  });

  test('[S2-45] [R2] without the line it is added all the same', async () => {
    const { fake, tell } = await open();
    await tell('line.changed', facts.lineDown);
    await write('Tag', 'Aquí');
    await press('Marcar');
    expect(lastAct(fake)).toMatchObject({ type: 'mark.add', text: 'Aquí' });
  });

  test('[S2-45] [R5] what is refused or too long stays in the line', async () => {
    const { fake } = await open();
    const long = 'a'.repeat(MARK_LENGTH + 1);
    await write('Tag', long);
    expect(screen.getByRole('alert').textContent).toContain('300');
    await press('Marcar');
    expect(fake.seenOf('act')).toEqual([]);
    fake.refuse('act', 'DISK_FULL');
    await write('Tag', 'corto');
    await press('Marcar');
    expect(screen.getByRole('alert')).toBeDefined();
    expect(field().value).toBe('corto');
  });

  test('[S2-45] [R3] what was begun is kept by the desk, and is there with its moment after a crash', async () => {
    const { fake } = await open();
    await write('Tag', 'Pide copia');
    await act(async () => void (await vi.advanceTimersByTimeAsync(300)));
    expect(fake.seenOf('writing.save')).toMatchObject([{ ticketId, kind: 'mark', writing: { text: 'Pide copia' } }]);
    cleanup();
    const again = await open();
    await again.tell('current.changed', facts.current(attending, { writings: [begun] }));
    expect(field().value).toBe('Pide copia');
    await press('Marcar');
    expect(lastAct(again.fake)).toMatchObject({ momentMs: 61_000, text: 'Pide copia' });
  });

  test('a desk that cannot keep it says so', async () => {
    const { fake } = await open();
    fake.refuse('writing.save', 'NO_SAFE_STORE');
    await write('Tag', 'Aquí');
    await act(async () => void (await vi.advanceTimersByTimeAsync(300)));
    expect(screen.getByRole('alert').textContent).toContain('no puede guardar');
  });

  test('[S2-45] before they talk nothing can be marked, and the line says when', async () => {
    const ticket = {
      ...tickets.callingTicket,
      header: { ...tickets.callingTicket.header, kind: 'virtual' as const, serviceId: asesoria },
    };
    await renderDesk((fake) => work(fake, { ticket }));
    expect(field().disabled).toBe(true);
    expect(field().placeholder).toBe('Tag: cuando empiece la conversación');
  });

  test('[S2-36] [S2-45] Terminar atención asks about a mark that was not added', async () => {
    const { fake } = await open();
    await write('Tag', 'Pide copia');
    await press('Terminar atención', { inside: region('Atención') });
    expect(screen.getByRole('dialog').textContent).toContain('Pide copia');
    await press('Agregar Tag y finalizar');
    expect(fake.seenOf('act').map(({ type }) => type)).toEqual(['mark.add', 'attention.finish']);
  });

  test('[S2-45] a mark begun in a call that passed on is offered between two customers, for its own moment', async () => {
    const { fake, tell } = await renderDesk((desk) => work(desk, { ticket: null }));
    const { header: other } = tickets.waitingRows[1]!;
    const writings = [{ ticketId: other.id, turnCode: 'A-007', writing: begun }];
    await tell('handled.changed', { tickets: [], drafts: [], writings });
    const notes = region('Notas sin agregar');
    expect(notes.getByText('Tag en 01:01 — Pide copia')).toBeDefined();
    await act(async () => void fireEvent.click(notes.getByRole('button', { name: 'Marcar' })));
    expect(lastAct(fake)).toEqual({
      type: 'mark.add',
      ticketId: other.id,
      attentionId,
      momentMs: 61_000,
      text: 'Pide copia',
    });
    expect(screen.queryByRole('region', { name: 'Notas sin agregar' })).toBeNull();
  });
});
