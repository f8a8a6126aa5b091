import { expect, it, vi } from 'vitest';
import type { GuestMessage } from '../../protocol/video/message.ts';
import { createGuestChat, type Sending } from './guest-chat.ts';

const said = (seq: number, more: Partial<GuestMessage> = {}): GuestMessage => ({
  seq,
  from: 'agent',
  text: `n.º ${seq}`,
  sentAt: seq,
  agentName: 'Luis',
  key: null,
  ...more,
});
const read = { byAgent: 0, byGuest: 0 };

/** A chat whose server answers when the test says so. */
function chatUnderTest() {
  const asked: { key: string; text: string; answer: (sending: Sending) => Promise<void> }[] = [];
  const tellRead = vi.fn<(upTo: number) => Promise<void>>(() => Promise.resolve());
  const rests: { milliseconds: number; end: () => void }[] = [];
  let keys = 0;
  const chat = createGuestChat({
    send: (key, text) => {
      const { promise, resolve } = Promise.withResolvers<Sending>();
      const answer = async (sending: Sending): Promise<void> => {
        resolve(sending);
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      };
      asked.push({ key, text, answer });
      return promise;
    },
    tellRead,
    newKey: () => `key-${(keys += 1)}`,
    pause: (milliseconds) => new Promise((resolve) => rests.push({ milliseconds, end: resolve })),
  });
  const own = () => chat.get().own.map(({ text, problem }) => [text, problem]);
  const texts = () => chat.get().messages.map(({ text }) => text);
  return { chat, asked, rests, tellRead, own, texts };
}

it('[S2-46] [R10] sends one message after the other, in the order of writing', async () => {
  const { chat, asked, own, texts } = chatUnderTest();
  for (const text of ['uno', 'dos', 'tres']) chat.send(text);
  expect(asked.map(({ text }) => text)).toEqual(['uno']);
  await asked[0]!.answer({ sent: said(1, { from: 'guest', text: 'uno', key: 'key-1' }) });
  expect(asked.map(({ text }) => text)).toEqual(['uno', 'dos']);
  expect(texts()).toEqual(['uno']);
  expect(own()).toEqual([
    ['dos', null],
    ['tres', null],
  ]);
});

it('[S2-46] [R9] shows a message once, whether its answer or the talk comes first', async () => {
  const { chat, asked, own, texts } = chatUnderTest();
  chat.send('uno');
  const sent = said(1, { from: 'guest', text: 'uno', key: 'key-1' });
  chat.hear({ messages: [sent], read });
  expect([texts(), own()]).toEqual([['uno'], []]);
  await asked[0]!.answer({ sent });
  expect([texts(), own()]).toEqual([['uno'], []]);
});

it('[S2-46] [R3] keeps what did not get through, with those behind it, and sends it again under the same key', async () => {
  const { chat, asked, own } = chatUnderTest();
  chat.send('uno');
  chat.send('dos');
  await asked[0]!.answer({ problem: 'offline' });
  expect(own()).toEqual([
    ['uno', 'offline'],
    ['dos', 'offline'],
  ]);
  chat.retry();
  expect(asked.map(({ key, text }) => [key, text])).toEqual([
    ['key-1', 'uno'],
    ['key-1', 'uno'],
  ]);
  await asked[1]!.answer({ sent: said(1, { from: 'guest', text: 'uno', key: 'key-1' }) });
  expect(asked[2]).toMatchObject({ key: 'key-2', text: 'dos' });
});

it.each(['offline', 'unavailable', 'tooMany'] as const)(
  '[S2-46] [R3] what the answer %s held up is sent again by itself, with the line up all the time',
  async (problem) => {
    const { chat, asked, rests, own } = chatUnderTest();
    chat.send('uno');
    await asked[0]!.answer({ problem });
    chat.retry();
    await asked[1]!.answer({ problem });
    expect(rests.map(({ milliseconds }) => milliseconds)).toEqual([5_000]);
    rests[0]!.end();
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(asked[2]!.key).toBe('key-1');
    await asked[2]!.answer({ sent: said(1, { from: 'guest', text: 'uno', key: 'key-1' }) });
    expect(own()).toEqual([]);
    expect(rests).toHaveLength(1);
  },
);

it('[S2-46] with the end of the visit nothing is sent again by itself, until it goes on', async () => {
  const { chat, asked, rests } = chatUnderTest();
  chat.send('uno');
  await asked[0]!.answer({ problem: 'unavailable' });
  chat.stop();
  rests[0]!.end();
  await Promise.resolve();
  expect(asked).toHaveLength(1);
  chat.retry();
  expect(asked).toHaveLength(2);
  chat.stop();
  await asked[1]!.answer({ problem: 'unavailable' });
  expect(rests).toHaveLength(1);
});

it('[S2-46] [R5] a message that is refused for good holds up none behind it, and can be taken back to be written anew', async () => {
  const { chat, asked, own } = chatUnderTest();
  chat.send('mala');
  chat.send('buena');
  await asked[0]!.answer({ problem: 'rejected' });
  expect(asked[1]!.text).toBe('buena');
  chat.retry();
  expect(own()).toEqual([
    ['mala', 'rejected'],
    ['buena', null],
  ]);
  expect(chat.takeBack('key-2')).toBeNull();
  expect(chat.takeBack('key-1')).toBe('mala');
  expect(own()).toEqual([['buena', null]]);
});

it('[S2-46] [R10] shows the order of the server whatever comes first, and reading never falls', () => {
  const { chat, texts } = chatUnderTest();
  chat.hear({ messages: [said(3), said(1)], read: { byAgent: 2, byGuest: 0 } });
  chat.hear({ messages: [said(2), said(3)], read: { byAgent: 1, byGuest: 0 } });
  expect(texts()).toEqual(['n.º 1', 'n.º 2', 'n.º 3']);
  expect(chat.get().read.byAgent).toBe(2);
  expect(chat.last()).toBe(3);
});

it('[S2-46] counts what the guest has not seen, and tells that it was seen once', () => {
  const { chat, tellRead } = chatUnderTest();
  chat.hear({ messages: [said(1), said(2, { from: 'guest' }), said(3)], read: { byAgent: 0, byGuest: 1 } });
  expect(chat.get().unread.map(({ seq }) => seq)).toEqual([3]);
  chat.seen();
  chat.seen();
  expect(tellRead.mock.calls).toEqual([[3]]);
  expect(chat.get().unread).toEqual([]);
});
