import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTexts } from '../../texts/create-texts.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog } from './dialog.tsx';
import { Ficha } from './ficha.tsx';
import { IconButton } from './icon-button.tsx';
import { MenuButton } from './menu-button.tsx';
import { Switch } from './switch.tsx';
import { Tabs } from './tabs.tsx';
import { TextArea } from './text-area.tsx';
import { TextField } from './text-field.tsx';
import { TextsProvider } from './texts-provider.tsx';
import { Timeline } from './timeline.tsx';

afterEach(cleanup);

const show = (element: ReactElement) =>
  render(element, { wrapper: ({ children }) => <TextsProvider texts={createTexts('es')}>{children}</TextsProvider> });

describe('button', () => {
  test('its name is its words alone: key and countdown are no part of it', () => {
    show(
      <Button shortcut="F2" figure="12 s">
        Llamar nuevamente
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Llamar nuevamente' });
    expect(button.textContent).toContain('12 s');
    expect(button.textContent).toContain('F2');
    expect(button.getAttribute('aria-keyshortcuts')).toBe('F2');
  });

  test('a key with a modifier is drawn in short', () => {
    show(<Button shortcut="Control+Enter">Agregar nota</Button>);
    expect(screen.getByRole('button', { name: 'Agregar nota' }).textContent).toContain('Ctrl ↵');
  });

  test('an unavailable button keeps the focus, says why and does nothing', () => {
    const onPress = vi.fn();
    show(
      <Button unavailable="Requiere conexión" onPress={onPress}>
        Transferir
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Transferir' });
    fireEvent.keyDown(document.body, { key: 'Tab' });
    act(() => button.focus());
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByRole('tooltip').textContent).toBe('Requiere conexión');
    fireEvent.click(button);
    expect(onPress).not.toHaveBeenCalled();
  });

  test('it stays the same element when it becomes available', () => {
    const onPress = vi.fn();
    const { rerender } = show(<Button unavailable="Requiere conexión">Transferir</Button>);
    const before = screen.getByRole('button', { name: 'Transferir' });
    rerender(<Button onPress={onPress}>Transferir</Button>);
    expect(screen.getByRole('button', { name: 'Transferir' })).toBe(before);
    fireEvent.click(before);
    expect(onPress).toHaveBeenCalledOnce();
  });

  test('an icon button is named by its label', () => {
    show(<IconButton label="Más acciones">…</IconButton>);
    expect(screen.getByRole('button', { name: 'Más acciones' })).toBeDefined();
  });
});

describe('menu button', () => {
  test('[S2-35] "No se presenta" opens its two items and tells which was chosen', () => {
    const onAction = vi.fn();
    show(
      <MenuButton
        trigger={<Button>No se presenta</Button>}
        entries={[
          { id: 'cancel', label: 'Cancelar ticket', shortcut: 'Control+1' },
          { id: 'requeue', label: 'Reencolar ticket' },
        ]}
        onAction={onAction}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: 'No se presenta' }));
    const menu = screen.getByRole('menu', { name: 'No se presenta' });
    expect(within(menu).getByRole('menuitem', { name: 'Cancelar ticket' })).toBeDefined();
    fireEvent.click(within(menu).getByRole('menuitem', { name: 'Reencolar ticket' }));
    expect(onAction.mock.calls).toEqual([['requeue']]);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  test('an unavailable item says why and cannot be chosen', () => {
    const onAction = vi.fn();
    show(
      <MenuButton
        trigger={<Button>Más</Button>}
        entries={[{ id: 'transfer', label: 'Transferir', unavailable: 'Requiere conexión' }]}
        onAction={onAction}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Más' }));
    const item = screen.getByRole('menuitem');
    expect(item.textContent).toContain('Requiere conexión');
    fireEvent.click(item);
    expect(onAction).not.toHaveBeenCalled();
  });
});

describe('fields', () => {
  test('a text field is named by its label; requirement and error describe it', () => {
    show(<TextField label="Identificación" requirement="obligatoria" error="Use solo números." defaultValue="52x" />);
    const input = screen.getByRole('textbox', { name: 'Identificación' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toContain('(obligatoria)');
    expect(described).toContain('Use solo números.');
  });

  test('a field without error is not invalid and has no error line', () => {
    show(<TextField label="Nombre" />);
    expect(screen.getByRole('textbox', { name: 'Nombre' }).getAttribute('aria-invalid')).toBeNull();
    expect(screen.queryByText('Use solo números.')).toBeNull();
  });

  test('a hidden label still names the field', () => {
    show(<TextField label="Buscar contacto" isLabelHidden placeholder="Nombre o número de documento" />);
    expect(screen.getByRole('textbox', { name: 'Buscar contacto' })).toBeDefined();
  });

  test('[S2-31] a text area is named by its label and gives its text', () => {
    const onChange = vi.fn();
    show(<TextArea label="Nota del tiquete" onChange={onChange} />);
    fireEvent.change(screen.getByRole('textbox', { name: 'Nota del tiquete' }), { target: { value: 'Trae factura' } });
    expect(onChange).toHaveBeenCalledWith('Trae factura');
  });

  test('[S2-32] a checkbox is named by its words and toggles', () => {
    const onChange = vi.fn();
    show(<Checkbox onChange={onChange}>Factura con error</Checkbox>);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Factura con error' }));
    expect(onChange).toHaveBeenCalledWith(true);
  });

  test('[S2-13] the switch is named by its label alone, its state is the role’s own', () => {
    const onChange = vi.fn();
    show(<Switch label="Atención manual" state="Desactivada" isSelected={false} onChange={onChange} />);
    const control = screen.getByRole<HTMLInputElement>('switch', { name: 'Atención manual' });
    expect(control.checked).toBe(false);
    fireEvent.click(control);
    expect(onChange).toHaveBeenCalledWith(true);
  });
});

describe('dialog', () => {
  test('it is named by its title, takes the focus, and Escape closes it', async () => {
    const onClose = vi.fn();
    show(
      <Dialog isOpen onClose={onClose} title="Cancelar ticket R-034" footer={<Button>Conservar el ticket</Button>}>
        El cliente deja la fila.
      </Dialog>,
    );
    const dialog = screen.getByRole('dialog', { name: 'Cancelar ticket R-034' });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
  });

  test('the cross closes it and has a name', () => {
    const onClose = vi.fn();
    show(
      <Dialog isOpen onClose={onClose} title="Generar Ticket">
        …
      </Dialog>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Cerrar' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('tabs', () => {
  const items = [
    { id: 'waiting', status: 'waiting', label: 'Esperando', count: '6', content: 'la fila' },
    { id: 'attending', status: 'attending', label: 'Atendiendo', count: '3', content: 'lo mío' },
  ] as const;

  test('[S3-02] a tab is named by its word; its count describes it', () => {
    show(<Tabs label="Estados" items={items} selected="waiting" onSelect={() => undefined} variant="status" />);
    const tab = screen.getByRole('tab', { name: 'Esperando', selected: true });
    expect(document.getElementById(tab.getAttribute('aria-describedby') ?? '')?.textContent).toBe('6');
    expect(screen.getByRole('tabpanel').textContent).toBe('la fila');
  });

  test('arrows move through the tabs', () => {
    const onSelect = vi.fn();
    show(<Tabs label="Estados" items={items} selected="waiting" onSelect={onSelect} />);
    act(() => screen.getByRole('tab', { name: 'Esperando' }).focus());
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Esperando' }), { key: 'ArrowRight' });
    expect(onSelect).toHaveBeenCalledWith('attending');
  });
});

describe('what tells', () => {
  test('the banner is a status by its name', () => {
    show(
      <Banner title="Sin conexión" icon={null}>
        con la central desde las 10:31.
      </Banner>,
    );
    expect(screen.getByRole('status', { name: 'Sin conexión' }).textContent).toContain('10:31');
  });

  test('[S2-21] the timeline is a list by its name; what is not sent yet says so', () => {
    show(
      <Timeline
        label="Cronología"
        entries={[
          { id: '1', hour: '10:44', glyph: null, fact: 'agregó una nota', detail: '“Trae factura”', isPending: true },
          { id: '2', hour: '10:42', glyph: null, fact: 'Atención iniciada' },
        ]}
      />,
    );
    const [first, second] = within(screen.getByRole('list', { name: 'Cronología' })).getAllByRole('listitem');
    expect(first?.textContent).toContain('Por enviar');
    expect(second?.textContent).not.toContain('Por enviar');
  });

  test('the ficha can be the heading of a page', () => {
    show(<Ficha code="R-036" size={260} as="h1" />);
    expect(screen.getByRole('heading', { name: 'R-036' })).toBeDefined();
  });
});
