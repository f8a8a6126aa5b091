import { expect, test, type Locator } from '@playwright/test';
import { openOffice, type Office } from './support/office.ts';

let office: Office;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-01] from signing in to finishing without a mouse', async () => {
  const desk = await office.openDeskPage(await office.openDesk());
  const { keyboard } = desk.page;
  await expect(desk.page.getByRole('textbox', { name: 'Correo' })).toBeFocused();
  await keyboard.type('ana@demo.test');
  await keyboard.press('Tab');
  await keyboard.type(office.demo.password);
  await keyboard.press('Enter');
  await expect(desk.combobox('Módulo')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(desk.page.getByRole('option', { name: /Módulo 1/ })).toBeFocused();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(desk.combobox('Módulo')).toContainText('Módulo 2');
  // The list closes and gives the focus back a moment after the choice stands.
  await expect(desk.combobox('Módulo')).toBeFocused();
  await keyboard.press('Tab');
  await expect(desk.button('Ingresar')).toBeFocused();
  await keyboard.press('Enter');
  await expect(desk.waiting).toBeVisible();
  await expect(desk.page.getByRole('banner')).toContainText('Módulo 2');

  const { code } = await office.issueTicket('Caja');
  await expect(desk.row(code)).toBeVisible();
  await keyboard.press('Control+1');
  await desk.expectState('En línea');
  await expect(desk.attention.getByRole('button', { name: 'Atender', exact: true })).toBeFocused();
  await keyboard.press('F2');
  await expect(desk.attention.getByText('Atendiendo').first()).toBeVisible();

  const note = desk.page.getByRole('textbox', { name: 'Nota del tiquete' });
  const firstTopic = desk.attention.getByRole('checkbox').first();
  for (const target of [firstTopic, note]) {
    for (let steps = 0; steps < 40 && !(await isFocused(target)); steps += 1) await keyboard.press('Tab');
    await expect(target).toBeFocused();
    if (target === firstTopic) await keyboard.press('Space');
  }
  await expect(firstTopic).toBeChecked();
  await keyboard.type('Todo con el teclado');
  await keyboard.press('Control+Enter');
  await expect(desk.timeline).toContainText('Todo con el teclado');
  await keyboard.press('Control+4');
  await expect(desk.combobox('Siguiente estado')).toContainText('Almorzando');
  await keyboard.press('F4');
  await desk.expectState('Almorzando');
  await expect(desk.attention.getByRole('button', { name: 'Finalizar ticket' })).toHaveCount(0);

  await keyboard.press('F1');
  await expect(desk.dialog('Atajos')).toBeVisible();
  await keyboard.press('Escape');
  await expect(desk.dialog('Atajos')).toHaveCount(0);
  await desk.signOut();
});

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement);
}

test('[S2-10] the arrows move along the waiting list and Enter opens a ticket', async () => {
  const desk = await office.openDeskPage(await office.openDesk());
  await desk.signIn('ana@demo.test', office.demo.password);
  const codes = [(await office.issueTicket('Caja')).code, (await office.issueTicket('Caja')).code];
  // A row whose ticket has not been read yet counts as one too, and opens nothing.
  for (const code of codes) await expect(desk.row(code)).toBeVisible();
  await desk.waiting.focus();
  await desk.page.keyboard.press('ArrowDown');
  await desk.page.keyboard.press('Enter');
  await expect(desk.attention).toContainText(codes[1]!);
});
