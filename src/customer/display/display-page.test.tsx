import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DisplayState } from '../../protocol/http/public-api.ts';
import type { Chime } from '../sound/chime.ts';
import { fakeLiveView } from '../testing/fake-live-view.ts';
import { sampleCall, sampleDisplay, TEN_42 } from '../testing/sample-states.ts';
import { createAnnouncer } from './announcer.ts';
import { DisplayPage } from './display-page.tsx';
import { readDisplayFrame } from './read-display-frame.ts';

const CALLS = [
  sampleCall('6', 'R-034', { moduleName: 'Módulo 2' }),
  sampleCall('5', 'C-050', { moduleName: 'Módulo 1' }),
  sampleCall('4', 'A-007', { moduleName: 'Módulo 3' }),
  sampleCall('3', 'C-049', { moduleName: 'Módulo 2' }),
  sampleCall('2', 'R-033', { moduleName: 'Módulo 4' }),
  sampleCall('1', 'C-048', { moduleName: 'Módulo 1' }),
];

function setUp() {
  let isBlocked = false;
  const listeners = new Set<() => void>();
  const chime: Chime = {
    play: () => Promise.resolve(),
    isBlocked: () => isBlocked,
    unblock: () => {
      isBlocked = false;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const spoken: string[] = [];
  const speech = {
    speak: ({ text }: { text: string }) => {
      spoken.push(text);
      return Promise.resolve();
    },
  };
  const live = fakeLiveView<DisplayState>(() => TEN_42);
  const announcer = createAnnouncer({
    chime,
    speech,
    wordsFor: ({ code }) => ({ text: code, locale: 'es-CO' }),
    now: () => TEN_42,
  });
  render(<DisplayPage live={live} announcer={announcer} chime={chime} locale="es-CO" />);
  const show = (state: DisplayState) =>
    act(() => {
      live.show({ state, heardAt: state.serverTime, isSilent: false });
      announcer.hear(state.calls);
    });
  const block = () => {
    isBlocked = true;
  };
  return { live, show, block, spoken };
}

const called = () => document.querySelector('[aria-live="assertive"]')!;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('display page', () => {
  it('[S2-55] shows the called turn and its module, the five before it, the hour of the branch and who is next', () => {
    const { show } = setUp();
    show(sampleDisplay({ calls: CALLS, waiting: { count: 15, codes: ['C-051', 'R-035'] } }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('R-034');
    expect(called().textContent).toContain('Módulo 2');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'C-050Módulo 1',
      'A-007Módulo 3',
      'C-049Módulo 2',
      'R-033Módulo 4',
      'C-048Módulo 1',
    ]);
    expect(screen.getByRole('banner').textContent).toBe('Demo Telecom · Sucursal CentroDEMOjueves 23 de julio10:42');
    expect(screen.getByRole('contentinfo').textContent).toBe('SiguenC-051R-03515 en espera');
  });

  it('[S2-55] shows one call at a time while several come at once', async () => {
    const { show, spoken } = setUp();
    show(sampleDisplay());
    show(sampleDisplay({ calls: [sampleCall('b', 'C-002'), sampleCall('a', 'C-001')] }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('C-001');
    expect(document.body.textContent).not.toContain('C-002');
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('C-002');
    expect(screen.getByRole('listitem').textContent).toContain('C-001');
    expect(spoken).toEqual(['C-001', 'C-002']);
  });

  it('[S2-28] tells a recall of the same turn again, to the ear and to assistive technology', async () => {
    const { show, spoken } = setUp();
    show(sampleDisplay());
    show(sampleDisplay({ calls: [sampleCall('a', 'C-001')] }));
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    const first = called().firstElementChild;
    show(sampleDisplay({ calls: [sampleCall('a2', 'C-001')] }));
    expect(called().firstElementChild).not.toBe(first);
    expect(called().textContent).toContain('C-001');
    expect(screen.queryAllByRole('listitem')).toHaveLength(0);
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(spoken).toEqual(['C-001', 'C-001']);
  });

  it('[T21] marks a state that may be old with since when, and calls nobody with it', () => {
    const { live, show } = setUp();
    show(sampleDisplay({ calls: CALLS, waiting: { count: 3, codes: ['C-051'] } }));
    expect(screen.queryByRole('status')).toBeNull();
    expect(called().hasAttribute('data-old')).toBe(false);
    act(() => live.show({ isSilent: true }));
    expect(screen.getByRole('status').textContent).toContain('Sin conexión desde 10:42');
    expect(called().hasAttribute('data-old')).toBe(true);
    expect(screen.getByRole('contentinfo').textContent).not.toContain('C-051');
  });

  it('[T21] shows a name only where the branch sends one, and nothing else that a frame might carry', () => {
    const { show } = setUp();
    const canaries = { document: '52418903', surname: 'CANARY', contact: { lastName: 'CANARY' } };
    const frame = {
      type: 'display',
      ...canaries,
      state: {
        ...sampleDisplay({ calls: [sampleCall('2', 'C-002', { name: 'María O.' }), sampleCall('1', 'C-001')] }),
        ...canaries,
        calls: [{ ...sampleCall('2', 'C-002', { name: 'María O.' }), ...canaries }],
      },
    };
    const read = readDisplayFrame(frame);
    if (read?.type !== 'state') throw new Error('the frame was not read');
    show(read.state);
    expect(called().textContent).toContain('María O.');
    expect(document.body.innerHTML).not.toMatch(/CANARY|52418903/);
    show(sampleDisplay({ calls: [sampleCall('3', 'C-003')] }));
    expect(document.body.textContent).not.toContain('María');
  });

  it('[S2-55] speaks the language of the branch', () => {
    const { show } = setUp();
    show(sampleDisplay({ locale: 'pt-BR', timeZone: 'America/Sao_Paulo', calls: CALLS }));
    expect(called().textContent).toContain('Senha chamada');
    expect(document.documentElement.lang).toBe('pt');
    expect(screen.getByRole('banner').textContent).toContain('12:42');
  });

  it('[S2-55] asks for a touch where the browser does not let it sound', () => {
    const { show, block } = setUp();
    block();
    show(sampleDisplay());
    fireEvent.click(screen.getByRole('button', { name: 'Activar sonido' }));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that nobody was called yet, that the branch is unknown, that there is no line', () => {
    const { live, show } = setUp();
    expect(document.body.textContent).toContain('Cargando');
    act(() => live.show({ isSilent: true }));
    expect(screen.getByRole('heading').textContent).toBe('Sin conexión');
    act(() => live.show({ refusal: 'NOT_FOUND' }));
    expect(screen.getByRole('heading').textContent).toBe('Esta pantalla no corresponde a una sucursal');
    act(() => live.show({ refusal: null }));
    show(sampleDisplay());
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Aún no hay llamados');
    expect(screen.getByRole('contentinfo').textContent).toBe('Tenga a la mano su documento.Nadie en espera');
  });
});
