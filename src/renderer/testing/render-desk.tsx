import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { vi } from 'vitest';
import type { Fact, FactName } from '../../bridge/contract.ts';
import { createToasts } from '../../web/ui/create-toasts.ts';
import { createDeskClient } from '../bridge/desk-client.ts';
import { App } from '../start/app.tsx';
import { createClock } from '../start/clock.ts';
import { DeskContext } from '../start/desk-context.ts';
import { createUploads } from '../features/files/create-uploads.ts';
import { createVideo } from '../features/video/create-video.ts';
import type { VideoMedia } from '../features/video/video.ts';
import { loadWorkspace } from '../start/use-workspace.ts';
import { createDeskStore } from '../stores/create-desk-store.ts';
import { keepDrafts } from '../stores/keep-drafts.ts';
import { keepWritings } from '../stores/keep-writings.ts';
import { mirrorFacts } from '../stores/mirror-facts.ts';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';
import { NOW } from './sample-office.ts';

const VIEW_HEIGHT = 710;

/** jsdom has no layout: lists are 710 px high, and scrolling is their own. */
function giveLayout(): void {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(VIEW_HEIGHT);
  Element.prototype.scrollTo = () => {};
}

/** The whole renderer over a fake desk, at 10:49:03 of 23 July 2026 in Bogotá. */
export async function renderDesk(setTheScene: (fake: FakeDesk) => void, media?: VideoMedia) {
  giveLayout();
  await loadWorkspace();
  const fake = createFakeDesk();
  const desk = createDeskClient(fake.pipe);
  const store = createDeskStore();
  let now = NOW;
  const clock = createClock(() => now);
  const chimes: number[] = [];
  mirrorFacts(desk, store);
  keepDrafts(desk, store);
  keepWritings(desk, store);
  await act(async () => setTheScene(fake));
  const video = createVideo(desk, store, media);
  const playChime = (volume: number) => chimes.push(volume);
  const services = {
    desk,
    store,
    clock,
    toasts: createToasts(),
    video,
    uploads: createUploads(desk, store),
    playChime,
  };
  await act(async () => {
    render(
      <DeskContext value={services}>
        <App />
      </DeskContext>,
    );
  });
  return {
    fake,
    store,
    chimes,
    video,
    toasts: services.toasts,
    tell: <Name extends FactName>(name: Name, fact: Fact<Name>) => act(async () => fake.tell(name, fact)),
    /** The screen's next second. */
    tick: (milliseconds = 1_000) =>
      act(async () => {
        now += milliseconds;
        await vi.advanceTimersByTimeAsync(milliseconds);
      }),
  };
}

export const region = (name: string) => within(screen.getByRole('region', { name }));

/** Presses a button, option, tab or menu item and lets the desk answer. */
export async function press(
  name: string | RegExp,
  { role = 'button', inside = screen as ReturnType<typeof within> } = {},
): Promise<void> {
  await act(async () => {
    fireEvent.click(inside.getByRole(role, { name }));
  });
}

/** Opens a combobox and chooses. */
export async function choose(combobox: string, option: string): Promise<void> {
  await press(combobox, { role: 'combobox' });
  await press(option, { role: 'option' });
}

export async function write(name: string, text: string): Promise<void> {
  await act(async () => {
    fireEvent.change(screen.getByRole('textbox', { name }), { target: { value: text } });
  });
}

export async function pressKey(key: string, more: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, {
      key,
      code: /^\d$/.test(key) ? `Digit${key}` : key,
      ...more,
    });
  });
}

/** A clipboard that jsdom lacks; what was written comes last. */
export function fakeClipboard(): string[] {
  const written: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void written.push(text) },
  });
  return written;
}
