import { expect, test, type Page } from '@playwright/test';
import { lineNeeds } from '../src/domain/readiness/judge-readiness.ts';
import { openTurnRelay, relayObstacle, type TurnRelay } from '../tools/testing/turn-relay.ts';
import { DeskPage } from './support/desk-page.ts';
import { expectMoving, GuestPage, invitedUrl } from './support/guest-page.ts';
import { openOffice, type Office } from './support/office.ts';
import { openWithConnections } from './support/open-with-connections.ts';
import { layNetwork, nothing, whole, type Network, type ShapedNetwork } from './support/shaped-network.ts';
import { createAuthority } from './support/test-authority.ts';

// What is said of a guest's network before the call, and how the call then begins: a network of our own before a real coturn.
const obstacle = relayObstacle();
// Beside another with as much of media each would take from the other what it measures.
test.describe.configure({ mode: 'serial', timeout: 120_000, lock: 'media' });
// Only root may lay it; the reason is told, and in CI there is none.
test.skip(obstacle !== null, obstacle ?? '');

const authority = createAuthority();
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { chromiumFlag } = await authority;
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), chromiumFlag] });
    },
    { scope: 'worker' },
  ],
});

/** What the test of a slow line takes. */
const TESTED_WITHIN = { timeout: 60_000 };
/** The same where the machine is busy, so that a line looks worse than it is until it is tried again (SPEC RD5). */
const FOUND_WITHIN = { timeout: 60_000 };

let relay: TurnRelay;
let network: ShapedNetwork;
let office: Office;
let luis: DeskPage;

test.beforeAll(async ({ browser }) => {
  relay = await openTurnRelay({ tls: await (await authority).issue('relay.test') });
  network = await layNetwork(relay.near, relay);
  const { near } = relay;
  office = await openOffice(browser, {
    environment: {
      VENTANILLA_TURN_URLS: [
        `turn:${near}:${network.port}?transport=udp`,
        `turn:${near}:${network.port}?transport=tcp`,
        `turns:${near}:${network.tlsPort}?transport=tcp`,
        // Names the relay's own address, which is private and stands in what the browsers tell each other.
        `stun:${relay.address}:${relay.port}`,
      ].join(),
      VENTANILLA_TURN_SECRET: relay.secret,
      VENTANILLA_TURN_POLICY: 'relay',
    },
  });
  const desk = await office.openDesk();
  luis = new DeskPage(await openWithConnections(office, desk.url));
  await luis.signIn('luis@demo.test', office.demo.password);
  await luis.setManual(true);
  await luis.choose('Estado', 'En línea');
});

test.afterAll(async () => {
  await office?.close();
  await network?.close();
  await relay?.close();
});

/** What a page gets of the other side over the connection of now, and by what it reaches the relay. */
const received = (page: Page): Promise<{ sound: number; lost: number; pictures: number; relayedBy: string }> =>
  page.evaluate(async () => {
    const got = { sound: 0, lost: 0, pictures: 0, relayedBy: '' };
    const connection = window.connections.findLast(({ connectionState }) => connectionState === 'connected');
    const stats = new Map<string, Record<string, unknown>>();
    (await connection?.getStats())?.forEach((stat: Record<string, unknown>) => stats.set(String(stat['id']), stat));
    for (const stat of stats.values()) {
      if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'audio') {
        got.sound += Number(stat['packetsReceived']);
        got.lost += Number(stat['packetsLost']);
      }
      if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'video')
        got.pictures += Number(stat['framesDecoded'] ?? 0);
      const pair = stats.get(String(stat['selectedCandidatePairId']));
      const local = stats.get(String(pair?.['localCandidateId']));
      if (local) got.relayedBy = String(local['relayProtocol']);
    }
    return got;
  });

/** The share of the other side's speech that is lost on the way here, over two seconds of it. */
const lostSpeech = async (page: Page): Promise<number> => {
  const before = await received(page);
  const said = async (): Promise<number> => {
    const now = await received(page);
    return now.sound + now.lost - before.sound - before.lost;
  };
  await expect.poll(said, { intervals: [250], timeout: 60_000 }).toBeGreaterThan(100);
  const { sound, lost } = await received(page);
  return (lost - before.lost) / (sound + lost - before.sound - before.lost);
};

