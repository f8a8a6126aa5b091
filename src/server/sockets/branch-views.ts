import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { ChangeHub } from '../changes/change-hub.ts';
import { watchLive, type LiveView } from './live-view.ts';

export interface Watcher<State> {
  /** Null: there is no such thing, or not any more. */
  show: (state: State | null) => void;
  /** It could not be read; the log has it under this id. */
  fail: (requestId: string) => void;
}

/** What pages watch of branches. However many watch one branch, each look at it is one read for all of them. */
export interface BranchViews<State> {
  /** Shows an item of a branch now, after each change of the branch, and now and then. Returns the way to end it. */
  watch: (branchId: string, item: string, watcher: Watcher<State>) => () => void;
}

interface Options<State> {
  hub: Pick<ChangeHub, 'subscribe'>;
  log: Logger;
  /** Where a stream stands. */
  readSeq: (stream: string) => Promise<number>;
  /** Least time between two looks at a branch. */
  pauseMs: number;
  /** Looks again by itself after this long, for what moves with the clock. */
  refreshMs: number;
  /** The states of these items of a branch; of those that are none, nothing. */
  read: (branchId: string, items: string[]) => Promise<ReadonlyMap<string, State>>;
}

interface View<State> {
  watchers: Map<string, Set<Watcher<State>>>;
  live: LiveView;
}

export function createBranchViews<State>({
  hub,
  log,
  readSeq,
  pauseMs,
  refreshMs,
  read,
}: Options<State>): BranchViews<State> {
  const views = new Map<string, View<State>>();

  const open = (branchId: string): View<State> => {
    const stream = `branch:${branchId}`;
    const watchers: View<State>['watchers'] = new Map();
    const live = watchLive({
      hub,
      stream,
      readSeq: () => readSeq(stream),
      pauseMs,
      refreshMs,
      read: async () => {
        const items = [...watchers.keys()];
        const states = await read(branchId, items);
        return items.map((item) => [item, states.get(item) ?? null] as const);
      },
      show: (states) => {
        for (const [item, state] of states) for (const watcher of watchers.get(item) ?? []) watcher.show(state);
      },
      fail: (error) => {
        const requestId = uuidv7();
        log.error({ error, requestId, stream }, 'public pages were not refreshed');
        for (const watching of watchers.values()) for (const watcher of watching) watcher.fail(requestId);
      },
    });
    return { watchers, live };
  };

  return {
    watch: (branchId, item, watcher) => {
      const view = views.get(branchId) ?? open(branchId);
      views.set(branchId, view);
      const { watchers, live } = view;
      const watching = watchers.get(item) ?? new Set();
      watchers.set(item, watching.add(watcher));
      live.look();
      return () => {
        watching.delete(watcher);
        if (watching.size === 0) watchers.delete(item);
        if (watchers.size > 0) return;
        live.stop();
        views.delete(branchId);
      };
    },
  };
}
