import { expect, test } from '@playwright/test';
import type { DeskPage } from './support/desk-page.ts';
import { openOffice, type Desk, type Office } from './support/office.ts';

test.describe.configure({ mode: 'serial' });

let office: Office;
let luisDesk: Desk;
let ana: DeskPage;
let luis: DeskPage;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  ana = await office.openDeskPage(await office.openDesk());
  luisDesk = await office.openDesk();
  luis = await office.openDeskPage(luisDesk);
  await ana.signIn('ana@demo.test', office.demo.password);
  await luis.signIn('luis@demo.test', office.demo.password);
  await ana.setManual(true);
  await luis.setManual(true);
});

test.afterAll(async () => {
  await office.close();
});

test('[S2-10] both desks show the same line in the same order', async () => {
  const codes: string[] = [];
  for (const service of ['Caja', 'Caja', 'Caja']) codes.push((await office.issueTicket(service)).code);
  for (const desk of [ana, luis]) {
    await expect(desk.waiting.getByRole('listitem')).toHaveCount(3);
    await expect(desk.waiting.getByRole('listitem')).toHaveText(codes.map((code) => new RegExp(code)));
  }
});

test('[R1] both click Atender on the same row: one gets it, the other is told who has it', async () => {
  const code = (await ana.waiting.getByRole('listitem').first().innerText()).match(/C-\d{3}/)?.[0] ?? '';
  const attend = (desk: DeskPage) => desk.row(code).getByRole('button', { name: 'Atender' });
  // What comes down reaches Luis late: his row still stands when he clicks.
  luisDesk.wire.stall();
  await attend(ana).click();
  await expect(ana.attention.getByText('Llamando').first()).toBeVisible();
  await attend(luis).click();
  luisDesk.wire.mend();
  await expect(luis.tickets).toContainText(/Otra persona ya tiene este tiquete\..*Ana Rojas/s);
  await expect(luis.row(code)).toHaveCount(0);
  await expect(luis.attention.getByText('Llamando')).toHaveCount(0);
  await expect(ana.attention).toContainText(code);
});
