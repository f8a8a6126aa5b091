import { rmSync } from 'node:fs';
import { expect, test, type Browser, type BrowserServer } from '@playwright/test';
import type { Signal } from '../src/protocol/video/signal.ts';
import { threeCameras } from './support/cameras.ts';
import { PeerSide } from './support/peer-side.ts';
import { buildPeerPage, layPeerWire, type PeerWire } from './support/peer-wire.ts';

// Beside another with as much of media each would take from the other what it measures.
test.describe.configure({ lock: 'media' });

let wire: PeerWire;
let page: string;
let server: BrowserServer;
let other: Browser;
let agent: PeerSide;
let guest: PeerSide;

test.beforeAll(async ({ browser }, { project }) => {
  page = await buildPeerPage();
  // The guest's browser is a process of its own, with more cameras: the second fake one gives depth, which no call sends.
  const { launchOptions } = project.use;
  const args = threeCameras(launchOptions?.args);
  server = await browser.browserType().launchServer({ ...launchOptions, args });
  other = await browser.browserType().connect(server.wsEndpoint());
});

test.beforeEach(async () => {
  wire = await layPeerWire(page);
});

test.afterEach(async () => {
  await agent?.close();
  await guest?.close();
  await wire.close();
});

test.afterAll(async () => {
  await other.close();
  await server.close();
  rmSync(page, { recursive: true, force: true });
});

/** Both there, nobody called. */
async function openBoth(browser: Browser): Promise<void> {
  guest = await PeerSide.open(other, wire, 'guest');
  agent = await PeerSide.open(browser, wire, 'agent');
}

/** In the call, with pictures on both sides. */
async function connectBoth(browser: Browser): Promise<number> {
  await openBoth(browser);
  wire.call();
  const { session } = await agent.expectPhase('connected');
  await guest.expectPhase('connected');
  return session;
}

async function expectMedia(): Promise<void> {
  await Promise.all([agent, guest].flatMap((side) => [side.expectFrames(), side.expectSound()]));
}

test('[S2-34] [T1] [T30] nothing is said before the call; after it both see and hear each other', async ({
  browser,
}) => {
  await openBoth(browser);
  expect((await agent.view()).phase.name).toBe('waiting');
  wire.tell('guest', { session: 5, data: { type: 'candidate', candidate: '', sdpMid: '0', sdpMLineIndex: 0 } });
  wire.tell('agent', { session: 5, data: { type: 'ask' } });
  for (const side of [agent, guest]) {
    expect(await side.page.evaluate(() => window.connections.length)).toBe(0);
    expect((await side.view()).phase.name).toBe('waiting');
  }
  expect(wire.said()).toEqual([]);
  wire.call();
  await agent.expectPhase('connected');
  await guest.expectPhase('connected');
  await expectMedia();
  expect((await agent.view()).session).toBe((await guest.view()).session);
  await expect.poll(async () => (await agent.view()).stats).toMatchObject({ localCandidate: 'host', transport: 'udp' });
  // On a busy machine the browser sends smaller pictures.
  await expect.poll(async () => (await agent.view()).stats?.received.camera?.width).toBeGreaterThan(100);
  const bitrates = await agent.page.evaluate(() =>
    window.connections[0]!.getSenders().map((sender) => sender.getParameters().encodings[0]?.maxBitrate),
  );
  expect(bitrates).toEqual(expect.arrayContaining([40_000]));
  // One session, without anything offered twice.
  expect(wire.said().filter(({ signal }) => signal.data.type === 'offer')).toHaveLength(1);
});

test('[S2-38] [S2-39] camera and microphone are muted one by one, and the other side is told', async ({ browser }) => {
  await connectBoth(browser);
  await guest.page.evaluate(() => window.side.call.setOn('microphone', false));
  await expect.poll(async () => (await agent.view()).isRemoteOn).toMatchObject({ camera: true, microphone: false });
  expect((await guest.view()).isOn).toMatchObject({ camera: true, microphone: false });
  await agent.page.evaluate(() => window.side.call.setOn('camera', false));
  await expect.poll(async () => (await guest.view()).isRemoteOn).toMatchObject({ camera: false, microphone: true });
  expect((await guest.expectPhase('audioOnly')).phase).toMatchObject({ cause: 'noPicture' });
  await agent.page.evaluate(() => window.side.call.setOn('camera', true));
  await guest.page.evaluate(() => window.side.call.setOn('microphone', true));
  await guest.expectPhase('connected');
  await expect.poll(async () => (await agent.view()).isRemoteOn).toMatchObject({ camera: true, microphone: true });
  await expectMedia();
});

