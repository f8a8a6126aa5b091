import { facts, type Fact, type FactName } from '../../../bridge/contract.ts';
import type { Preferences, SessionFact } from '../../../bridge/facts.ts';
import type { DownFrame } from '../../../bridge/frame.ts';
import type { AgentState } from '../../../protocol/agent-status.ts';
import type { TicketId } from '../../../protocol/ids.ts';

/** What tray, badge and title know of the desk. */
export interface ShellView {
  session: SessionFact['state'];
  /** Null while nobody works here. */
  state: AgentState | null;
  /** The ticket being called or attended here. */
  inHand: { ticketId: TicketId; turnCode: string; isCalling: boolean } | null;
  waiting: number;
  isLineDown: boolean;
  language: Preferences['language'];
  theme: Preferences['theme'];
}

export const EMPTY_VIEW: ShellView = {
  session: 'starting',
  state: null,
  inHand: null,
  waiting: 0,
  isLineDown: false,
  language: 'es',
  theme: 'system',
};

/** The view after a frame from the desk; the same one when the frame says nothing that the shell shows. */
export function nextView(view: ShellView, frame: DownFrame): ShellView {
  const session = factOf(frame, 'session.changed');
  if (session) {
    // Of the agent who left nothing stays on the tray.
    if (session.state !== 'working') return { ...view, session: session.state, state: null, inHand: null, waiting: 0 };
    return { ...view, session: session.state };
  }
  const status = factOf(frame, 'status.changed');
  if (status) return { ...view, state: status.status.state };
  const current = factOf(frame, 'current.changed');
  if (current) return { ...view, inHand: inHandOf(current) };
  const waiting = factOf(frame, 'waiting.changed');
  if (waiting) return { ...view, waiting: waiting.count };
  const line = factOf(frame, 'line.changed');
  if (line) return { ...view, isLineDown: line.state === 'down' };
  const preferences = factOf(frame, 'preferences.changed');
  if (preferences) return { ...view, language: preferences.language, theme: preferences.theme };
  return view;
}

/** The fact that a frame tells, when it is this one. */
export function factOf<Name extends FactName>(frame: DownFrame, name: Name): Fact<Name> | null {
  if (frame.t !== 'fact' || frame.name !== name) return null;
  const parsed = facts[name].safeParse(frame.fact);
  return parsed.success ? (parsed.data as Fact<Name>) : null;
}

function inHandOf({ ticket }: Fact<'current.changed'>): ShellView['inHand'] {
  if (ticket === null || (ticket.header.state !== 'calling' && ticket.header.state !== 'attending')) return null;
  const { id, turnCode, state } = ticket.header;
  return { ticketId: id, turnCode, isCalling: state === 'calling' };
}
