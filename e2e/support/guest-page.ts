import { expect, type Locator, type Page } from '@playwright/test';
import type { IssuedTicket } from '../../src/protocol/http/public-api.ts';
import { GuestInvitation } from '../../src/protocol/video/guest-link.ts';
import type { Office } from './office.ts';

/** What a guest sees and does in a video attention, by the names on screen. */
export class GuestPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Enters, and waits to be called. */
  async enter(): Promise<void> {
    await this.button('Entrar').click();
    await expect(this.page.getByText('Funcionan bien')).toBeVisible();
  }
}

/** Two browsers make a call in many steps: on a busy machine that takes longer than what one page shows by itself. */
const MADE_WITHIN = { timeout: 60_000 };

/** Frames of this picture go on being decoded. */
export async function expectMoving(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible(MADE_WITHIN);
  const frames = (): Promise<number> =>
    picture.evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  const before = await frames();
  await expect.poll(frames, MADE_WITHIN).toBeGreaterThan(before + 5);
}

/** The way in that the page of a turn asks for. */
export async function invitedUrl({ server }: Office, { turnUrl }: IssuedTicket): Promise<string> {
  const answer = await fetch(`${server}/v1/guest/invitations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(turnUrl).hash.slice(1) }),
  });
  return GuestInvitation.parse(await answer.json()).url;
}