test('[S2-43] another camera and microphone are chosen in the call without negotiating anew', async ({ browser }) => {
  const session = await connectBoth(browser);
  await agent.expectFrames();
  const before = (await guest.view()).tracks;
  wire.forget();
  const labels = await guest.page.evaluate(async () => {
    const { devices } = window.side;
    const { available, tracks } = devices.get();
    const another = (kind: string, label: string | undefined) =>
      available.findLast((device) => device.kind === kind && device.label !== label)!;
    const camera = another('videoinput', tracks.camera?.label);
    const microphone = another('audioinput', tracks.microphone?.label);
    const causes = [
      await devices.choose('camera', camera.deviceId),
      await devices.choose('microphone', microphone.deviceId),
    ];
    return { camera: camera.label, microphone: microphone.label, causes };
  });
  const after = (await guest.view()).tracks;
  expect(labels.causes).toEqual([null, null]);
  expect(after.camera).toMatchObject({ label: labels.camera, state: 'live' });
  expect(after.microphone).toMatchObject({ label: labels.microphone, state: 'live' });
  expect(after.camera?.label).not.toBe(before.camera?.label);
  await expectMedia();
  expect((await agent.view()).session).toBe(session);
  expect(new Set(wire.said().map(({ signal }) => signal.data.type))).toEqual(new Set(['sources']));
});

test('[S2-42] the screen is shared beside the camera, taken away and shared again', async ({ browser }) => {
  const session = await connectBoth(browser);
  const share = (): Promise<unknown> => agent.page.evaluate(() => window.side.devices.captureScreen());
  const sections = (): Promise<number> =>
    agent.page.evaluate(() => window.connections.at(-1)!.localDescription!.sdp.match(/^m=/gm)!.length);
  expect(await share()).toBeNull();
  await guest.expectFrames('screen');
  await guest.expectFrames('camera');
  const { remote, isRemoteOn } = await guest.view();
  expect(isRemoteOn).toEqual({ camera: true, microphone: true, screen: true });
  expect(remote.screen?.states).toEqual(['live']);
  const places = await sections();
  await agent.page.evaluate(() => window.side.devices.stop('screen'));
  await expect.poll(async () => (await guest.view()).remote.screen).toBeNull();
  expect((await agent.view()).tracks.screen).toBeNull();
  for (let round = 0; round < 3; round += 1) {
    expect(await share()).toBeNull();
    await expect.poll(async () => (await guest.view()).isRemoteOn.screen).toBe(true);
    await agent.page.evaluate(() => window.side.devices.stop('screen'));
    await expect.poll(async () => (await guest.view()).isRemoteOn.screen).toBe(false);
  }
  expect(await share()).toBeNull();
  await guest.expectFrames('screen');
  expect(await sections()).toBe(places);
  expect((await guest.view()).session).toBe(session);
});

test('[B80] a screen that the guest sends unasked is not shown before the agent accepts it', async ({ browser }) => {
  const session = await connectBoth(browser);
  expect(await guest.page.evaluate(() => window.side.devices.captureScreen())).toBeNull();
  await expect.poll(async () => (await agent.view()).isRefused.screen).toBe(true);
  await agent.expectFrames();
  expect(await agent.view()).toMatchObject({ remote: { screen: null }, isRemoteOn: { camera: true, screen: false } });
  await expect.poll(async () => (await agent.view()).stats?.received.camera?.framesDecoded).toBeGreaterThan(0);
  expect((await agent.view()).stats?.received.screen).toBeUndefined();
  await agent.page.evaluate(() => window.side.call.accept('screen'));
  await agent.expectFrames('screen');
  expect(await agent.view()).toMatchObject({ session, isRefused: { screen: false } });
});

test('[R17] a peer that is lost is replaced in a new session within 10 s', async ({ browser }) => {
  const session = await connectBoth(browser);
  await expectMedia();
  for (const [lost, noticing] of [
    [guest, agent],
    [agent, guest],
  ] as const) {
    const { session: before } = await noticing.view();
    const startedAt = Date.now();
    await lost.page.evaluate(() => window.connections.at(-1)!.close());
    await expect.poll(async () => (await noticing.view()).session, { timeout: 10_000 }).toBeGreaterThan(before);
    await noticing.expectPhase('connected', 10_000);
    await lost.expectPhase('connected', 10_000);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    await expectMedia();
  }
  const [ofAgent, ofGuest] = [await agent.view(), await guest.view()];
  expect(ofAgent.session).toBe(ofGuest.session);
  expect(ofAgent.session).toBeGreaterThan(session);
});

