import { expect, test, type Locator } from '@playwright/test';
import type { Desk, Office } from './support/office.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import { openOffice } from './support/office.ts';
import { takeSeen, watchPicture } from './support/watch-picture.ts';

// A live video that passes from one agent to another: built server, two desks, a guest, real media between the three.
// Two ends are times that run out, at 30 s and 15 s.
// Beside another with as much of media each would take from the other what it measures.
test.describe.configure({ mode: 'serial', timeout: 120_000, lock: 'media' });

/** Two browsers find their way to each other, on a machine that does other things too. */
const CONNECTS = { timeout: 60_000 };
/** A process of its own looks each file through. */
const LOOKED_THROUGH = { timeout: 90_000 };
const PASSWORD = 'una frase bien larga para Diego';

let office: Office;
let luis: DeskPage;
let diego: DeskPage;
let diegosDesk: Desk;
let guest: GuestPage;
let code: string;
/** All that the guest's page has been told, and that of another customer's attention beside it. */
const told: string[] = [];
const toldOther: string[] = [];

test.beforeAll(async ({ browser }) => {
  // An office, two desks, and an account.
  test.setTimeout(180_000);
  office = await openOffice(browser);
  const added = ['--email', 'diego@demo.test', '--first-name', 'Diego', '--last-name', 'Soto', '--branch', 'centro'];
  const account = await office.admin('user', 'add', ...added, '--main', 'asesoria-virtual');
  luis = await office.openDeskPage(await office.openDesk());
  await luis.signIn('luis@demo.test', office.demo.password);
  diegosDesk = await office.openDesk();
  diego = await office.openDeskPage(diegosDesk);
  const { password } = account as { password: string };
  await diego.fillSignIn('diego@demo.test', password);
  await diego.changePassword(password, PASSWORD);
  await diego.takeSeat();
  for (const agent of [luis, diego]) {
    await agent.setManual(true);
    await agent.choose('Estado', 'En línea');
  }
});

test.afterAll(async () => {
  await office.close();
});

const offering = (): Locator => luis.dialog(`Transferir llamada ${code}`);
const diegosPlace = (): Locator => luis.page.getByRole('option', { name: /Diego Soto/ });
const leaveOffering = async (): Promise<void> => {
  await luis.page.keyboard.press('Escape');
  await offering().getByRole('button', { name: 'Cancelar' }).click();
};
/** The list is that of when the dialog opens; what Diego chose comes to the server by his own desk. */
const openList = async (isFree: boolean): Promise<void> => {
  await expect(async () => {
    await luis.button('Transferir llamada').click();
    await offering().getByRole('combobox', { name: 'Colega' }).click();
    await expect(diegosPlace()).toBeVisible();
    const isAsAwaited = ((await diegosPlace().getAttribute('aria-disabled')) !== 'true') === isFree;
    if (!isAsAwaited) await leaveOffering();
    expect(isAsAwaited).toBe(true);
  }).toPass({ timeout: 60_000 });
};
const offer = async (comment = ''): Promise<void> => {
  await openList(true);
  const dialog = offering();
  await diegosPlace().click();
  if (comment !== '') await dialog.getByRole('textbox', { name: 'Comentario' }).fill(comment);
  await dialog.getByRole('button', { name: 'Ofrecer la llamada' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(luis.attention.getByText(/^Ofrecido a Diego Soto: \d+ s$/)).toBeVisible();
};
const card = () => diego.page.getByRole('region', { name: 'Llamada ofrecida' });

/** The customer of the ticket in this agent's hand comes in by its link, and they talk; what their page is told is kept. */
const bringIn = async (agent: DeskPage, frames: string[]): Promise<GuestPage> => {
  await agent.button('Menú de opciones').click();
  await agent.page.getByRole('menuitem', { name: 'Generar QR' }).click();
  const link = await agent.dialog('Generar QR').getByRole('textbox', { name: 'Enlace' }).inputValue();
  await agent.dialog('Generar QR').getByRole('button', { name: 'Listo' }).click();
  const page = new GuestPage(await office.openPage(link, { width: 390, height: 844 }));
  page.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  await page.button('Entrar').click();
  await expect(agent.attention.getByText('Atendiendo').first()).toBeVisible(CONNECTS);
  return page;
};

/** Guest and Luis talk on as if nothing had been. */
const expectAsBefore = async (): Promise<void> => {
  await expect(card()).toHaveCount(0);
  await expect(luis.attention.getByText(/^Ofrecido a /)).toHaveCount(0);
  await expect(luis.attention.getByText('Atendiendo').first()).toBeVisible();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await expectMoving(luis.attention.getByLabel(/^Imagen de Lucía/));
  await expect(diego.page.locator('video')).toHaveCount(0);
  expect((await takeSeen(guest.page)).blanks).toBe(0);
};

test('[S2-37] a colleague of the service who is not online stands in the list, with the reason', async () => {
  ({ code } = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: { documentType: 'CC', documentNumber: '52418903', firstName: 'Lucía', lastName: 'Benítez' },
  }));
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  guest = await bringIn(luis, told);
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await watchPicture(guest.page);

  await diego.choose('Estado', 'Almorzando');
  await openList(false);
  await expect(diegosPlace()).toContainText('No está En línea');
  await leaveOffering();
  await diego.choose('Estado', 'En línea');
});

