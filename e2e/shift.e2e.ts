import { expect, test } from '@playwright/test';
import type { DeskPage } from './support/desk-page.ts';
import { openOffice, type Office } from './support/office.ts';
import { layWire } from './support/wire.ts';

test.describe.configure({ mode: 'serial' });

let office: Office;
let ana: DeskPage;
let other: DeskPage;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  ana = await office.openDeskPage(await office.openDesk());
  other = await office.openDeskPage(await office.openDesk());
});

test.afterAll(async () => {
  await office.close();
});

test('[S4-06] before anybody is in, the screen tells the truth about the line', async () => {
  const central = (desk: DeskPage) => desk.page.getByRole('contentinfo').getByRole('status');
  await expect(central(ana)).toHaveText('Central disponible');
  const wire = await layWire(office.server);
  wire.cut();
  const alone = await office.openDeskPage(await office.openDesk({ wire }));
  await expect(central(alone)).toHaveText('Sin conexión con la central');
  await alone.fillSignIn('ana@demo.test', office.demo.password);
  await expect(alone.page.getByText('Requiere conexión.')).toBeVisible();
  wire.mend();
  await expect(central(alone)).toHaveText('Central disponible', { timeout: 60_000 });
});

test('[T27] a wrong password and an unknown address get the same answer', async () => {
  await ana.fillSignIn('ana@demo.test', 'no es esta');
  const refusal = ana.page.getByText('El correo o la contraseña no coinciden.');
  await expect(refusal).toBeVisible();
  await ana.fillSignIn('nadie@demo.test', 'no es esta');
  await expect(refusal).toBeVisible();
  await expect(ana.combobox('Módulo')).toHaveCount(0);
});

test('[S2-08] a module that is taken says by whom and cannot be chosen', async () => {
  await ana.signIn('ana@demo.test', office.demo.password);
  await other.fillSignIn('sofia@demo.test', office.demo.password);
  await other.combobox('Módulo').click();
  const taken = other.page.getByRole('option', { name: /Módulo 1/ });
  await expect(taken).toContainText('Ocupado, Ana');
  await expect(taken).toBeDisabled();
  await expect(other.page.getByRole('option', { name: /Módulo 2/ })).toContainText('Libre');
  await other.page.keyboard.press('Escape');
});

test('[S2-02] [S2-53] Cerrar sesión is refused while a customer is called or attended', async () => {
  await ana.setManual(true);
  const { code } = await office.issueTicket('Caja');
  await ana.row(code).getByRole('button', { name: 'Atender' }).click();
  await expect(ana.attention.getByText('Llamando').first()).toBeVisible();
  await ana.userMenu('Cerrar sesión');
  const dialog = ana.dialog('Cerrar sesión');
  await expect(dialog).toContainText(`Termine primero la atención de ${code}.`);
  await expect(dialog.getByRole('button', { name: 'Cerrar sesión' })).toHaveCount(0);
  await ana.page.keyboard.press('Escape');
  await ana.noShow('Cancelar ticket');
  await expect(ana.attention.getByText('Llamando')).toHaveCount(0);
});

test('[T13] whoever signs in at another desk is told so at the first one', async () => {
  await other.button('No soy Sofía').click();
  await other.signIn('ana@demo.test', office.demo.password);
  await expect(ana.page.getByText('Ingresó en otro equipo y esta sesión se cerró.')).toBeVisible();
  await expect(ana.waiting).toHaveCount(0);
  await other.signOut();
  await ana.signIn('ana@demo.test', office.demo.password);
});

test('[S2-52] Cerrar sesión frees the module for the next agent and leaves nothing of the last on screen', async () => {
  await ana.signOut();
  await expect(ana.waiting).toHaveCount(0);
  await ana.fillSignIn('luis@demo.test', office.demo.password);
  await ana.combobox('Módulo').click();
  await expect(ana.page.getByRole('option', { name: /Módulo 1/ })).toContainText('Libre');
});