test('[R17] a guest that stands still is noticed, and met again in a new session within 10 s', async ({ browser }) => {
  test.slow();
  const session = await connectBoth(browser);
  await expectMedia();
  const { pid } = server.process();
  if (pid === undefined) throw new Error('The browser has ended');
  // The browser leads its group.
  process.kill(-pid, 'SIGSTOP');
  try {
    await agent.expectPhase('reconnecting', 20_000);
    await expect.poll(async () => (await agent.view()).session, { timeout: 10_000 }).toBeGreaterThan(session);
  } finally {
    process.kill(-pid, 'SIGCONT');
  }
  const backAt = Date.now();
  await agent.expectPhase('connected', 10_000);
  await guest.expectPhase('connected', 10_000);
  expect(Date.now() - backAt).toBeLessThan(10_000);
  await expectMedia();
  expect((await guest.view()).session).toBe((await agent.view()).session);
});

test('[R17] a connection that finds no way in 10 s is tried anew', async ({ browser }) => {
  await openBoth(browser);
  wire.blockNextSession();
  wire.call();
  const { session } = await agent.expectPhase('connecting');
  await guest.expectPhase('connecting');
  await expect.poll(async () => (await agent.view()).session, { timeout: 15_000 }).toBeGreaterThan(session);
  await agent.expectPhase('connected');
  await guest.expectPhase('connected');
  await expectMedia();
});

test('[R17] either page may be loaded anew: the call goes on in a new session', async ({ browser }) => {
  let session = await connectBoth(browser);
  for (const side of [guest, agent]) {
    await side.page.reload();
    await side.enter();
    for (const each of [agent, guest]) {
      await expect.poll(async () => (await each.view()).session, { timeout: 10_000 }).toBeGreaterThan(session);
      await each.expectPhase('connected');
    }
    await expectMedia();
    const [ofAgent, ofGuest] = [await agent.view(), await guest.view()];
    expect(ofAgent.session).toBe(ofGuest.session);
    ({ session } = ofAgent);
  }
});

test('[R17] the line to the server may be cut while the media flows; what was said meanwhile arrives afterwards', async ({
  browser,
}) => {
  const session = await connectBoth(browser);
  await expectMedia();
  for (const role of ['agent', 'guest'] as const) wire.cut(role);
  for (const side of [agent, guest]) await expect.poll(async () => (await side.view()).isLineUp).toBe(false);
  await expectMedia();
  expect(await agent.page.evaluate(() => window.side.devices.captureScreen())).toBeNull();
  await guest.page.evaluate(() => window.side.call.setOn('microphone', false));
  await guest.expectFrames();
  expect((await guest.view()).remote.screen).toBeNull();
  await guest.page.evaluate(() => window.side.connect());
  await agent.page.evaluate(() => window.side.connect());
  await guest.expectFrames('screen');
  await expect.poll(async () => (await agent.view()).isRemoteOn.microphone).toBe(false);
  for (const side of [agent, guest]) expect(await side.view()).toMatchObject({ session, phase: { name: 'connected' } });
});

test('[R17] [T3] what was said in old sessions is dropped, by whoever it is said again', async ({ browser }) => {
  await connectBoth(browser);
  // An ask is of no session: it says that its page knows none.
  const old = wire.said().filter(({ signal }) => signal.data.type !== 'ask');
  await guest.page.evaluate(() => window.connections.at(-1)!.close());
  await expect.poll(async () => (await guest.view()).session).toBeGreaterThan(old[0]!.signal.session);
  const { session } = await agent.expectPhase('connected');
  await guest.expectPhase('connected');
  const made = (): Promise<number[]> =>
    Promise.all([agent, guest].map((side) => side.page.evaluate(() => window.connections.length)));
  const before = await made();
  for (const { from, signal } of old) wire.tell(from === 'agent' ? 'guest' : 'agent', signal);
  await expectMedia();
  for (const side of [agent, guest]) {
    expect(await side.view()).toMatchObject({ session, phase: { name: 'connected' } });
  }
  expect(await made()).toEqual(before);
});

test('[R17] [S2-34] a poor line gives up the picture for the sound, and both are told why', async ({ browser }) => {
  const session = await connectBoth(browser);
  await agent.page.evaluate(() => {
    window.lossSent = 0.3;
  });
  expect((await guest.expectPhase('audioOnly', 25_000)).phase).toMatchObject({ cause: 'bandwidth' });
  expect(await agent.view()).toMatchObject({ isSaving: true, quality: 'poor', phase: { name: 'connected' }, session });
  await guest.expectSound();
  await agent.expectFrames();
});

