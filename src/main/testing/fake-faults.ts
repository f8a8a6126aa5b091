import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';

/** Every fault that a line or its server can have, at the test's word; none at first. */
export function createFakeFaults() {
  return {
    isCut: false,
    /** The next deliveries are done, but their answers never leave. */
    answersToLose: 0,
    /** A refusal for a command, instead of doing it. */
    refuse: null as ((command: AgentCommand) => ErrorCode | null) | null,
    /** A command that came after a newer act elsewhere: nothing is done. */
    supersede: null as ((command: AgentCommand) => boolean) | null,
    /** Held before it is looked at, until the promise is settled. */
    holdDeliveries: null as Promise<void> | null,
    partSize: 1_000,
    /** Sockets stay open and say nothing. */
    isSilent: false,
    expired: false,
    /** The server is there without its database. */
    isUnavailable: false,
    signedInElsewhere: false,
  };
}

export type FakeFaults = ReturnType<typeof createFakeFaults>;

/** What becomes of a command instead of being done; null where no fault is in its way. */
export function faultOf(faults: FakeFaults, command: AgentCommand): CommandResult | null {
  const { id } = command;
  const code = faults.refuse?.(command) ?? null;
  if (code) return { id, status: 'refused', error: { code, title: code, retryable: false, requestId: 'fake' } };
  return faults.supersede?.(command) ? { id, status: 'superseded', positions: [] } : null;
}

/** Whether this answer is one of those that are lost. */
export function losesAnswer(faults: FakeFaults): boolean {
  if (faults.answersToLose <= 0) return false;
  faults.answersToLose -= 1;
  return true;
}
