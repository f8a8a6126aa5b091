import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LongList } from './long-list.tsx';

const VIEW_HEIGHT = 710;

beforeEach(() => {
  // jsdom has no layout: the scroller is ten rows high.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(VIEW_HEIGHT);
  vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockImplementation(function scrollHeight(this: Element) {
    return Number.parseInt(this.querySelector<HTMLElement>('[role=presentation]')?.style.height ?? '0', 10);
  });
  Element.prototype.scrollTo = function scrollTo(this: Element, options?: ScrollToOptions | number) {
    const top = typeof options === 'object' ? (options.top ?? 0) : 0;
    if (this.scrollTop === top) return;
    this.scrollTop = top;
    fireEvent.scroll(this);
  };
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function list(keys: readonly string[], more: Partial<Parameters<typeof LongList>[0]> = {}) {
  const places = new Map(keys.map((key, index) => [key, index]));
  return (
    <LongList
      label="Turnos en espera"
      count={keys.length}
      rowHeight={71}
      keyAt={(index) => keys[index]}
      indexOf={(key) => places.get(key) ?? -1}
      renderRow={(index) => (
        <>
          {`Turno ${keys[index]}`} <button type="button">Atender</button>
        </>
      )}
      {...more}
    />
  );
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `C-${index}`);
const rows = (): HTMLElement[] =>
  within(screen.getByRole('list', { name: 'Turnos en espera' })).getAllByRole('listitem');
const row = (text: string): HTMLElement => {
  const found = rows().find((element) => element.textContent.startsWith(`Turno ${text} `));
  if (!found) throw new Error(`${text} is not mounted`);
  return found;
};
const focus = (element: HTMLElement): void => act(() => element.focus());
const press = (key: string): void => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key });
};

