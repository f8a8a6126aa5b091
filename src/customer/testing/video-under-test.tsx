import { act, render } from '@testing-library/react';
import { vi } from 'vitest';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { PathFinding } from '../../protocol/video/readiness.ts';
import { createDevices } from '../../web/peer/devices.ts';
import type { ConsentApi } from '../video/consent-api.ts';
import { createVisit, type VisitParts } from '../video/create-visit.ts';
import type { Answer, Asking } from '../video/ask-server.ts';
import type { EntryFailure } from '../video/enter-video.ts';
import { createGuestChat, type MessageProblem } from '../video/guest-chat.ts';
import { createGuestUploads } from '../video/guest-uploads.ts';
import type { RoomWord } from '../video/read-guest-frame.ts';
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
  /** What the server says to a request about a file. */
  fileAnswer?: (asking: Asking) => Answer;
  /** Of the page from which the guest came. */
  turnUrl?: string | null;
}

/** The whole page with a browser, a server and an agent that the test plays. */
export function videoUnderTest({
  token = 'token',
  obstacle = null,
  answer = null,
  languages = ['es-CO'],
  fileAnswer = () => ({ status: 204, body: null }),
  turnUrl = null,
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
  const paths: ((path: PathFinding | null) => void)[] = [];
  const alerts = {
    begin: vi.fn<() => void>(),
    ring: vi.fn<() => void>(),
    quiet: vi.fn<() => void>(),
    end: vi.fn<() => void>(),
  };

  /** Answers nothing until the test says what. */
  const consents = {
    seen: vi.fn<ConsentApi['seen']>(() => new Promise(() => undefined)),
    answer: vi.fn<ConsentApi['answer']>(() => new Promise(() => undefined)),
    withdraw: vi.fn<ConsentApi['withdraw']>(() => new Promise(() => undefined)),
    withdrawByReceipt: vi.fn<ConsentApi['withdrawByReceipt']>(() => new Promise(() => undefined)),
  };

  const saveReceipt = vi.fn<VisitParts['saveReceipt']>(() => Promise.resolve(true));

  const openLive = (options: Parameters<VisitParts['openLive']>[0]) => {
    const view = fakeLiveView<GuestState>(() => TEN_42);
    return Object.assign(view, {
      options,
      say: vi.fn<(frame: unknown) => void>(),
      prove: vi.fn<() => void>(),
      close: vi.fn<() => void>(),
    });
  };

  /** What the chat sent, by text; the server takes it with the next place unless a problem is told. */
  const sent: { key: string; text: string }[] = [];
  const problems: MessageProblem[] = [];
  const tellRead = vi.fn<(upTo: number) => Promise<void>>(() => Promise.resolve());
  let keys = 0;
  const newKey = (): string => `key-${(keys += 1)}`;
  const chat = createGuestChat({
    send: (key, text) => {
      sent.push({ key, text });
      const problem = problems.shift();
      const seq = chat.last() + 1;
      const message = { seq, from: 'guest' as const, text, sentAt: TEN_42, agentName: null, key };
      return Promise.resolve(problem ? { problem } : { sent: message });
    },
    tellRead,
    newKey,
    // Only a word of the line sends anything again.
    pause: () => new Promise(() => {}),
  });
  const asked: Asking[] = [];
  const uploads = createGuestUploads({
    token,
    ask: (asking) => {
      asked.push(asking);
      return Promise.resolve(fileAnswer(asking));
    },
    newKey,
    now: () => 0,
    pause: () => Promise.resolve(),
  });

  const toCounter = vi.fn<VisitParts['turn']['toCounter']>(() => new Promise(() => undefined));
  const renew = vi.fn<VisitParts['turn']['renew']>(() => new Promise(() => undefined));
  const go = vi.fn<(url: string) => void>();

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
    openCall: ({ send, configuration, isLineWeak }) => {
      const call = new FakeCall(send, configuration, isLineWeak);
      calls.push(call);
      return call;
    },
    measurePath: () => {
      const { promise, resolve } = Promise.withResolvers<PathFinding | null>();
      paths.push(resolve);
      return promise;
    },
    openTabs: (taken) => {
      tabs.push(taken);
      return { claim: () => undefined, close: () => undefined };
    },
    alerts,
    consents,
    saveReceipt,
    isSeen: () => document.visibilityState === 'visible',
    chat,
    uploads,
    turn: { turnUrl, toCounter, renew, go },
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
    consents,
    saveReceipt,
    play,
    sent,
    problems,
    tellRead,
    asked,
    toCounter,
    renew,
    go,
    lives,
    calls,
    live,
    /** The first frame of the line. */
    hello: () => {
      const { hello } = live().options;
      return typeof hello === 'function' ? hello() : hello;
    },
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
    /** What the server says besides the state. */
    hear: (word: RoomWord) => act(() => live().options.hear?.(word)),
    refuse: (refusal: string) => act(() => live().show({ refusal })),
    /** Another tab of the browser went in. */
    takeAway: () => act(() => newest(tabs)()),
    /** How many tests of the line have begun, and what the newest one finds. */
    paths,
    findPath: (path: PathFinding) => act(() => Promise.resolve(newest(paths)(path))),
    settle: () => act(() => Promise.resolve()),
  };
}

function newest<Item>(items: Item[]): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error('There is none yet');
  return item;
}
