import type { ScreenSource } from '../../bridge/screen-source.ts';

/** Whoever shows the agent what of this machine could be shared: the browser by itself, or we. */
export interface ScreenHost {
  /** Windows first; null where the browser itself asks. */
  sources: () => Promise<ScreenSource[] | null>;
  /** Chosen by the agent: the page that asks next is given it, once and soon. One that is not known is nothing. */
  choose: (id: string) => void;
}

export const browserAsks: ScreenHost = { sources: () => Promise.resolve(null), choose: () => undefined };
