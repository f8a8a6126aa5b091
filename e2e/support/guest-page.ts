import { expect, type Locator, type Page } from '@playwright/test';

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

/** Frames of this picture go on being decoded. */
export async function expectMoving(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  const frames = (): Promise<number> =>
    picture.evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before + 5);
}