test('[B70] another key within a session ends the call', async ({ browser }) => {
  const session = await connectBoth(browser);
  const offer = wire.said().find(({ signal }) => signal.data.type === 'offer')!.signal;
  if (offer.data.type !== 'offer') throw new Error(offer.data.type);
  const sdp = offer.data.sdp.replace(/(a=fingerprint:sha-256 )../, (_, start: string) => `${start}00`);
  const forged: Signal = { session, data: { ...offer.data, sdp } };
  wire.tell('guest', forged);
  const { phase, linkCause } = await guest.expectPhase('ended');
  expect(phase).toMatchObject({ cause: 'connectionChanged' });
  expect(linkCause).toBe('keyChanged');
});

test('[B71] a data channel that one side opens is closed, and the video goes on', async ({ browser }) => {
  const session = await connectBoth(browser);
  await agent.page.evaluate(() => {
    const connection = window.connections.at(-1)!;
    const channel = RTCPeerConnection.prototype.createDataChannel.call(connection, 'flood');
    Object.assign(window, { channel });
    const part = 'x'.repeat(200_000);
    channel.addEventListener('open', () => {
      for (let count = 0; count < 50; count += 1) channel.send(part);
    });
    // Something to negotiate about takes the channel along.
    return window.side.devices.captureScreen();
  });
  const state = (): Promise<string> =>
    agent.page.evaluate(() => (window as unknown as { channel: RTCDataChannel }).channel.readyState);
  await expect.poll(state).toBe('closed');
  await expectMedia();
  expect(await guest.view()).toMatchObject({ session, phase: { name: 'connected' } });
});

test('[B76] new relay credentials are taken into use without a new session', async ({ browser }) => {
  const session = await connectBoth(browser);
  wire.forget();
  const next = { iceServers: [{ urls: 'turn:127.0.0.1:9', username: 'u', credential: 'c' }] };
  await guest.page.evaluate((configuration) => window.side.call.setConfiguration(configuration), next);
  await agent.page.evaluate((configuration) => window.side.call.setConfiguration(configuration), next);
  await expect.poll(() => wire.said().map(({ signal }) => signal.data.type)).toContain('answer');
  await expectMedia();
  for (const side of [agent, guest]) expect(await side.view()).toMatchObject({ session, phase: { name: 'connected' } });
});

test('[B73] a camera that another program has leaves a call with sound', async ({ browser }) => {
  guest = await PeerSide.open(other, wire, 'guest', () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (constraints?.video) throw new DOMException('Could not start video source', 'NotReadableError');
      return ask(constraints);
    };
  });
  agent = await PeerSide.open(browser, wire, 'agent');
  expect(await guest.view()).toMatchObject({ tracks: { camera: null }, causes: { camera: 'inUse', microphone: null } });
  wire.call();
  expect((await agent.expectPhase('audioOnly')).phase).toMatchObject({ cause: 'noPicture' });
  await guest.expectPhase('connected');
  await agent.expectSound();
  await guest.expectFrames();
});

test('[R17] [B73] a camera that is unplugged in the call leaves its sound', async ({ browser }) => {
  await connectBoth(browser);
  // The browser ends a track by itself when its device goes; there is no other camera.
  await guest.page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (constraints?.video) throw new DOMException('Requested device not found', 'NotFoundError');
      return ask(constraints);
    };
    const { camera } = window.side.devices.get().tracks;
    camera!.stop();
    camera!.dispatchEvent(new Event('ended'));
  });
  expect((await agent.expectPhase('audioOnly')).phase).toMatchObject({ cause: 'noPicture' });
  expect(await guest.view()).toMatchObject({
    causes: { camera: 'unplugged' },
    isOn: { camera: false, microphone: true },
  });
  await agent.expectSound();
});

test('[S2-36] [T25] the end closes it for both, and leaves no track live', async ({ browser }) => {
  await connectBoth(browser);
  await agent.page.evaluate(() => window.side.devices.captureScreen());
  await guest.expectFrames('screen');
  for (const side of [agent, guest]) {
    await side.page.evaluate(() => {
      const { devices, call } = window.side;
      const { remote } = call.get();
      const tracks = [
        ...Object.values(devices.get().tracks),
        ...Object.values(remote).flatMap((stream) => stream?.getTracks()),
      ];
      Object.assign(window, { tracks: tracks.filter((track) => track != null) });
    });
  }
  wire.end('finished');
  for (const side of [agent, guest]) {
    expect((await side.expectPhase('ended')).phase).toMatchObject({ cause: 'finished' });
    const states = await side.page.evaluate(() => {
      window.side.call.close();
      window.side.devices.close();
      const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
      return tracks.map(({ readyState }) => readyState);
    });
    expect(states.length).toBeGreaterThanOrEqual(4);
    expect(new Set(states)).toEqual(new Set(['ended']));
    const connections = await side.page.evaluate(() =>
      window.connections.map(({ connectionState }) => connectionState),
    );
    expect(new Set(connections)).toEqual(new Set(['closed']));
  }
});