/** How a call has begun, seen on both sides. */
const begun = {
  picture: async (guest: Page) => {
    await expectMoving(guest.getByLabel('Video de Luis'));
    await expectMoving(luis.attention.getByLabel(/^Imagen de /));
    await expect(guest.getByText('Su conexión está lenta.')).toHaveCount(0);
  },
  sound: async (guest: Page) => {
    await expect(guest.getByText('Su conexión está lenta.')).toBeVisible(TESTED_WITHIN);
    await expect(luis.attention.getByText('La conexión es débil:')).toBeVisible(TESTED_WITHIN);
    for (const page of [guest, luis.page]) {
      expect(await lostSpeech(page)).toBeLessThan(lineNeeds.sound.loss);
      expect((await received(page)).pictures).toBe(0);
    }
  },
  /** With sound alone, and that so broken that nobody can talk. */
  broken: async (guest: Page) => {
    await expect(guest.getByText('Su conexión está lenta.')).toBeVisible(TESTED_WITHIN);
    await expect(luis.attention.getByText('Mala', { exact: true })).toBeVisible(TESTED_WITHIN);
    for (const page of [guest, luis.page]) {
      expect(await lostSpeech(page)).toBeGreaterThan(lineNeeds.sound.loss);
      expect((await received(page)).pictures).toBe(0);
    }
  },
  not: async (guest: Page) => {
    await expect(guest.getByText('El servicio que lleva el video no responde.')).toBeVisible(TESTED_WITHIN);
    await expect(luis.attention.getByText('El servidor TURN no responde.')).toBeVisible(TESTED_WITHIN);
    for (const page of [guest, luis.page]) expect((await received(page)).sound).toBe(0);
  },
};

const verdicts = {
  ready: { toGuest: 'Buena para video', toAgent: ['Listo', 'Equipo listo: video y audio'] },
  audioOnly: { toGuest: 'Débil: empezará sin video.', toAgent: ['Solo audio', 'Conexión débil'] },
  tooSlow: { toGuest: 'Demasiado débil para hablar.', toAgent: ['No listo', 'Conexión demasiado débil'] },
  noPath: { toGuest: 'Su red no deja pasar la videollamada.', toAgent: ['No listo', 'Su red bloquea el video'] },
};

/** Each way crosses the network twice: to the relay, and from there to the other side, whose network is the same. */
const networks: {
  name: string;
  network: Network;
  verdict: keyof typeof verdicts;
  begins: keyof typeof begun;
  relayedBy?: string;
}[] = [
  { name: 'UDP', network: { ...nothing, udp: whole }, verdict: 'ready', begins: 'picture', relayedBy: 'udp' },
  {
    name: 'UDP that loses one packet in a hundred and takes 20 ms',
    network: { ...nothing, udp: { ...whole, loss: 0.01, milliseconds: 20 } },
    verdict: 'ready',
    begins: 'picture',
    relayedBy: 'udp',
  },
  {
    name: 'UDP that loses one packet in twelve',
    network: { ...nothing, udp: { ...whole, loss: 1 / 12, milliseconds: 5 } },
    verdict: 'audioOnly',
    begins: 'sound',
  },
  {
    name: 'UDP of 160 kbit/s',
    network: { ...nothing, udp: { loss: 0, milliseconds: 20, kilobits: 160 } },
    verdict: 'audioOnly',
    begins: 'sound',
  },
  {
    name: 'UDP of 20 kbit/s',
    network: { ...nothing, udp: { loss: 0, milliseconds: 20, kilobits: 20 } },
    verdict: 'tooSlow',
    begins: 'broken',
  },
  { name: 'TCP alone', network: { ...nothing, tcp: true }, verdict: 'ready', begins: 'picture', relayedBy: 'tcp' },
  {
    name: 'TLS on TCP alone, as where only HTTPS goes out',
    network: { ...nothing, tls: true },
    verdict: 'ready',
    begins: 'picture',
    relayedBy: 'tls',
  },
  { name: 'nothing at all', network: nothing, verdict: 'noPath', begins: 'not' },
];

for (const { name, network: shape, verdict, begins, relayedBy } of networks) {
  test(`[S2-34] [B77] a network with ${name}: the verdict is ${verdict}, and the call begins as it says`, async () => {
    network.become(shape);
    const issued = await office.issueTicket('asesoria-virtual', { kind: 'virtual' });
    const guest = new GuestPage(
      await openWithConnections(office, await invitedUrl(office, issued), { width: 390, height: 844 }),
    );
    await guest.button('Entrar').click();
    const { toGuest, toAgent } = verdicts[verdict];
    await expect(guest.page.getByText(toGuest)).toBeVisible(FOUND_WITHIN);
    const row = luis.row(issued.code);
    for (const words of toAgent) await expect(row.getByText(words, { exact: true })).toBeVisible();
    await row.getByRole('button', { name: 'Atender' }).click();
    if (toAgent.includes('No listo')) await luis.button('Llamar de todos modos').click();
    await begun[begins](guest.page);
    if (relayedBy !== undefined) {
      for (const page of [guest.page, luis.page]) expect((await received(page)).relayedBy).toBe(relayedBy);
    }
    if (begins === 'not') await luis.noShow('Cancelar ticket');
    else await luis.button('Terminar atención').click();
    await guest.page.close();
    await expect(luis.page.locator('video')).toHaveCount(0);
  });
}
