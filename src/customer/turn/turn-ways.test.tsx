import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VideoObstacle } from '../video/video-obstacle.ts';
import { sampleTurn } from '../testing/sample-states.ts';
import { HopWay } from './hop-way.tsx';
import { RenewWay } from './renew-way.tsx';
import { turnWords } from './turn-words.ts';

afterEach(cleanup);

const words = turnWords('es');
const url = 'https://turnos.example/video#link.token';
const button = (name: string): HTMLButtonElement => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const answering = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
const sentIn = (fetchFrom: ReturnType<typeof answering>): unknown[] =>
  fetchFrom.mock.calls.map(([path, init]) => [path, typeof init?.body === 'string' ? JSON.parse(init.body) : null]);

describe('the way to the video and back', () => {
  const hopWay = (
    change: Parameters<typeof sampleTurn>[0],
    fetchFrom = answering(200, { url }),
    { isOld = false, obstacle = null }: { isOld?: boolean; obstacle?: VideoObstacle | null } = {},
  ) => {
    const go = vi.fn<(to: string) => void>();
    const page = (state: Parameters<typeof sampleTurn>[0]) => (
      <HopWay token="token" state={sampleTurn(state)} {...{ isOld, obstacle, words, fetchFrom, go }} />
    );
    const { rerender } = render(page(change));
    return { go, fetchFrom, show: (next: Parameters<typeof sampleTurn>[0]) => rerender(page(next)) };
  };

  it('[PT1] leads a turn of the counter on to its video', async () => {
    const { go, fetchFrom } = hopWay({ canHop: true });
    const note = document.getElementById(button('Atenderme por video').getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toBe(words.toVideoNote);
    await press('Atenderme por video');
    expect(sentIn(fetchFrom)).toEqual([['/v1/turns/hops', { token: 'token', to: 'video' }]]);
    expect(go.mock.calls).toEqual([[url]]);
  });

  it('[PT1] leads it back, and stays on its page', async () => {
    const { go, fetchFrom } = hopWay({ canHop: true, isVideo: true });
    await press('Volver a la sucursal');
    expect(sentIn(fetchFrom)).toEqual([['/v1/turns/hops', { token: 'token', to: 'counter' }]]);
    expect(go).not.toHaveBeenCalled();
    expect(button('Volver a la sucursal').disabled).toBe(false);
  });

  it('[PT2] is not there where there is no such way', () => {
    hopWay({});
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('[R7] without the line says why it cannot be', () => {
    const { fetchFrom } = hopWay({ canHop: true }, undefined, { isOld: true });
    expect(button('Atenderme por video').disabled).toBe(true);
    expect(document.body.textContent).toContain('Sin conexión no se puede cambiar. Su lugar se conserva.');
    fireEvent.click(button('Atenderme por video'));
    expect(fetchFrom).not.toHaveBeenCalled();
  });

  it.each([
    ['noCookies', 'permita las cookies'],
    ['insecure', 'conexión segura'],
    ['unsupported', 'no puede hacer videollamadas'],
  ] as const)('[B73] does not take a turn away from who could not enter: %s', (obstacle, reason) => {
    hopWay({ canHop: true }, undefined, { obstacle });
    expect(button('Atenderme por video').disabled).toBe(true);
    expect(document.body.textContent).toContain(reason);
    cleanup();
    // The way back is open to everybody.
    hopWay({ canHop: true, isVideo: true }, undefined, { obstacle });
    expect(button('Volver a la sucursal').disabled).toBe(false);
  });

  it('[PT2] [R1] whoever presses while an agent calls is told so, though the button is gone', async () => {
    const { go, show } = hopWay({ canHop: true }, answering(409, { code: 'WRONG_STATE' }));
    await press('Atenderme por video');
    show({ state: 'calling', ahead: null });
    expect(screen.getByRole('status').textContent).toBe('Su turno ya se llamó y no se cambió.');
    expect(screen.queryByRole('button')).toBeNull();
    expect(go).not.toHaveBeenCalled();
  });

  it.each([
    [409, { code: 'LINK_USED' }, 'otro dispositivo'],
    [429, { code: 'TOO_MANY_REQUESTS' }, 'Espere un minuto'],
    [409, { code: 'TOO_MANY_HOPS' }, 'ya cambió demasiadas veces'],
    [500, '<html>', 'toque de nuevo'],
  ])('says what to do after %i %o', async (status, body, told) => {
    hopWay({ canHop: true }, answering(status, body));
    await press('Atenderme por video');
    expect(screen.getByRole('status').textContent).toContain(told);
    expect(button('Atenderme por video').disabled).toBe(false);
  });
});

describe('another turn', () => {
  it('[S2-35] [PT5] is had with one press, for the same service', async () => {
    const go = vi.fn<(to: string) => void>();
    const fetchFrom = answering(201, { url: 'https://turnos.example/turn#next' });
    render(<RenewWay token="token" serviceName="Reclamos" isOld={false} {...{ words, fetchFrom, go }} />);
    expect(document.body.textContent).toContain('Para Reclamos, al final de la fila.');
    await press('Pedir otro turno');
    expect(sentIn(fetchFrom)).toEqual([['/v1/turns/renewals', { token: 'token', page: 'turn' }]]);
    expect(go.mock.calls).toEqual([['https://turnos.example/turn#next']]);
  });

  it.each([
    [409, { code: 'WRONG_STATE' }, 'ya no se puede pedir otro desde aquí', false],
    [409, { code: 'LINK_USED' }, 'sigue en otro dispositivo', false],
    [403, { code: 'GUEST_BLOCKED' }, 'un asesor reportó una atención', false],
    [404, { code: 'LINK_INVALID' }, 'no es válido o ya venció', false],
    [429, { code: 'TOO_MANY_REQUESTS' }, 'Espere un minuto', false],
    [503, { code: 'UNAVAILABLE' }, 'La central no pudo darle otro turno ahora', false],
    [408, { code: 'TIMEOUT' }, 'No llegó la respuesta', true],
    [500, '<html>', 'No llegó la respuesta', true],
  ])('[S2-35] says what the refusal was after %i %o', async (status, body, told, isToBePressedAgain) => {
    render(<RenewWay token="t" serviceName="Caja" isOld={false} {...{ words, fetchFrom: answering(status, body) }} />);
    await press('Pedir otro turno');
    const said = screen.getByRole('status').textContent ?? '';
    expect(said).toContain(told);
    expect(/toque de nuevo/i.test(said)).toBe(isToBePressedAgain);
  });

  it('[S2-35] says that there was none, and can be pressed again; not without the line', async () => {
    const fetchFrom = answering(409, { code: 'WRONG_STATE' });
    const { rerender } = render(<RenewWay token="t" serviceName="Caja" isOld={false} {...{ words, fetchFrom }} />);
    await press('Pedir otro turno');
    expect(screen.getByRole('status').textContent).toContain('ya no se puede pedir otro desde aquí');
    expect(button('Pedir otro turno').disabled).toBe(false);
    rerender(<RenewWay token="t" serviceName="Caja" isOld {...{ words, fetchFrom }} />);
    expect(button('Pedir otro turno').disabled).toBe(true);
    expect(document.body.textContent).toContain('Sin conexión');
  });
});
