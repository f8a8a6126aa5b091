import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TurnState } from '../../protocol/http/public-api.ts';
import { fakeLiveView } from '../testing/fake-live-view.ts';
import { sampleTurn, TEN_42 } from '../testing/sample-states.ts';
import { createTurnAlerts } from './turn-alerts.ts';
import { TurnPage } from './turn-page.tsx';

const play = vi.fn<() => Promise<void>>(() => Promise.resolve());

function setUp(languages: readonly string[] = ['es-CO']) {
  const live = fakeLiveView<TurnState>(() => TEN_42);
  const alerts = createTurnAlerts({
    chime: { play, unblock: () => undefined },
    vibrate: () => undefined,
    keepAwake: () => undefined,
  });
  render(<TurnPage token="token" live={live} alerts={alerts} languages={languages} />);
  const show = (change: Partial<TurnState>) =>
    act(() => live.show({ state: sampleTurn(change), heardAt: TEN_42, isSilent: false }));
  return { live, show };
}

const card = () => document.querySelector('section')!;

afterEach(cleanup);

describe('turn page', () => {
  it('shows code, place and a range, never an exact minute', () => {
    const { show } = setUp();
    show({});
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('R-036');
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Faltan 3 personas');
    expect(card().textContent).toContain('Espera de 10 a 20 min');
    expect(card().textContent).toContain('Actualizado 10:42');
    show({ ahead: 0, range: null });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Pronto será su turno');
    expect(card().textContent).toContain('Aún no hay una espera estimada.');
    show({ ahead: null });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('—');
  });

  it('[S2-28] tells clearly that the turn is called, and where', () => {
    const { show } = setUp();
    show({ state: 'calling', ahead: null, range: null, moduleName: 'Módulo 2' });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Es su turno');
    expect(card().textContent).toContain('Pase a Módulo 2');
    expect(card().getAttribute('aria-live')).toBe('assertive');
    expect(document.title).toBe('R-036 · Llamando');
  });

  it.each([
    [{ state: 'attending', moduleName: 'Módulo 2' }, 'En atención en Módulo 2'],
    [{ state: 'attending', moduleName: null }, 'En atención'],
    [{ state: 'finished' }, 'Su atención terminó'],
    [{ state: 'cancelled' }, 'Este turno se canceló'],
    [{ state: 'noShow' }, 'Se llamó su turno y no hubo respuesta'],
  ] as const)('says what became of it: %o', (change, words) => {
    const { show } = setUp();
    show({ ...change, ahead: null, range: null });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(words);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('[T21] says that the line is down and of when the last word is', () => {
    const { live, show } = setUp();
    show({ state: 'calling', moduleName: 'Módulo 2' });
    act(() => live.show({ isSilent: true }));
    expect(screen.getByRole('status').textContent).toBe('Sin conexión. Se muestra lo último recibido a las 10:42.');
    expect(card().hasAttribute('data-old')).toBe(true);
  });

  it('[B59] shows the same for a wrong link, an old one and none', () => {
    const { live } = setUp();
    act(() => live.show({ refusal: 'NOT_FOUND' }));
    const refused = document.body.innerHTML;
    expect(screen.getByRole('heading').textContent).toBe('Este enlace no es válido o ya venció');
    cleanup();
    const alerts = createTurnAlerts({
      chime: { play, unblock: () => undefined },
      vibrate: () => undefined,
      keepAwake: () => undefined,
    });
    render(<TurnPage token="token" live={null} alerts={alerts} languages={['es-CO']} />);
    expect(document.body.innerHTML).toBe(refused);
  });

  it('says that it has no line before the first word of the server', () => {
    const { live } = setUp();
    expect(screen.getByRole('heading').textContent).toBe('Cargando');
    act(() => live.show({ isSilent: true }));
    expect(screen.getByRole('heading').textContent).toBe('Sin conexión');
  });

  it('tells when it is near to who asks for it', () => {
    const { show } = setUp();
    show({});
    fireEvent.click(screen.getByRole('button', { name: 'Avisarme cuando falte poco' }));
    const armed = screen.getByRole('button', { name: 'Le avisaremos cuando falte poco' });
    expect(armed.getAttribute('aria-pressed')).toBe('true');
  });

  it('is in the language of the phone, with the hour of the branch', () => {
    const { show } = setUp(['en-US']);
    show({ timeZone: 'America/Sao_Paulo' });
    expect(document.documentElement.lang).toBe('en');
    expect(card().textContent).toContain('3 people before you');
    expect(card().textContent).toContain('Updated 12:42');
  });

  it.each([
    ['noShow', 'Lo llamamos y no hubo respuesta. Sigue en la fila, más atrás que antes.'],
    ['byAgent', 'La sucursal movió su turno más atrás en la fila.'],
    ['moved', 'Su turno está más atrás en la fila que antes.'],
  ] as const)('[S2-35] says why it waits further back: %s', (requeued, words) => {
    const { show } = setUp();
    show({ requeued });
    expect(card().textContent).toContain(words);
  });
});
