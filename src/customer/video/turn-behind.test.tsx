import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AskedPage } from '../turn/ask-for-page.ts';
import { called } from '../testing/sample-guest.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const turnUrl = '/turn#token';
const heading = (): string => screen.getByRole('heading', { level: 1 }).textContent ?? '';
const text = (): string => document.body.textContent ?? '';
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const isThere = (name: string): boolean => screen.queryByRole('button', { name }) !== null;

/** A guest who came from the page of their turn waits, and the server answers as the test says. */
async function waiting(url: string | null = turnUrl) {
  const page = videoUnderTest({ turnUrl: url });
  await page.goIn();
  page.say({ canHop: true });
  const answers: ((asked: AskedPage) => void)[] = [];
  page.toCounter.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  return { ...page, answer: (asked: AskedPage) => act(async () => answers.shift()?.(asked)) };
}

describe('back to the counter', () => {
  it('[PT1] [T25] ends the video, with its camera, and goes on to the page of the turn', async () => {
    const page = await waiting();
    await press('Volver a la sucursal');
    // The word that the link is no more comes first.
    page.refuse('LINK_INVALID');
    expect(heading()).toBe('Su turno está de vuelta en la sucursal');
    expect(text()).toContain('El tiquete A-007 conserva su lugar');
    expect(page.live().close).toHaveBeenCalled();
    await page.answer({ url: turnUrl });
    expect(page.go.mock.calls).toEqual([[turnUrl]]);
    expect(heading()).toBe('Su turno está de vuelta en la sucursal');
    await press('Ver mi turno');
    expect(page.go.mock.calls).toEqual([[turnUrl], [turnUrl]]);
  });

  it('[PT2] [R1] stays in the video when an agent calls at that moment, and says so', async () => {
    const page = await waiting();
    await press('Volver a la sucursal');
    await press('Volver a la sucursal');
    expect(page.toCounter).toHaveBeenCalledOnce();
    await page.answer({ failure: 'called' });
    expect(text()).toContain('Su turno ya se llamó y no se cambió: le atienden por video.');
    page.say(called());
    expect(page.calls).toHaveLength(1);
    expect(page.go).not.toHaveBeenCalled();
  });

  it.each([
    ['used', 'sigue en otro dispositivo'],
    ['blocked', 'un asesor reportó una atención'],
    ['tooMany', 'Espere un minuto'],
    ['often', 'ya cambió demasiadas veces entre el video y la sucursal'],
    ['invalid', 'El enlace de su turno ya no es válido'],
    ['unavailable', 'La central no pudo cambiarlo ahora'],
  ] as const)(
    '[PT1] stays in the video, says what the refusal was, and not to press again: %s',
    async (failure, told) => {
      const page = await waiting();
      await press('Volver a la sucursal');
      await page.answer({ failure });
      expect(text()).toContain(told);
      expect(text()).not.toMatch(/toque de nuevo/i);
      expect(page.go).not.toHaveBeenCalled();
    },
  );

  it('[PT1] without an answer says to press again, which is done then', async () => {
    const page = await waiting();
    await press('Volver a la sucursal');
    await page.answer({ failure: 'failed' });
    expect(text()).toContain('No llegó la respuesta. Su lugar se conserva. Revise su conexión y toque de nuevo.');
    await press('Volver a la sucursal');
    await page.answer({ url: turnUrl });
    expect(page.go.mock.calls).toEqual([[turnUrl]]);
  });

  it('[R7] without the line waits for it, and says why', async () => {
    const page = await waiting();
    act(() => page.live().show({ isSilent: true }));
    expect(text()).toContain('Sin conexión no se puede cambiar. Su lugar se conserva.');
    await press('Volver a la sucursal');
    expect(page.toCounter).not.toHaveBeenCalled();
  });

  it('[PT3] is offered only to who came from the page of a turn which has a counter', async () => {
    const page = await waiting(null);
    expect(isThere('Volver a la sucursal')).toBe(false);
    page.say({});
    cleanup();
    const other = await waiting();
    other.say({});
    expect(isThere('Volver a la sucursal')).toBe(false);
  });

  it('[B59] a link that is no more leads to the page of the turn, where it is known', async () => {
    const page = await waiting();
    page.refuse('LINK_INVALID');
    expect(heading()).toBe('El enlace no es válido');
    expect(isThere('Ver mi turno')).toBe(true);
    cleanup();
    const other = await waiting(null);
    other.refuse('LINK_INVALID');
    expect(isThere('Ver mi turno')).toBe(false);
    expect(page.go).not.toHaveBeenCalled();
  });
});

describe('a guest who was called and not seen', () => {
  it('[S2-35] is told in the waiting room that they wait further back', async () => {
    const page = await waiting(null);
    page.say(called());
    page.say({ requeued: 'noShow' });
    expect(text()).toContain('Lo llamamos y no hubo respuesta. Sigue en la fila, más atrás que antes.');
    page.say({ requeued: 'byAgent' });
    expect(text()).toContain('La sucursal movió su turno más atrás en la fila.');
    page.say({ requeued: 'moved' });
    expect(text()).toContain('Su turno está más atrás en la fila que antes.');
  });

  it.each(['noShow', 'cancelled'] as const)('[S2-35] [PT5] [T25] may ask for another turn: %s', async (phase) => {
    const page = await waiting(null);
    page.say({ phase, canRenew: true });
    expect(text()).toContain('pida otro turno: espera aquí mismo, por video.');
    page.renew.mockResolvedValueOnce({ failure: 'failed' });
    await press('Pedir otro turno');
    expect(text()).toContain('No llegó la respuesta. Revise su conexión y toque de nuevo.');
    page.renew.mockResolvedValueOnce({ url: '/video#next.turn' });
    await press('Pedir otro turno');
    expect(page.go.mock.calls).toEqual([['/video#next.turn']]);
  });

  it.each([
    ['called', 'ya no se puede pedir otro desde aquí'],
    ['used', 'sigue en otro dispositivo'],
    ['blocked', 'un asesor reportó una atención'],
    ['tooMany', 'Espere un minuto'],
    ['invalid', 'ya no es válido'],
    ['unavailable', 'La central no pudo darle otro turno ahora'],
  ] as const)('[S2-35] is told what the refusal was, and not to press again: %s', async (failure, told) => {
    const page = await waiting(null);
    page.say({ phase: 'noShow', canRenew: true });
    page.renew.mockResolvedValueOnce({ failure });
    await press('Pedir otro turno');
    expect(text()).toContain(told);
    expect(text()).not.toMatch(/toque de nuevo/i);
  });

  it('[S2-35] may not where there is none to be had', async () => {
    const page = await waiting(null);
    page.say({ phase: 'noShow' });
    expect(isThere('Pedir otro turno')).toBe(false);
    expect(text()).toContain('pida otro a su sucursal');
  });
});
