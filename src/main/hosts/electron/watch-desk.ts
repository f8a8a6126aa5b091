import type { CallInput, CallName } from '../../../bridge/contract.ts';
import type { NoticeFact } from '../../../bridge/facts.ts';
import type { DownFrame, UpFrame, Wire } from '../../../bridge/frame.ts';
import type { AgentState } from '../../../protocol/agent-status.ts';
import { EMPTY_VIEW, factOf, nextView, type ShellView } from './shell-view.ts';

/** Gives one more window, or the shell, the desk; returns how to let go of it. */
export type ServeWindow = (wire: Wire<DownFrame, unknown>) => () => void;

export interface DeskWatch {
  /** Begins to hear the desk, whose present facts come at once. */
  start: (serve: ServeWindow) => void;
  view: () => ShellView;
  /** The state that the agent chose in the tray. */
  chooseState: (state: AgentState) => void;
  /** The machine is awake again: the line need not wait for its next try. */
  retryLine: () => void;
}

interface DeskWatchEvents {
  changed: (view: ShellView, before: ShellView) => void;
  called: (notice: Extract<NoticeFact, { type: 'called' }>) => void;
}

/** The shell is one more window of the desk: it hears the same facts and asks through the same door. */
export function createDeskWatch({ changed, called }: DeskWatchEvents): DeskWatch {
  let view = EMPTY_VIEW;
  let ask: (frame: UpFrame) => void = () => undefined;
  let lastId = 0;
  const wire: Wire<DownFrame, unknown> = {
    post: (frame) => {
      const notice = factOf(frame, 'notice.raised');
      if (notice?.type === 'called') called(notice);
      const before = view;
      view = nextView(view, frame);
      if (view !== before) changed(view, before);
    },
    listen: (take) => {
      ask = take;
      return () => undefined;
    },
  };
  const call = <Name extends CallName>(name: Name, input: CallInput<Name>): void => {
    lastId += 1;
    ask({ t: 'call', id: lastId, name, input });
  };
  return {
    start: (serve) => void serve(wire),
    view: () => view,
    chooseState: (state) => call('act', { type: 'status.choose', state }),
    retryLine: () => call('line.retryNow', {}),
  };
}
