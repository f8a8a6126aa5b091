import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Select } from './select.tsx';

afterEach(cleanup);

const options = [
  { value: 'online', label: 'En línea', shortcut: 'Control+1' },
  { value: 'offline', label: 'Fuera de línea' },
  { value: 'lunch', label: 'Almorzando', isDisabled: true },
] as const;

const open = (name: string): void => {
  const combobox = screen.getByRole('combobox', { name });
  fireEvent.keyDown(combobox, { key: 'ArrowDown' });
  fireEvent.keyUp(combobox, { key: 'ArrowDown' });
};

describe.each(['field', 'bar'] as const)('select, variant %s', (variant) => {
  test('[S2-04] it is a combobox named by its label alone, and shows the chosen option', () => {
    render(
      <Select
        variant={variant}
        label="Estado"
        options={options}
        value="online"
        onChange={() => undefined}
        figure="00:41"
      />,
    );
    const combobox = screen.getByRole('combobox', { name: 'Estado' });
    expect(combobox.textContent).toContain('En línea');
    expect(combobox.getAttribute('aria-expanded')).toBe('false');
  });

  test('it opens by keyboard, options are named without their keys, and choosing one tells the owner', () => {
    const onChange = vi.fn();
    render(<Select variant={variant} label="Estado" options={options} value="online" onChange={onChange} />);
    open('Estado');
    expect(screen.getByRole('listbox', { name: 'Estado' })).toBeDefined();
    expect(screen.getByRole('option', { name: 'En línea', selected: true })).toBeDefined();
    fireEvent.click(screen.getByRole('option', { name: 'Fuera de línea' }));
    expect(onChange.mock.calls).toEqual([['offline']]);
    expect(screen.queryByRole('listbox')).toBeNull();
  });
});

describe('select', () => {
  test('an option says its detail in its name: who sits at the module', () => {
    render(
      <Select
        label="Módulo"
        options={[{ value: '1', label: 'Módulo 1', detail: 'Ocupado, Luis Paredes' }]}
        value={null}
        onChange={() => undefined}
      />,
    );
    open('Módulo');
    expect(screen.getByRole('option', { name: 'Módulo 1 · Ocupado, Luis Paredes' })).toBeDefined();
  });

  test('a disabled option cannot be chosen', () => {
    const onChange = vi.fn();
    render(<Select label="Estado" options={options} value="online" onChange={onChange} />);
    open('Estado');
    const option = screen.getByRole('option', { name: 'Almorzando' });
    expect(option.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(option);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('requirement and error describe it without changing its name', () => {
    render(
      <Select
        label="Tipificación"
        requirement="obligatoria"
        error="Elija una."
        options={options}
        value={null}
        onChange={() => undefined}
      />,
    );
    const combobox = screen.getByRole('combobox', { name: 'Tipificación' });
    expect(combobox.getAttribute('aria-invalid')).toBe('true');
    const described = (combobox.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(['(obligatoria)', 'Elija una.']);
  });

  test('a value that is not among the options shows the placeholder', () => {
    render(
      <Select label="Resultado" placeholder="Elija un resultado" options={options} value={null} onChange={vi.fn()} />,
    );
    expect(screen.getByRole('combobox', { name: 'Resultado' }).textContent).toContain('Elija un resultado');
  });
});
