import type { Change, ChangeBody, StreamName } from '../../protocol/change.ts';
import type { StreamPosition } from '../../protocol/commands/agent-command.ts';

/** The change log of the fake server: gapless `seq` per stream, and the bodies that a snapshot of it holds. */
export function createFakeLog() {
  const streams = new Map<StreamName, { changes: Change[]; first: number }>();
  const listeners = new Set<(stream: StreamName, change: Change) => void>();
  const of = (stream: StreamName) => {
    const found = streams.get(stream) ?? { changes: [], first: 1 };
    streams.set(stream, found);
    return found;
  };

  return {
    say: (stream: StreamName, body: ChangeBody): StreamPosition => {
      const { changes } = of(stream);
      const change = { seq: changes.length + 1, body };
      changes.push(change);
      for (const listener of listeners) listener(stream, change);
      return { stream, seq: change.seq };
    },
    listen: (listener: (stream: StreamName, change: Change) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seq: (stream: StreamName): number => of(stream).changes.length,
    /** Null when the log no longer reaches back to the cursor. */
    after: (stream: StreamName, cursor: number | undefined): Change[] | null => {
      const { changes, first } = of(stream);
      if (cursor === undefined || cursor > changes.length || cursor + 1 < first) return null;
      return changes.slice(cursor);
    },
    /** What the stream comes to: a later body of the same thing stands for the earlier ones. */
    snapshot: (stream: StreamName): ChangeBody[] => {
      const latest = new Map<string, ChangeBody>();
      for (const { body } of of(stream).changes) {
        if (body.type === 'event.added') {
          const key = `content ${body.event.ticketId}`;
          const content = latest.get(key);
          if (content?.type !== 'content.put') continue;
          const events = [...content.content.events, body.event];
          latest.set(key, { type: 'content.put', content: { ...content.content, events } });
        } else if (body.type === 'file.put') {
          const key = `content ${body.file.ticketId}`;
          const content = latest.get(key);
          if (content?.type !== 'content.put') continue;
          const files = [...(content.content.files ?? []), body.file];
          latest.set(key, { type: 'content.put', content: { ...content.content, files } });
        } else if (body.type === 'message.put') {
          const key = `content ${body.message.ticketId}`;
          const content = latest.get(key);
          if (content?.type !== 'content.put') continue;
          const messages = [...(content.content.messages ?? []), body.message];
          latest.set(key, { type: 'content.put', content: { ...content.content, messages } });
        } else if (body.type === 'content.gone') latest.delete(`content ${body.ticketId}`);
        else if (body.type !== 'transfer.put') latest.set(keyOf(body), body);
      }
      return [...latest.values()];
    },
    /** The log before this is gone: older cursors start over. */
    forgetUpTo: (stream: StreamName, seq: number): void => {
      of(stream).first = seq + 1;
    },
  };
}

export type FakeLog = ReturnType<typeof createFakeLog>;

function keyOf(
  body: Exclude<ChangeBody, { type: 'event.added' | 'file.put' | 'message.put' | 'content.gone' | 'transfer.put' }>,
): string {
  switch (body.type) {
    case 'office.put':
      return 'office';
    case 'ticket.put':
      return `ticket ${body.header.id}`;
    case 'presence.put':
      return `presence ${body.presence.agentId}`;
    case 'status.put':
      return `status ${body.status.agentId}`;
    case 'content.put':
      return `content ${body.content.ticketId}`;
    case 'consent.put':
      return `consent ${body.consent.id}`;
    case 'messages.read':
      return `read ${body.ticketId}`;
  }
}
