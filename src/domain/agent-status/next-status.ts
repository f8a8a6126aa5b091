import type { AgentState, AgentStatus, StatusCause } from '../../protocol/agent-status.ts';
import type { BranchId, ModuleId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';

export type StatusEvent =
  /** A state from now on, by `status.choose` or by a supervisor. */
  | {
      type: 'chosen';
      state: AgentState;
      cause: Extract<StatusCause, 'agent' | 'idle' | 'lock' | 'crash' | 'supervisor'>;
    }
  | { type: 'nextChosen'; state: AgentState }
  | { type: 'manualSet'; isManual: boolean }
  | { type: 'attentionEnded' }
  /** A call got no act of the agent in time. */
  | { type: 'noAnswer' }
  /** The agent sat down at a module. */
  | { type: 'signedIn'; branchId: BranchId; moduleId: ModuleId }
  | { type: 'signedOut' };

/** An event that changes nothing returns the same object [ST1]; so a caller writes a ledger row only when it differs. */
export function nextStatus(status: AgentStatus, event: StatusEvent, at: Instant): AgentStatus {
  switch (event.type) {
    case 'chosen':
      return entered(status, event.state, event.cause, at);
    case 'nextChosen':
      return status.nextState === event.state ? status : { ...status, nextState: event.state };
    case 'manualSet':
      return status.isManual === event.isManual ? status : { ...status, isManual: event.isManual };
    case 'attentionEnded':
      if (status.nextState === 'online') return status;
      return { ...entered(status, status.nextState, 'nextState', at), nextState: 'online' };
    case 'noAnswer':
      return entered(status, 'offline', 'noAnswer', at);
    case 'signedIn':
      return {
        ...unseated(status, 'signIn', at),
        branchId: event.branchId,
        moduleId: event.moduleId,
      };
    case 'signedOut':
      return status.moduleId === null && status.cause === 'signOut' ? status : unseated(status, 'signOut', at);
  }
}

/** Whether the system may call the next customer for this agent [ST8]. */
export function canReceive(status: AgentStatus, hasAttention: boolean, isConnected: boolean): boolean {
  return status.state === 'online' && status.moduleId !== null && !status.isManual && !hasAttention && isConnected;
}

function entered(status: AgentStatus, state: AgentState, cause: StatusCause, at: Instant): AgentStatus {
  return status.state === state ? status : { ...status, state, cause, since: at };
}

function unseated(status: AgentStatus, cause: StatusCause, at: Instant): AgentStatus {
  return {
    ...status,
    state: 'offline',
    nextState: 'online',
    isManual: false,
    since: at,
    cause,
    branchId: null,
    moduleId: null,
  };
}
