import type { AskedPage, TurnFailure } from '../turn/ask-for-page.ts';

/** What the guest does with the turn behind the video. */
export interface TurnView {
  /** They came from its own page, which is still theirs. */
  hasPage: boolean;
  isAsking: boolean;
  /** Why the last wish was not done. */
  failure: TurnFailure | null;
}

export interface TurnParts {
  /** Address of the turn's page; null for a guest who came by a link of the agent. */
  turnUrl: string | null;
  toCounter: () => Promise<AskedPage>;
  renew: () => Promise<AskedPage>;
  /** Shows another page. */
  go: (url: string) => void;
}

interface Options extends TurnParts {
  show: (view: TurnView) => void;
  /** The turn is at the counter again. */
  wentBack: () => void;
}

export const noTurn = (turnUrl: string | null): TurnView => ({
  hasPage: turnUrl !== null,
  isAsking: false,
  failure: null,
});

/** Back to the counter, another turn, and the turn's own page. */
export function createTurnWay({ turnUrl, toCounter, renew, go, show, wentBack }: Options) {
  let view = noTurn(turnUrl);
  const change = (next: Partial<TurnView>): void => {
    view = { ...view, ...next };
    show(view);
  };
  const ask = async (question: () => Promise<AskedPage>, done: (url: string) => void): Promise<void> => {
    if (view.isAsking) return;
    change({ isAsking: true, failure: null });
    const asked = await question();
    change({ isAsking: false, failure: 'failure' in asked ? asked.failure : null });
    if ('url' in asked) done(asked.url);
  };
  let isGoingBack = false;
  return {
    /** What takes the link away now is the guest's own wish. */
    isGoingBack: () => isGoingBack,
    toCounter: async (): Promise<void> => {
      // Another wish is on its way: what is said of that one stays.
      if (turnUrl === null || view.isAsking) return;
      isGoingBack = true;
      await ask(toCounter, (url) => {
        wentBack();
        go(url);
      });
      isGoingBack = false;
    },
    renew: (): Promise<void> => ask(renew, go),
    see: (): void => {
      if (turnUrl !== null) go(turnUrl);
    },
  };
}