test('[S2-45] [S2-46] they write to each other, and what the agent marks is theirs alone', async () => {
  await luis.attention.getByRole('textbox', { name: /^Mensaje para Lucía/ }).fill('Buenos días');
  await luis.page.keyboard.press('Enter');
  await expect(guest.page.getByText('Luis: Buenos días')).toBeVisible();
  await luis.attention.getByRole('textbox', { name: 'Tag' }).fill('Pide otro plan');
  await luis.page.keyboard.press('Enter');
  await luis.showTimeline();
  await expect(luis.timeline).toContainText('Pide otro plan');
});

/** Of the attention of somebody else, in whatever way it is told to whoever it belongs to. */
const foreign = {
  chat: 'Canario del mensaje de Diego',
  answer: 'Canario de la respuesta de Ajena',
  terms: 'Canario de los términos de Ajena',
  file: 'canario-de-ajena.txt',
};

test('[T2] [S2-41] [S2-46] [S2-47] beside it Diego attends another customer, with a chat, a file and T&C', async () => {
  test.setTimeout(240_000);
  const other = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: { documentType: 'CC', documentNumber: '77665544', firstName: 'Ajena', lastName: 'Vecina' },
  });
  await diego.row(other.code).getByRole('button', { name: 'Atender' }).click();
  const stranger = await bringIn(diego, toldOther);
  await diego.attention.getByRole('textbox', { name: /^Mensaje para Ajena/ }).fill(foreign.chat);
  await diego.page.keyboard.press('Enter');
  await stranger.button(`Diego: ${foreign.chat}`).click();
  const answer = stranger.page.getByRole('textbox', { name: 'Escriba un mensaje' });
  await answer.fill(foreign.answer);
  await answer.press('Enter');
  await expect(diego.attention.getByRole('log', { name: 'Mensajes' })).toContainText(foreign.answer, LOOKED_THROUGH);
  await diego.attention.getByRole('tab', { name: 'Archivos' }).click();
  const file = { name: foreign.file, mimeType: 'text/plain', buffer: Buffer.from('hola\n') };
  await diego.attention.getByLabel('Elegir archivos').setInputFiles(file);
  const heard = (): string => toldOther.join('\n');
  await expect.poll(heard, LOOKED_THROUGH).toContain(foreign.file);
  await diego.page.keyboard.press('F6');
  const sheet = diego.page.getByRole('region', { name: 'Enviar T&C' });
  await sheet.getByRole('textbox', { name: 'Texto que verá el cliente' }).fill(foreign.terms);
  await sheet.getByRole('button', { name: 'Enviar T&C', exact: true }).click();
  await expect.poll(heard).toContain(foreign.terms);
  await stranger.page.getByRole('button', { name: 'No acepto' }).click();
  await expect(stranger.page.getByRole('dialog', { name: 'No aceptó estos términos' })).toBeVisible();
  await diego.button('Terminar atención').click();
  await expect(stranger.page.getByText('Su atención terminó')).toBeVisible();
  for (const own of Object.values(foreign)) expect(heard(), own).toContain(own);
});

