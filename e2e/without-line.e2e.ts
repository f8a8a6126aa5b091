import { expect, test } from '@playwright/test';
import type { TicketEvent } from '../src/protocol/event.ts';
import type { DeskPage } from './support/desk-page.ts';
import { openOffice, type Desk, type Office } from './support/office.ts';
import { signInSupervisor, type Supervisor } from './support/supervisor.ts';

// The line of Ana's desk falls in the middle of an attention, stays away over a restart, and comes back.
test.describe.configure({ mode: 'serial' });

/** The desk reckons the server's time to within the delay of one answer. */
const CLOCK_SLACK_MS = 1_000;

let office: Office;
let desk: Desk;
let ana: DeskPage;
let supervisor: Supervisor;
let ticketId = '';
let madeCode = '';
/** When she wrote what, by this machine's clock. */
const written = { first: { from: 0, to: 0 }, finish: { from: 0, to: 0 }, backAt: 0 };

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  desk = await office.openDesk();
  ana = await office.openDeskPage(desk);
  supervisor = await signInSupervisor(office, 'Módulo 4');
  await ana.signIn('ana@demo.test', office.demo.password);
  await ana.setManual(true);
  await ana.choose('Estado', 'En línea');
  const ticket = await office.issueTicket('Caja', { contact: { firstName: 'Rosa', lastName: 'Peralta' } });
  ticketId = ticket.id;
  await office.issueTicket('Caja');
  await ana.attend(ticket.code);
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
});

test.afterAll(async () => {
  await office.close();
});

test('[S4-06] [R2] the line falls: the desk says what works, and refuses what does not', async () => {
  desk.wire.cut();
  await expect(ana.offline).toBeVisible();
  await expect(ana.offline).toContainText('Puede seguir la atención en curso');
  await expect(ana.page.getByRole('contentinfo')).toContainText(/Sin conexión desde \d\d:\d\d/);
  await expect(ana.attention.getByRole('button', { name: 'Transferir' })).toBeDisabled();
  await expect(ana.button('Generar Ticket')).toBeDisabled();
  await expect(ana.waiting.getByRole('button', { name: 'Atender' })).toBeDisabled();
  await expect(ana.waiting.getByRole('button', { name: 'Transferir' })).toBeDisabled();
});

test('[S2-30] [S2-31] she writes on and finishes; all is on screen at once and counted as pending', async () => {
  written.first.from = Date.now();
  await ana.writeNote('Nota escrita sin la línea');
  written.first.to = Date.now();
  await expect(ana.timeline.getByRole('listitem').filter({ hasText: 'Nota escrita sin la línea' })).toContainText(
    'Por enviar',
  );
  await ana.attention.getByText('Paz y salvo').click();
  written.finish.from = Date.now();
  await ana.finish();
  written.finish.to = Date.now();
  await expect(ana.page.getByRole('contentinfo')).toContainText('3 pendientes');
});

test('[S2-20] Atender ahora makes a ticket without the line, with a number reserved to this desk', async () => {
  await ana.button('Atender ahora').click();
  const dialog = ana.dialog('Atender ahora');
  await dialog.getByRole('combobox', { name: 'Servicio' }).click();
  await ana.page.getByRole('option', { name: 'Reclamos', exact: true }).click();
  await dialog.getByRole('button', { name: 'Atender ahora' }).click();
  await expect(ana.attention).toContainText(/R-\d{3}/);
  madeCode = (await ana.attention.innerText()).match(/R-\d{3}/)?.[0] ?? '';
  await ana.writeNote('Atendida sin la línea');
  await expect(ana.page.getByRole('contentinfo')).toContainText('5 pendientes');
});

test('[R3] [S2-53] the desk dies and starts without the line: only its last agent comes in, and all is still there', async () => {
  await ana.page.close();
  await desk.running.stop('SIGKILL');
  desk = await office.openDesk({ dataFolder: desk.dataFolder, wire: desk.wire });
  ana = await office.openDeskPage(desk);
  await expect(ana.page.getByRole('textbox', { name: 'Correo' })).toHaveValue('ana@demo.test');

  await ana.fillSignIn('luis@demo.test', office.demo.password);
  await expect(ana.page.getByText('Requiere conexión.')).toBeVisible();
  await ana.fillSignIn('ana@demo.test', 'no es esta');
  await expect(ana.page.getByText('El correo o la contraseña no coinciden.')).toBeVisible();
  await ana.fillSignIn('ana@demo.test', office.demo.password);

  await expect(ana.offline).toBeVisible();
  await ana.expectState('Fuera de línea');
  await expect(ana.attention).toContainText(madeCode);
  await expect(ana.timeline).toContainText('Atendida sin la línea');
  await expect(ana.waiting.getByRole('listitem')).toHaveCount(1);
  await ana.page
    .getByRole('contentinfo')
    .getByRole('button', { name: /pendientes/ })
    .click();
  await expect(ana.customer).toContainText('Pendientes de enviar');
  await expect(ana.customer).toContainText('Nota escrita sin la línea');
});

test('[R9] [S4-06] the line is back: everything arrives once, nothing is refused, nothing is pending', async () => {
  written.backAt = Date.now();
  desk.wire.mend();
  await ana.comesBack();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
  await expect(ana.refused).toHaveCount(0);
  await expect(ana.attention).toContainText(madeCode);
  await ana.finish();
  await expect(ana.page.getByRole('contentinfo')).toContainText('0 pendientes');
});

test('[R6] [S2-21] the timeline on the server has the hours at which it happened, each fact once', async () => {
  const { events, topicIds } = await supervisor.contentOf(ticketId);
  const only = (type: TicketEvent['fact']['type']): TicketEvent => {
    const found = events.filter(({ fact }) => fact.type === type);
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  expect(topicIds).toHaveLength(1);
  only('topics.chosen');
  const note = only('note.added');
  expect(note.fact).toMatchObject({ text: 'Nota escrita sin la línea' });
  for (const [event, { from, to }] of [
    [note, written.first],
    [only('ticket.closed'), written.finish],
  ] as const) {
    expect(event.isSuspect).toBe(false);
    expect(event.receivedAt).toBeGreaterThanOrEqual(written.backAt);
    expect(event.occurredAt).toBeGreaterThanOrEqual(from - CLOCK_SLACK_MS);
    expect(event.occurredAt).toBeLessThanOrEqual(to + CLOCK_SLACK_MS);
  }
});
