import { DeskError } from '../desk-error.ts';
import type { DeskStore, StoreOperation } from './desk-store.ts';
import type { OpenReport } from './open-store.ts';
import type { OpenOrder, StoreAnswer } from './store-messages.ts';
import type { StoreThread } from './store-thread.ts';

/** The store as the main thread sees it: the same map, every answer a promise. */
export interface StoreClient {
  ask: <Name extends StoreOperation>(
    name: Name,
    ...input: Parameters<DeskStore[Name]>
  ) => Promise<ReturnType<DeskStore[Name]>>;
  readonly report: OpenReport;
  /** All that was asked before is done and the files are closed. */
  close: () => Promise<void>;
}

/** A file of this desk cannot be used, and nothing in it was touched. */
export class StoreRefusedError extends Error {
  readonly reason: 'newer' | 'inUse';

  constructor(reason: 'newer' | 'inUse', detail: string) {
    super(detail);
    this.name = 'StoreRefusedError';
    this.reason = reason;
  }
}

interface Waiting {
  resolve: (output: never) => void;
  reject: (error: Error) => void;
}

/**
 * Has the files opened in a thread that nothing was asked of yet. `onDied` is told when it ends by itself; what was asked of it is
 * rejected.
 * @throws StoreRefusedError; what ended the thread before
 */
export function startStore(
  { worker, failure }: StoreThread,
  order: OpenOrder,
  onDied: (error: Error) => void,
): Promise<StoreClient> {
  if (failure) return Promise.reject(failure);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isClosing = false;
  let hasEnded = false;

  const ask: StoreClient['ask'] = (name, ...input) =>
    new Promise((resolve, reject) => {
      if (hasEnded) throw new DeskError('INTERNAL', { detail: 'The store has ended.' });
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, name, input });
    });

  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const close = (): Promise<void> => {
    isClosing = true;
    worker.postMessage({ id: 0, name: 'close' });
    return ended;
  };

  const opened = new Promise<StoreClient>((resolve, reject) => {
    const died = (error: Error): void => {
      hasEnded = true;
      reject(error);
      for (const each of waiting.values())
        each.reject(new DeskError('INTERNAL', { detail: 'The store ended.', cause: error }));
      waiting.clear();
      if (!isClosing) onDied(error);
    };
    worker.on('error', (error) => died(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => died(new Error('The store ended.')));
    worker.on('message', (answer: StoreAnswer) => {
      switch (answer.type) {
        case 'opened':
          resolve({ ask, close, report: answer.report });
          return;
        case 'refused':
          isClosing = true;
          reject(new StoreRefusedError(answer.reason, answer.detail));
          return;
        case 'answer':
          waiting.get(answer.id)?.resolve(answer.output as never);
          waiting.delete(answer.id);
          return;
        case 'failure':
          waiting.get(answer.id)?.reject(new DeskError(answer.code, { detail: answer.detail }));
          waiting.delete(answer.id);
          return;
      }
    });
  });
  worker.postMessage({ id: 0, name: 'open', order });
  return opened;
}
