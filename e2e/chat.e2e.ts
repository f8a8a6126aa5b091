import { expect, test, type Locator } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import type { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage } from './support/guest-page.ts';
import { openOffice, type Office } from './support/office.ts';

// The chat of one video, from the first word to a page that is loaded anew: built server and desk, two browsers, real media.
test.describe.configure({ mode: 'serial' });

const HOSTILE = [
  '<img src=x onerror="window.hurt=1">',
  '<script>window.hurt=1</script>',
  '[x](javascript:window.hurt=1)',
  'https://a.test/"onmouseover="window.hurt=1',
  '{{constructor.constructor("window.hurt=1")()}}',
  '\u202egnp.exe',
];

let office: Office;
let luis: DeskPage;
let guest: GuestPage;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  luis = await office.openDeskPage(await office.openDesk());
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
  const { code } = await office.issueTicket('asesoria-virtual', {
    kind: 'virtual',
    contact: { documentType: 'CC', documentNumber: '52418903', firstName: 'Lucía', lastName: 'Benítez' },
  });
  await luis.row(code).getByRole('button', { name: 'Atender' }).click();
  await luis.button('Menú de opciones').click();
  await luis.page.getByRole('menuitem', { name: 'Generar QR' }).click();
  const dialog = luis.dialog('Generar QR');
  const link = await dialog.getByRole('textbox', { name: 'Enlace' }).inputValue();
  await dialog.getByRole('button', { name: 'Listo' }).click();
  guest = new GuestPage(await office.openPage(link, { width: 390, height: 844 }));
  await guest.button('Entrar').click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
});

test.afterAll(async () => {
  await office.close();
});

const ofDesk = (): Locator => luis.attention.getByRole('log', { name: 'Mensajes' });
const ofGuest = (): Locator => guest.page.getByRole('log', { name: 'Mensajes' });
const fieldOfDesk = (): Locator => luis.attention.getByRole('textbox', { name: /^Mensaje para Lucía/ });
const fieldOfGuest = (): Locator => guest.page.getByRole('textbox', { name: 'Escriba un mensaje' });
const say = async (field: Locator, text: string): Promise<void> => {
  await field.fill(text);
  await field.press('Enter');
};

test('[S2-46] what the agent writes comes up over the picture of the guest, who opens the chat and answers', async () => {
  await say(fieldOfDesk(), 'Buenos días, Lucía');
  await expect(fieldOfDesk()).toHaveValue('');
  await guest.button('Luis: Buenos días, Lucía').click();
  await expect(ofGuest()).toContainText('Buenos días, Lucía');
  await expect(ofDesk().getByRole('img', { name: 'Leído' })).toHaveCount(1);
  await say(fieldOfGuest(), 'Le envío la foto del contrato');
  await expect(ofDesk()).toContainText('Le envío la foto del contrato');
  await expect(ofGuest().getByRole('img', { name: 'Leído' })).toHaveCount(1);
});

test('[S2-46] [R10] both sides show the same talk in the same order', async () => {
  for (let turn = 1; turn <= 5; turn += 1) {
    await say(fieldOfDesk(), `asesor ${turn}`);
    await say(fieldOfGuest(), `cliente ${turn}`);
  }
  await expect(ofGuest().getByRole('listitem')).toHaveCount(12);
  await expect(ofDesk().getByText('cliente 5')).toBeVisible();
  const words = (log: Locator): Promise<string[]> => log.locator('p[dir="auto"]').allInnerTexts();
  await expect(async () => expect(await words(ofDesk())).toEqual(await words(ofGuest()))).toPass();
});

test('[T7] [S2-46] hostile text is only text on both sides, and no address is a link', async () => {
  for (const text of HOSTILE) {
    await say(fieldOfGuest(), text);
    await say(fieldOfDesk(), text);
  }
  for (const log of [ofDesk(), ofGuest()]) {
    await expect(log.getByText(HOSTILE[0]!)).toHaveCount(2);
    await expect(log.getByText('gnp.exe')).toHaveCount(2);
    await expect(log.locator('a, img, script, iframe')).toHaveCount(0);
  }
  for (const page of [luis.page, guest.page]) {
    expect(await page.evaluate(() => (window as { hurt?: unknown }).hurt)).toBeUndefined();
  }
});

test('[S2-46] the pages of both are accessible with the chat open, and the desk fits 1366 × 768', async () => {
  await expectAccessible(guest.page, 'the guest’s call with its chat');
  await expectAccessible(luis.page, 'the desk’s video with its chat');
  const overflow = await luis.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(overflow).toBeLessThanOrEqual(0);
  await expect(fieldOfDesk()).toBeInViewport();
});

test('[S2-46] [R17] a guest who loads the page anew has the whole talk again, and the agent too', async () => {
  await guest.page.reload();
  await guest.button('Entrar').click();
  await expectMoving(guest.page.getByLabel('Video de Luis'));
  await guest.button('Chat').click();
  await expect(ofGuest()).toContainText('Buenos días, Lucía');
  await expect(ofGuest()).toContainText('cliente 5');
  await luis.page.reload();
  await expect(ofDesk()).toContainText('cliente 5');
  await say(fieldOfGuest(), '¿Sigue ahí?');
  await expect(ofDesk()).toContainText('¿Sigue ahí?');
});

test('[S2-46] [R3] what the agent has begun to write is there after the window was loaded anew', async () => {
  await fieldOfDesk().fill('Le cuento que');
  await luis.page.reload();
  await expect(fieldOfDesk()).toHaveValue('Le cuento que');
  await fieldOfDesk().fill('');
});

test('[S2-36] [S2-46] with the end of the attention nobody writes any more', async () => {
  await luis.button('Abrir la videollamada').click();
  await luis.button('Terminar atención').click();
  await expect(guest.page.getByText('Su atención terminó')).toBeVisible();
  await expect(fieldOfDesk()).toHaveCount(0);
});
