import { useState } from 'react';
import type { AskedPage, TurnFailure } from './ask-for-page.ts';

export interface Asking {
  isAsking: boolean;
  /** Of the last time; null for none. */
  failure: TurnFailure | null;
  ask: () => Promise<void>;
}

/** One question at a time to the server, where this customer goes on. `goOn` has the page that it named. */
export function useAsk(question: () => Promise<AskedPage>, goOn: (url: string) => void): Asking {
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<TurnFailure | null>(null);
  const ask = async (): Promise<void> => {
    setIsAsking(true);
    setFailure(null);
    const asked = await question();
    setIsAsking(false);
    if ('url' in asked) goOn(asked.url);
    else setFailure(asked.failure);
  };
  return { isAsking, failure, ask };
}
