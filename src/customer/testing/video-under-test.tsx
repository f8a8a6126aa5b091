import { act, render } from '@testing-library/react';
import { vi } from 'vitest';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { createDevices } from '../../web/peer/devices.ts';
import { createVisit, type VisitParts } from '../video/create-visit.ts';
import type { EntryFailure } from '../video/enter-video.ts';
import { VideoPage } from '../video/video-page.tsx';
import type { EntryProblem } from '../video/visit-state.ts';
import { FakeCall } from '../../web/peer/testing/fake-call.ts';
import { fakeLiveView } from './fake-live-view.ts';
import { FakeMedia, FakeMediaStream } from '../../web/peer/testing/fake-media.ts';
import { sampleGuest } from './sample-guest.ts';
import { TEN_42 } from './sample-states.ts';

export interface VideoSetUp {
  token?: string;
  obstacle?: EntryProblem | null;
  /** What entering answers; null lets in. */
  answer?: EntryFailure | null;
  languages?: readonly string[];
}

/** The whole page with a browser, a server and an agent that the test plays. */
export function videoUnderTest({
  token = 'token',
  obstacle = null,
  answer = null,
  languages = ['es-CO'],
}: VideoSetUp = {}) {
  const media = new FakeMedia();
  vi.stubGlobal('MediaStream', FakeMediaStream);
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices: media }));
  // jsdom plays nothing.
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue(undefined);
  /** Come before `answer`. */
  const answers: EntryFailure[] = [];
  const enter = vi.fn<VisitParts['enter']>(() => Promise.resolve(answers.shift() ?? answer));
  const calls: FakeCall[] = [];
  const lives: ReturnType<typeof openLive>[] = [];
  const tabs: (() => void)[] = [];
  const alerts = {
    begin: vi.fn<() => void>(),
    ring: vi.fn<() => void>(),
    quiet: vi.fn<() => void>(),
    end: vi.fn<() => void>(),
  };

  const openLive = (options: Parameters<VisitParts['openLive']>[0]) => {
    const view = fakeLiveView<GuestState>(() => TEN_42);
    return Object.assign(view, {
      options,
      say: vi.fn<(frame: unknown) => void>(),
      prove: vi.fn<() => void>(),
      close: vi.fn<() => void>(),
    });
  };

  const visit = createVisit({
    token,
    obstacle: () => obstacle,
    enter,
    openLive: (options) => {
      const live = openLive(options);
      lives.push(live);
      return live;
    },
    openDevices: createDevices,
    openCall: ({ send, configuration }) => {
      const call = new FakeCall(send, configuration);
      calls.push(call);
      return call;
    },
    openTabs: (taken) => {
      tabs.push(taken);
      return { claim: () => undefined, close: () => undefined };
    },
    alerts,
  });
  render(<VideoPage visit={visit} languages={languages} />);

  const live = () => newest(lives);
  const isUp = new Set<object>();
  return {
    visit,
    media,
    enter,
    answers,
    alerts,
    play,
    lives,
    calls,
    live,
    call: () => newest(calls),
    /** Presses "Entrar" and lets the browser answer. */
    goIn: () => act(() => visit.enter()),
    /** What the server says of the visit. */
    say: (change: Partial<GuestState>) =>
      act(() => {
        live().show({ state: sampleGuest(change), heardAt: TEN_42, isSilent: false, refusal: null });
        // A line comes up once, with its first state.
        if (isUp.has(live())) return;
        isUp.add(live());
        live().options.line?.(true);
      }),
    refuse: (refusal: string) => act(() => live().show({ refusal })),
    /** Another tab of the browser went in. */
    takeAway: () => act(() => newest(tabs)()),
    settle: () => act(() => Promise.resolve()),
  };
}

function newest<Item>(items: Item[]): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error('There is none yet');
  return item;
}
