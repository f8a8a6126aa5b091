import { expect, test } from 'vitest';
import type { AskedPage } from '../turn/ask-for-page.ts';
import { createTurnWay } from './create-turn-way.ts';

function wayOf() {
  const answers: ((asked: AskedPage) => void)[] = [];
  const done: string[] = [];
  const ask = () => new Promise<AskedPage>((resolve) => answers.push(resolve));
  const way = createTurnWay({
    turnUrl: '/turn#1',
    toCounter: ask,
    renew: ask,
    go: (url) => done.push(url),
    show: () => undefined,
    wentBack: () => done.push('back'),
  });
  return { way, answers, done };
}

test('[PT1] a second touch of "back to the counter" leaves the first one on its way', async () => {
  const { way, answers, done } = wayOf();
  const first = way.toCounter();
  await way.toCounter();
  expect(answers).toHaveLength(1);
  expect(way.isGoingBack()).toBe(true);
  answers[0]?.({ url: '/turn#2' });
  await first;
  expect(done).toEqual(['back', '/turn#2']);
  expect(way.isGoingBack()).toBe(false);
});

test('[PT1] [PT5] a wish for another turn that is on its way is no way back', async () => {
  const { way, answers, done } = wayOf();
  const renewing = way.renew();
  const back = way.toCounter();
  expect(way.isGoingBack()).toBe(false);
  answers[0]?.({ failure: 'failed' });
  await Promise.all([renewing, back]);
  expect(done).toEqual([]);
  expect(way.isGoingBack()).toBe(false);
});
