import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DeskPage } from '../../e2e/support/desk-page.ts';
import { expectMoving, GuestPage } from '../../e2e/support/guest-page.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import { Signal } from '../../src/protocol/video/signal.ts';
import { inviteGuest } from './invite-guest.ts';
import { openCallPage, openChromium } from './open-chromium.ts';
import { PASSWORD, type BenchOffice } from './open-office.ts';

export type CallEnd = 'agent' | 'guest';

/** One word of a call, `at` milliseconds after its first. */
export interface RecordedWord {
  at: number;
  from: CallEnd;
  signal: Signal;
}

declare global {
  interface Window {
    callConnections?: RTCPeerConnection[];
  }
}

/**
 * What the two browsers of one real call say to each other through the server in `milliseconds`: the built desk in one Chromium, the
 * guest's page in another. They find each other; each turns the microphone or the camera off and on; then the connection breaks,
 * and they find each other again.
 */
export async function recordCall(office: BenchOffice, agent: number, milliseconds: number): Promise<RecordedWord[]> {
  const [server = ''] = office.servers;
  const [agents, guests] = [await openChromium(), await openChromium()];
  const desk = await startProcess<{ desks: [string] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: join(office.folder, 'recorded-desk'),
    VENTANILLA_SERVER: server,
  });
  try {
    const luis = new DeskPage(await openCallPage(agents, desk.ready.desks[0]));
    await luis.signIn(`agente${agent}@banco.test`, PASSWORD);
    await luis.setManual(true);
    await luis.choose('Estado', 'En línea');
    const { url, code } = await inviteGuest(server, office.deviceTokens[0] ?? '', 'caja');
    const words: RecordedWord[] = [];
    const guest = new GuestPage(await openCallPage(guests, url, (page) => listen(page, words)));
    await guest.enter();
    await luis.row(code).getByText('Listo', { exact: true }).waitFor();
    await luis.row(code).getByRole('button', { name: 'Atender' }).click();
    await guest.page.getByLabel(/^Video de/).waitFor();
    const startedAt = words[0]?.at ?? 0;
    const until = (share: number): Promise<void> =>
      guest.page.waitForTimeout(Math.max(0, startedAt + share * milliseconds - performance.now()));
    for (const [share, press] of [
      [0.2, guest.button('Micrófono')],
      [0.3, guest.button('Micrófono')],
      [0.4, luis.button('Cámara')],
      [0.5, luis.button('Cámara')],
    ] as const) {
      await until(share);
      await press.click();
    }
    await until(0.6);
    await guest.page.evaluate(() => window.callConnections?.at(-1)?.close());
    await until(1);
    await expectMoving(guest.page.getByLabel(/^Video de/));
    await luis.button('Terminar atención').click();
    await guest.page.getByText('Su atención terminó').waitFor();
    const sessions = new Set(words.map(({ signal }) => signal.session));
    if (sessions.size < 2) throw new Error('the recorded call did not break');
    return words.map((word) => ({ ...word, at: word.at - startedAt })).filter(({ at }) => at <= milliseconds);
  } finally {
    await agents.close();
    await guests.close();
    await desk.stop();
  }
}

/** Both directions of the guest's socket: the server hands on what it has looked through, and looks at it again as it was. */
async function listen(page: Page, words: RecordedWord[]): Promise<void> {
  const hear =
    (from: CallEnd) =>
    ({ payload }: { payload: string | Buffer }): void => {
      const frame = JSON.parse(payload.toString()) as { type: string; signal?: unknown };
      if (frame.type === 'signal') words.push({ at: performance.now(), from, signal: Signal.parse(frame.signal) });
    };
  page.on('websocket', (socket) => {
    socket.on('framesent', hear('guest'));
    socket.on('framereceived', hear('agent'));
  });
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    window.callConnections = made;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
}
