import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { CallRole } from '../../src/domain/call/call.ts';
import type { MediaSource } from '../../src/protocol/video/signal.ts';
import type { CallView } from '../../src/web/peer/call-view.ts';
import type { PeerWire } from './peer-wire.ts';

/** What a test may know of a side; streams stay in the page. */
export type SideView = Omit<CallView, 'remote'> & {
  remote: Record<MediaSource, { states: string[]; muted: boolean[] } | null>;
  tracks: Record<MediaSource, { id: string; state: string; label: string } | null>;
  causes: Record<MediaSource, string | null>;
};

declare global {
  interface Window {
    /** All connections of the page, oldest first. */
    connections: RTCPeerConnection[];
    /** What the other side is to have reported as lost; null for what it does report. */
    lossSent: number | null;
  }
}

/** Between two looks, in milliseconds. */
const OFTEN = [100];

/** One side of a call in a page of its own. */
export class PeerSide {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async open(browser: Browser, wire: PeerWire, role: CallRole, prepare?: () => void): Promise<PeerSide> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    await context.addInitScript(() => {
      window.connections = [];
      window.lossSent = null;
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          window.connections.push(this);
        }
        override async getStats(): Promise<RTCStatsReport> {
          const stats = await super.getStats();
          const { lossSent } = window;
          if (lossSent === null) return stats;
          const changed = [...stats].map(([id, stat]: [string, { type: string }]): [string, { type: string }] => [
            id,
            stat.type === 'remote-inbound-rtp' ? Object.assign({}, stat, { fractionLost: lossSent }) : stat,
          ]);
          return new Map(changed);
        }
      };
    });
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    await page.goto(`${wire.url}/?role=${role}`);
    const side = new PeerSide(context, page);
    await side.enter();
    await expect.poll(() => wire.isConnected(role)).toBe(true);
    return side;
  }

  /** As after the click on "Entrar". */
  async enter(): Promise<void> {
    await this.page.evaluate(async () => {
      await window.side.devices.capture();
      window.side.connect();
    });
  }

  view(): Promise<SideView> {
    return this.page.evaluate(() => {
      const { remote, ...rest } = window.side.call.get();
      const { tracks, causes } = window.side.devices.get();
      const told = (stream: MediaStream | null) =>
        stream && {
          states: stream.getTracks().map(({ readyState }) => readyState),
          muted: stream.getTracks().map(({ muted }) => muted),
        };
      const own = (track: MediaStreamTrack | null) =>
        track && { id: track.id, state: track.readyState, label: track.label };
      return {
        ...rest,
        remote: { camera: told(remote.camera), microphone: told(remote.microphone), screen: told(remote.screen) },
        tracks: { camera: own(tracks.camera), microphone: own(tracks.microphone), screen: own(tracks.screen) },
        causes,
      };
    });
  }

  async expectPhase(name: CallView['phase']['name'], timeout = 15_000): Promise<SideView> {
    await expect.poll(async () => (await this.view()).phase.name, { timeout, intervals: OFTEN }).toBe(name);
    return this.view();
  }

  /** More pictures of a source are decoded than are now, by the count of the newest connection. */
  async expectFrames(source: 'camera' | 'screen' = 'camera', timeout = 15_000): Promise<void> {
    await this.expectMore(source, 'framesDecoded', 5, timeout);
  }

  /** Sound comes in. Browsers in tests are muted, so its energy says nothing. */
  async expectSound(): Promise<void> {
    await this.expectMore('microphone', 'packetsReceived', 20, 15_000);
  }

  private async expectMore(source: MediaSource, count: string, more: number, timeout: number): Promise<void> {
    const received = (): Promise<number> => this.received(source, count);
    await expect.poll(received, { timeout, intervals: OFTEN }).toBeGreaterThan(0);
    const before = await received();
    await expect.poll(received, { timeout, intervals: OFTEN }).toBeGreaterThan(before + more);
  }

  /** Asks the browser itself: what the call says of its line is a reading once a second. */
  private received(source: MediaSource, count: string): Promise<number> {
    return this.page.evaluate(
      async ([id, name]) => {
        const { srcObject } = document.getElementById(id) as HTMLMediaElement;
        const track = (srcObject as MediaStream | null)?.getTracks()[0];
        let counted = 0;
        (await window.connections.at(-1)?.getStats())?.forEach((stat: Record<string, unknown>) => {
          if (stat['type'] === 'inbound-rtp' && stat['trackIdentifier'] === track?.id)
            counted = Number(stat[name] ?? 0);
        });
        return counted;
      },
      [source, count] as const,
    );
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
