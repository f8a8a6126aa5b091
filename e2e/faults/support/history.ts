import { appendFileSync } from 'node:fs';

/**
 * What a client saw of one operation. `invoke` before it asks; then one of `ok` (acknowledged), `fail` (refused: it was not
 * done) or `unknown` (no answer: it may have been done, or be done yet). An operation without an end is unknown.
 */
export interface HistoryEvent {
  type: 'invoke' | 'ok' | 'fail' | 'unknown';
  client: string;
  /** Names the operation and what it leaves behind. */
  op: string;
  ticketId: string | null;
  /** Of a `fail`. */
  reason?: string;
}

export interface History {
  events: HistoryEvent[];
  record: (event: HistoryEvent) => void;
}

/** @param path JSONL, one event a line as it happens; null keeps it in memory alone */
export function openHistory(path: string | null = null): History {
  const events: HistoryEvent[] = [];
  return {
    events,
    record: (event) => {
      events.push(event);
      if (path !== null) appendFileSync(path, `${JSON.stringify(event)}\n`);
    },
  };
}