test('[S2-37] [TO5] the colleague gets the card, declines with a reason, and everything is as before', async () => {
  await offer('Falta la firma');
  await expect(card()).toContainText('Luis Peña le ofrece una llamada');
  await expect(card()).toContainText(code);
  await expect(card()).toContainText('“Falta la firma”');
  await expect(card()).not.toContainText('8903');
  await card().getByRole('button', { name: 'Rechazar' }).click();
  await card().getByRole('textbox', { name: 'Motivo' }).fill('Salgo en un minuto');
  await card().getByRole('button', { name: 'Rechazar la llamada' }).click();
  await expect(
    luis.page.getByText('Diego Soto no la tomó: Salgo en un minuto. Usted sigue con la llamada.'),
  ).toBeVisible();
  await luis.showTimeline();
  await expect(luis.timeline).toContainText('no tomó la llamada');
  await expectAsBefore();
});

test('[S2-37] taken back by who offered, everything is as before', async () => {
  await offer();
  await expect(card()).toBeVisible();
  await luis.button('Cancelar el ofrecimiento').click();
  await expect(diego.page.getByText(`Luis Peña retiró la llamada ${code}.`)).toBeVisible();
  await expectAsBefore();
});

test('[S2-37] [TO2] nobody answers in 30 s, and everything is as before', async () => {
  await offer();
  await expect(card()).toBeVisible();
  await expect(luis.page.getByText('Diego Soto no respondió. Usted sigue con la llamada.')).toBeVisible({
    timeout: 90_000,
  });
  await expectAsBefore();
});

test('[S2-37] [T25] accepted, and the window closes before any media flow: everything is as before', async () => {
  // His camera never comes, so that nothing can flow before the window closes.
  await diego.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
  });
  await offer();
  await card().getByRole('button', { name: 'Aceptar' }).click();
  await expect(luis.attention.getByText(/^Diego Soto aceptó: conectando con el cliente/)).toBeVisible();
  await diego.page.close();
  await expect(
    luis.page.getByText('El video de Diego Soto no llegó al cliente. Usted sigue con la llamada.'),
  ).toBeVisible({
    timeout: 90_000,
  });
  diego = await office.openDeskPage(diegosDesk);
  await expect(diego.waiting).toBeVisible();
  await expectAsBefore();
});

test('[S2-37] accepted: the guest goes over to Diego without a gap, and Luis is free', async () => {
  await offer('Ya validó su identidad');
  await expect(card()).toBeVisible();
  await takeSeen(guest.page);
  await diego.page.keyboard.press('F2');
  await expect(guest.page.getByLabel('Video de Diego')).toBeVisible(CONNECTS);
  await expectMoving(guest.page.getByLabel('Video de Diego'));
  await expect(guest.page.getByText('Ahora le atiende Diego')).toBeVisible();
  const { longestGap, frames, blanks } = await takeSeen(guest.page);
  process.stdout.write(`[S2-37] longest gap ${Math.round(longestGap)} ms between ${frames} frames\n`);
  expect(blanks).toBe(0);
  await expect(guest.page.locator('video')).toHaveCount(2);

  await expect(luis.page.getByText('Diego Soto sigue con la llamada.')).toBeVisible();
  await expect(luis.page.locator('video')).toHaveCount(0);
  await expect(luis.button('Terminar atención')).toHaveCount(0);
  await expectMoving(diego.attention.getByLabel(/^Imagen de Lucía/));
  await diego.showTimeline();
  await expect(diego.timeline).toContainText('La llamada pasó de Luis Peña a Diego Soto');
  await expect(diego.attention.getByText('Atendiendo').first()).toBeVisible();
});

test('[S2-36] [S2-37] Diego ends it for both', async () => {
  await diego.button('Terminar atención').click();
  await expect(guest.page.getByText('Su atención terminó')).toBeVisible();
  await expect(diego.page.locator('video')).toHaveCount(0);
  await expect(guest.page.getByRole('region', { name: 'Chat' })).toContainText('Buenos días');
});

test('[T2] in the whole of it the guest was told nothing that is not theirs to know', () => {
  const heard = told.join('\n');
  for (const own of ['Buenos días', '"Luis"', '"Diego"', '"phase":"finished"']) expect(heard).toContain(own);
  const ofCustomer = ['Lucía', 'Benítez', '52418903'];
  const ofAgents = ['Peña', 'Soto', '@demo.test', 'Módulo'];
  const written = ['Pide otro plan', 'Falta la firma', 'Ya validó su identidad', 'Salgo en un minuto'];
  const ofOthers = ['Ajena', 'Vecina', '77665544', 'anario'];
  for (const canary of [...ofCustomer, ...ofOthers, ...ofAgents, ...written])
    expect(heard, canary).not.toContain(canary);
});