describe('long list', () => {
  test('[S2-10] each row says its position and the size of the whole list', () => {
    render(list(numbered(40)));
    expect(row('C-0').getAttribute('aria-posinset')).toBe('1');
    expect(row('C-3').getAttribute('aria-posinset')).toBe('4');
    expect(row('C-3').getAttribute('aria-setsize')).toBe('40');
  });

  test('of 100,000 rows only those in view and a few around are mounted', () => {
    render(list(numbered(100_000)));
    expect(rows().length).toBeGreaterThanOrEqual(10);
    expect(rows().length).toBeLessThan(40);
    expect(row('C-0').getAttribute('aria-setsize')).toBe('100000');
  });

  test('the first row of an empty list is asked for at once, without waiting for something else to change', () => {
    const asked: [number, number][] = [];
    const onWindow = (from: number, to: number): void => void asked.push([from, to]);
    const { rerender } = render(list([], { onWindow }));
    expect(asked).toEqual([]);
    rerender(list(['C-0'], { onWindow }));
    expect(asked).toEqual([[0, 1]]);
    rerender(list(['C-0', 'C-1', 'C-2'], { onWindow }));
    expect(asked.at(-1)).toEqual([0, 3]);
  });

  test('arrows, Page Up and Page Down, Home and End move the focus through rows that were not mounted', () => {
    render(list(numbered(100_000)));
    focus(row('C-0'));
    press('ArrowDown');
    press('ArrowDown');
    expect(document.activeElement).toBe(row('C-2'));
    press('ArrowUp');
    expect(document.activeElement).toBe(row('C-1'));
    press('End');
    expect(document.activeElement).toBe(row('C-99999'));
    press('PageUp');
    const reached = Number(document.activeElement?.getAttribute('aria-posinset'));
    expect(reached).toBeLessThan(99_999);
    expect(reached).toBeGreaterThan(99_980);
    press('Home');
    expect(document.activeElement).toBe(row('C-0'));
    press('ArrowUp');
    expect(document.activeElement).toBe(row('C-0'));
  });

  test('one row is in the order of tabulation, and it is the last one that had the focus', () => {
    render(list(numbered(40)));
    expect(rows().filter((element) => element.tabIndex === 0)).toEqual([row('C-0')]);
    focus(row('C-0'));
    press('ArrowDown');
    expect(rows().filter((element) => element.tabIndex === 0)).toEqual([row('C-1')]);
  });

  test('focus stays on its row when the order changes', () => {
    const keys = numbered(40);
    const { rerender } = render(list(keys));
    focus(row('C-2'));
    rerender(list(['C-39', 'C-2', ...keys.filter((key) => key !== 'C-2' && key !== 'C-39')]));
    expect(document.activeElement).toBe(row('C-2'));
    expect(row('C-2').getAttribute('aria-posinset')).toBe('2');
    press('ArrowDown');
    expect(document.activeElement).toBe(row('C-0'));
  });

  test('focus stays on its row when the new order takes it far out of view', () => {
    const keys = numbered(5_000);
    const { rerender } = render(list(keys));
    focus(row('C-2'));
    rerender(list([...keys.filter((key) => key !== 'C-2'), 'C-2']));
    expect(document.activeElement).toBe(row('C-2'));
    expect(row('C-2').getAttribute('aria-posinset')).toBe('5000');
  });

  test('focus on a button of a row survives a new order', () => {
    const keys = numbered(40);
    const { rerender } = render(list(keys));
    const button = within(row('C-2')).getByRole('button', { name: 'Atender' });
    focus(button);
    rerender(list(keys.toReversed()));
    expect(document.activeElement).toBe(button);
  });

  test('when the row with the focus leaves, the keyboard stays in the list at the same place', () => {
    const keys = numbered(40);
    const { rerender } = render(list(keys));
    focus(row('C-2'));
    rerender(list(keys.filter((key) => key !== 'C-2')));
    expect(document.activeElement).toBe(screen.getByRole('list', { name: 'Turnos en espera' }));
    press('ArrowUp');
    expect(document.activeElement).toBe(row('C-1'));
  });

  test('a list without the focus does not take it when a row leaves', () => {
    const keys = numbered(40);
    const { rerender } = render(list(keys));
    rerender(list(keys.slice(1)));
    expect(document.activeElement).toBe(document.body);
  });

  test('Enter and a press open the row; a button inside it does its own act only', () => {
    const onOpen = vi.fn();
    render(list(numbered(40), { onOpen }));
    focus(row('C-0'));
    press('ArrowDown');
    press('Enter');
    expect(onOpen.mock.calls).toEqual([['C-1']]);
    fireEvent.click(row('C-3'));
    expect(onOpen.mock.calls).toEqual([['C-1'], ['C-3']]);
    fireEvent.click(within(row('C-4')).getByRole('button', { name: 'Atender' }));
    expect(onOpen).toHaveBeenCalledTimes(2);
  });

  test('the owner is asked for the rows in view, and again after scrolling', () => {
    const onWindow = vi.fn();
    render(list(numbered(1_000), { onWindow }));
    expect(onWindow.mock.lastCall?.[0]).toBe(0);
    expect(onWindow.mock.lastCall?.[1]).toBeGreaterThanOrEqual(10);
    const scroller = screen.getByRole('list', { name: 'Turnos en espera' });
    scroller.scrollTop = 500 * 71;
    fireEvent.scroll(scroller);
    const [from, to] = onWindow.mock.lastCall ?? [];
    expect(from).toBeLessThanOrEqual(500);
    expect(from).toBeGreaterThan(480);
    expect(to).toBeGreaterThanOrEqual(510);
  });

  test('a row that is not loaded yet is busy', () => {
    render(list(numbered(40), { keyAt: () => undefined, renderRow: () => 'Cargando' }));
    expect(rows()[0]?.getAttribute('aria-busy')).toBe('true');
  });

  test('an empty list is still there by its name, with the words of what will fill it', () => {
    render(list([], { empty: <p>Nadie en espera</p> }));
    expect(screen.getByRole('list', { name: 'Turnos en espera' })).toBeDefined();
    expect(screen.getByText('Nadie en espera')).toBeDefined();
  });

  test('a grid counts its header among its rows and marks the row that is shown elsewhere', () => {
    const keys = numbered(100);
    render(
      list(keys, {
        role: 'grid',
        currentKey: 'C-1',
        header: (
          <div role="row">
            <div role="columnheader">TIQUETE</div>
          </div>
        ),
        renderRow: (index) => <div role="gridcell">{keys[index]}</div>,
      }),
    );
    expect(screen.getByRole('grid', { name: 'Turnos en espera' }).getAttribute('aria-rowcount')).toBe('101');
    const current = screen.getByRole('row', { selected: true });
    expect(current.textContent).toBe('C-1');
    expect(current.getAttribute('aria-rowindex')).toBe('3');
  });
});
