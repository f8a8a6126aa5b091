import { chromium, type Browser } from '@playwright/test';
import { DeskPage } from '../../e2e/support/desk-page.ts';
import { expectMoving, GuestPage } from '../../e2e/support/guest-page.ts';
import { openOffice, type Office } from '../../e2e/support/office.ts';
import { takeSeen, watchPicture } from '../../e2e/support/watch-picture.ts';
import { watchedPage } from '../../e2e/support/watched-page.ts';
import { findChromium } from '../../tools/find-chromium.ts';
import { percentile } from '../compare-tails.ts';
import { figure, type Measure } from '../row.ts';

const TRANSFERS = 50;
/** Of so many one is declined first. */
const DECLINED_EACH = 10;
/** The undisturbed picture is watched as long as a transfer takes. */
const UNDISTURBED_MS = 3_000;
const PASSWORD = 'una frase bien larga para Diego';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

/**
 * A live video that two built desks pass to each other over and over, each of the three pages in a Chromium process of its own
 * with fake devices: the longest time between two drawn frames of the picture in force, in each transfer. Beside it the same of
 * a call that nobody passes on, in the same run.
 */
export const measure: Measure = async () => {
  const browsers: Browser[] = [];
  const problems: string[] = [];
  const open = async (url: string, width: number, height: number) => {
    const browser = await chromium.launch({ executablePath: findChromium() ?? '/usr/bin/chromium', args: FLAGS });
    browsers.push(browser);
    const page = await watchedPage(browser, { width, height }, (problem) => problems.push(problem));
    await page.goto(url);
    return page;
  };
  const first = await chromium.launch({ executablePath: findChromium() ?? '/usr/bin/chromium', args: FLAGS });
  browsers.push(first);
  const office = await openOffice(first);
  try {
    const luis = new DeskPage(await open((await office.openDesk()).url, 1366, 768));
    const diego = new DeskPage(await open((await office.openDesk()).url, 1366, 768));
    await signIn(office, luis, diego);
    const { code } = await office.issueTicket('asesoria-virtual', { kind: 'virtual' });
    await luis.row(code).getByRole('button', { name: 'Atender' }).click();
    await luis.button('Menú de opciones').click();
    await luis.page.getByRole('menuitem', { name: 'Generar QR' }).click();
    const link = await luis.dialog('Generar QR').getByRole('textbox', { name: 'Enlace' }).inputValue();
    await luis.dialog('Generar QR').getByRole('button', { name: 'Listo' }).click();
    const guest = new GuestPage(await open(link, 390, 844));
    await guest.button('Entrar').click();
    await guest.page.getByLabel('Video de Luis').waitFor();
    await luis.attention.getByText('Atendiendo').first().waitFor();
    await watchPicture(guest.page);

    const gaps: number[] = [];
    const undisturbed: number[] = [];
    let asBefore = 0;
    const agents = [
      { desk: luis, name: 'Luis', full: 'Luis Peña' },
      { desk: diego, name: 'Diego', full: 'Diego Soto' },
    ] as const;
    for (let turn = 0; turn < TRANSFERS; turn += 1) {
      const [from, to] = turn % 2 === 0 ? agents : ([agents[1], agents[0]] as const);
      const moving = async (name: string): Promise<void> => {
        const picture = guest.page.getByLabel(`Video de ${name}`);
        await picture.waitFor();
        await expectMoving(picture);
      };
      const card = to.desk.page.getByRole('region', { name: 'Llamada ofrecida' });
      if (turn % DECLINED_EACH === 0) {
        await offer(from.desk, to.full, code);
        await card.getByRole('button', { name: 'Rechazar' }).click();
        await card.getByRole('button', { name: 'Rechazar la llamada' }).click();
        await card.waitFor({ state: 'detached' });
        await moving(from.name);
        asBefore += 1;
        await takeSeen(guest.page);
        await guest.page.waitForTimeout(UNDISTURBED_MS);
        undisturbed.push((await takeSeen(guest.page)).longestGap);
      }
      await offer(from.desk, to.full, code);
      await takeSeen(guest.page);
      await card.getByRole('button', { name: 'Aceptar' }).click();
      await moving(to.name);
      const { longestGap, blanks } = await takeSeen(guest.page);
      if (blanks > 0) throw new Error(`transfer ${turn + 1}: the page was drawn ${blanks} times without a picture`);
      gaps.push(longestGap);
      await from.desk.page.locator('video').first().waitFor({ state: 'detached' });
    }
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return {
      work: `${TRANSFERS} transfers of a live video between two desks`,
      beside: 'the same call while nobody passes it on',
      figures: [
        figure('gap p95', 'ms', { ours: percentile(gaps, 0.95) }, { atMost: 300 }),
        figure('gap p50', 'ms', { ours: percentile(gaps, 0.5) }),
        figure('longest gap undisturbed, median', 'ms', { ours: percentile(undisturbed, 0.5) }),
      ],
      gate: `${gaps.length} passed on without a blank page, ${asBefore} of ${asBefore} declined returned to the call before`,
    };
  } finally {
    for (const browser of browsers) await browser.close();
    await office.close();
  }
};

async function signIn(office: Office, luis: DeskPage, diego: DeskPage): Promise<void> {
  const added = ['--email', 'diego@demo.test', '--first-name', 'Diego', '--last-name', 'Soto', '--branch', 'centro'];
  const account = await office.admin('user', 'add', ...added, '--main', 'asesoria-virtual');
  const { password } = account as { password: string };
  await luis.signIn('luis@demo.test', office.demo.password);
  await diego.fillSignIn('diego@demo.test', password);
  await diego.changePassword(password, PASSWORD);
  await diego.takeSeat();
  for (const agent of [luis, diego]) {
    await agent.setManual(true);
    await agent.choose('Estado', 'En línea');
  }
}

async function offer(desk: DeskPage, colleague: string, code: string): Promise<void> {
  await desk.button('Transferir llamada').click();
  const dialog = desk.dialog(`Transferir llamada ${code}`);
  await dialog.getByRole('combobox', { name: 'Colega' }).click();
  await desk.page.getByRole('option', { name: new RegExp(colleague) }).click();
  await dialog.getByRole('button', { name: 'Ofrecer la llamada' }).click();
  await dialog.waitFor({ state: 'detached' });
}
