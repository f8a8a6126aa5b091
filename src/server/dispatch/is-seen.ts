import type { StatusRow } from '../store/status-rows.ts';

/** A server process says every 15 s which desks it sees; one not seen for this long is silent. */
export const SEEN_LASTS_MS = 40_000;

/** Whether the agent's desk is there now. */
export const isSeen = (row: Pick<StatusRow, 'connectionId' | 'seenAt'>, now: number): boolean =>
  row.connectionId !== null && row.seenAt !== null && row.seenAt > now - SEEN_LASTS_MS;
