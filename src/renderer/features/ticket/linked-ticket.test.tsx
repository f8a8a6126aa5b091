import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { press, region, renderDesk } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { scenes } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const carmen = tickets.waitingRows[1]!.header;
const notices = () => within(screen.getByRole('region', { name: 'Avisos' }));

test('[B88] a ticket named by a link is opened as one from the list is, and nothing else is done', async () => {
  const { fake, tell } = await renderDesk(scenes.idle!);
  const before = fake.seen.length;
  await tell('ticket.linked', { ticketId: carmen.id });
  expect(region('Atención').getByText('Esperando')).toBeDefined();
  expect(region('Atención').getByText('Número').parentElement?.textContent).toContain('41.252');
  expect(fake.seen.slice(before).map(({ name }) => name)).toEqual(['ticket.open']);
  await press('Cerrar el tiquete');
  expect(region('Atención').getByText('Siguiente en la fila')).toBeDefined();
});

test('[B88] whoever is writing keeps what is before them; the ticket of the link is one press away', async () => {
  const { fake, tell } = await renderDesk(scenes.attending!);
  const note = screen.getByRole('textbox', { name: 'Nota del tiquete' });
  act(() => note.focus());
  await tell('ticket.linked', { ticketId: carmen.id });
  expect(document.activeElement).toBe(note);
  expect(fake.seenOf('ticket.open')).toEqual([]);
  await press('Ver el tiquete');
  expect(region('Atención').getByText('Esperando')).toBeDefined();
});

test('[B89] a link that came with the sign-in opens its ticket in the workspace', async () => {
  const { fake, tell } = await renderDesk(scenes['sign-in']!);
  await act(async () => scenes.idle!(fake));
  await tell('ticket.linked', { ticketId: carmen.id });
  expect(region('Atención').getByText('Esperando')).toBeDefined();
});

test.each(['NOT_FOUND', 'FORBIDDEN'] as const)(
  '[B89] one that is %s is said in one line, and the agent is where they were',
  async (code) => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    fake.refuse('ticket.open', code);
    await tell('ticket.linked', { ticketId: facts.handled.tickets[0]!.id });
    expect(notices().getByText('No encontrado o sin permiso')).toBeDefined();
    expect(region('Atención').getByText('Siguiente en la fila')).toBeDefined();
    expect(region('Atención').queryByRole('alert')).toBeNull();
  },
);
