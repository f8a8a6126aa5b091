import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTexts } from '../../texts/create-texts.ts';
import { createToasts } from './create-toasts.ts';
import { LoadingState } from './loading-state.tsx';
import { TextsProvider } from './texts-provider.tsx';
import { ToastRegion } from './toast-region.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pass = (milliseconds: number): void => {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
};

function showRegion() {
  const toasts = createToasts();
  render(
    <TextsProvider texts={createTexts('es')}>
      <ToastRegion toasts={toasts} />
    </TextsProvider>,
  );
  return toasts;
}

describe('toasts', () => {
  test('a toast stays six seconds', () => {
    const toasts = showRegion();
    act(() => toasts.show({ message: 'Tiquete C-053 finalizado.' }));
    pass(5_999);
    expect(screen.queryByText('Tiquete C-053 finalizado.')).not.toBeNull();
    pass(1);
    expect(screen.queryByText('Tiquete C-053 finalizado.')).toBeNull();
  });

  test('it stays while it is pointed at, and six seconds more', () => {
    const toasts = showRegion();
    act(() => toasts.show({ message: 'Guardado.' }));
    fireEvent.pointerEnter(screen.getByText('Guardado.').parentElement ?? document.body);
    pass(20_000);
    expect(screen.queryByText('Guardado.')).not.toBeNull();
    fireEvent.pointerLeave(screen.getByText('Guardado.').parentElement ?? document.body);
    pass(6_000);
    expect(screen.queryByText('Guardado.')).toBeNull();
  });

  test('two at most: a third drops the oldest', () => {
    const toasts = showRegion();
    act(() => {
      for (const message of ['uno', 'dos', 'tres']) toasts.show({ message });
    });
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['dos', 'tres']);
  });

  test('its one action acts once and takes the toast away', () => {
    const toasts = showRegion();
    const onPress = vi.fn();
    act(() => toasts.show({ message: 'Tiquete C-053 finalizado.', action: { label: 'Deshacer', onPress } }));
    fireEvent.click(screen.getByRole('button', { name: 'Deshacer' }));
    expect(onPress).toHaveBeenCalledOnce();
    expect(screen.queryByText('Tiquete C-053 finalizado.')).toBeNull();
  });

  test('the region is heard politely and is there before the first toast', () => {
    showRegion();
    expect(screen.getByRole('region', { name: 'Avisos' }).querySelector('[aria-live=polite]')).not.toBeNull();
  });
});

describe('loading', () => {
  test('nothing is shown for 200 ms', () => {
    render(
      <TextsProvider texts={createTexts('es')}>
        <LoadingState />
      </TextsProvider>,
    );
    pass(199);
    expect(screen.getByRole('status').textContent).toBe('');
    pass(1);
    expect(screen.getByRole('status').textContent).toBe('Cargando');
  });
});
