import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CrowdDesk, CrowdOrder, CrowdWord } from './desk-crowd-client.ts';

/** Light desks in a process of their own. */
export interface DeskCrowd {
  /** Resolves once all of them have caught up. */
  open: (url: string, desks: CrowdDesk[]) => Promise<void>;
  /**
   * Resolves once each of them has every change of the stream up to `last`, with how many changes have come to all of them so far.
   * @throws when one came twice, in another order or not at all
   */
  heard: (stream: string, last: number) => Promise<number>;
  close: () => Promise<void>;
}

export function startCrowd(): DeskCrowd {
  const child = fork(join(import.meta.dirname, 'desk-crowd-client.ts'));
  const ended = once(child, 'exit');
  const ask = async (order: CrowdOrder): Promise<CrowdWord> => {
    const word = once(child, 'message') as Promise<[CrowdWord]>;
    child.send(order);
    const answer = await Promise.race([word, ended.then(() => null)]);
    if (!answer) throw new Error('The crowd has ended.');
    return answer[0];
  };
  return {
    open: async (url, desks) => {
      await ask({ url, open: desks });
    },
    heard: async (stream, last) => {
      const word = await ask({ expect: { stream, last } });
      return word.said === 'heard' ? word.changes : 0;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
