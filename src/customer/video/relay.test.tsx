import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AttentionId, OfferId } from '../../protocol/ids.ts';
import { fakeStream } from '../../web/peer/testing/fake-media.ts';
import type { FakeCall } from '../../web/peer/testing/fake-call.ts';
import { called } from '../testing/sample-guest.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';
import { isFlowing } from './next-call.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const second = '2' as AttentionId;
const offerId = 'o' as OfferId;
const attending = { ...called(), phase: 'attending' } as const;
const next = { offerId, attentionId: second };
const picture = (name: string): Element | null => document.querySelector(`video[aria-label="Video de ${name}"]`);
const sounds = (): boolean[] => [...document.querySelectorAll('audio')].map(({ muted }) => muted);
const statsOf = (framesDecoded: number) =>
  ({
    received: { camera: { framesDecoded }, microphone: { packetsReceived: framesDecoded } },
  }) as unknown as ReturnType<FakeCall['get']>['stats'];

/** With Luis, whose picture is there. */
async function talk() {
  const page = videoUnderTest();
  await page.goIn();
  page.say({});
  page.say(attending);
  const shows = (call: FakeCall): void =>
    act(() => {
      call.show({
        remote: { camera: fakeStream(), microphone: fakeStream(), screen: null },
        isRemoteOn: { camera: true, microphone: true, screen: false },
      });
      call.phase({ name: 'connected' });
    });
  const luis = page.call();
  shows(luis);
  const hear = (word: object): void => act(() => page.live().options.hear?.(word as never));
  return { ...page, luis, shows, hear };
}

describe('the call passes on', () => {
  it('[S2-37] the one that goes on is seen and heard until the colleague’s media flow and the server says so', async () => {
    const { say, calls, live, luis, shows, hear } = await talk();
    const before = picture('Luis');
    say({ ...attending, next });
    const diego = calls[1]!;
    expect(diego.told).toEqual(['line up', 'start']);
    expect(luis.told).not.toContain('close');
    hear({ type: 'room', isOtherHere: true, attentionId: second });
    expect(diego.told).toContain('peerCame');
    shows(diego);
    expect(picture('Luis')).toBe(before);
    expect(sounds()).toEqual([false, true]);
    expect(live().say).not.toHaveBeenCalledWith({ type: 'mediaFlows', offerId });
    act(() => diego.show({ stats: statsOf(1) }));
    expect(live().say).toHaveBeenCalledWith({ type: 'mediaFlows', offerId });

    const drawn = document.querySelectorAll('video')[1];
    say({ ...attending, agentName: 'Diego', attentionId: second });
    // The very element that is drawn already comes to the front.
    expect(picture('Diego')).toBe(drawn);
    expect(picture('Luis')).toBeNull();
    expect(sounds()).toEqual([false]);
    expect(luis.told.slice(-2)).toEqual(['end transferred', 'close']);
    expect(calls).toHaveLength(2);
    expect(screen.getByRole('status').textContent).toContain('Ahora le atiende Diego');
  });

  it('[S2-37] taken back, or failed, the second connection ends and nothing else changes', async () => {
    const { say, calls, luis, shows } = await talk();
    say({ ...attending, next });
    shows(calls[1]!);
    const before = picture('Luis');
    say(attending);
    expect(calls[1]!.told.slice(-2)).toEqual(['end transferred', 'close']);
    expect(picture('Luis')).toBe(before);
    expect(luis.told).not.toContain('close');
    expect(sounds()).toEqual([false]);
  });

  it('[S2-37] each of the two hears what is meant for it, also what came before the server told of it', async () => {
    const { say, calls, luis, live, hear } = await talk();
    const early = { session: 7, data: { type: 'newer' } };
    hear({ type: 'signal', signal: early, attentionId: second });
    say({ ...attending, next });
    expect(calls[1]!.received).toEqual([early]);
    expect(luis.received).toEqual([]);
    act(() => calls[1]!.send({ session: 7, data: { type: 'ask' } }));
    expect(live().say).toHaveBeenCalledWith({
      type: 'signal',
      signal: { session: 7, data: { type: 'ask' } },
      attentionId: second,
    });
  });

  it('[S2-37] the word that media flow is said again while the server has not answered', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { say, calls, live, shows } = await talk();
    say({ ...attending, next });
    const diego = calls[1]!;
    shows(diego);
    const times = () =>
      live().say.mock.calls.filter(([frame]) => (frame as { type: string }).type === 'mediaFlows').length;
    act(() => diego.show({ stats: statsOf(1) }));
    act(() => diego.show({ stats: statsOf(2) }));
    expect(times()).toBe(1);
    vi.advanceTimersByTime(1_000);
    act(() => diego.show({ stats: statsOf(30) }));
    expect(times()).toBe(2);
  });

  it('[S2-37] with the end of the attention both connections end, and no camera goes on', async () => {
    const { say, calls, media } = await talk();
    say({ ...attending, next });
    say({ phase: 'finished' });
    for (const call of calls) expect(call.told.at(-1)).toBe('close');
    expect(media.tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
  });
});

it('[S2-37] an agent without a camera is there with the voice; one with it, with the picture alone', async () => {
  const { luis } = await talk();
  const view = luis.get();
  const off = { camera: false, microphone: true, screen: false };
  expect(isFlowing({ ...view, stats: null }, false)).toBe(false);
  expect(isFlowing({ ...view, stats: null }, true)).toBe(true);
  expect(isFlowing({ ...view, isRemoteOn: off, stats: statsOf(1) }, false)).toBe(true);
  expect(isFlowing({ ...view, isRemoteOn: off, stats: statsOf(0) }, true)).toBe(false);
  expect(isFlowing({ ...view, isRemoteOn: { ...off, microphone: false }, stats: statsOf(1) }, true)).toBe(false);
  expect(isFlowing({ ...view, phase: { name: 'connecting', since: 0 }, stats: statsOf(1) }, true)).toBe(false);
});
