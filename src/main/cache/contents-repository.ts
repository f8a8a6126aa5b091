import type { Database } from 'better-sqlite3';
import type { TicketEvent } from '../../protocol/event.ts';
import type { SharedFile } from '../../protocol/files/shared-file.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import type { Consent } from '../../protocol/video/consent.ts';
import type { Message, MessagesRead } from '../../protocol/video/message.ts';
import type { Sealer } from './sealer.ts';

/** As many as the server sends of one chat. */
const MOST_OF_A_CHAT = 500;

/** The content of the agent's own tickets, sealed. One that cannot be unsealed counts as absent. */
export function contentsRepository(db: Database, sealer: Sealer) {
  const put = db.prepare<[string, string, Buffer]>(
    `INSERT INTO contents (ticket_id, stream, sealed) VALUES (?, ?, ?)
     ON CONFLICT (ticket_id) DO UPDATE SET stream = excluded.stream, sealed = excluded.sealed`,
  );
  const get = db.prepare<[string], { stream: string; sealed: Buffer }>(
    'SELECT stream, sealed FROM contents WHERE ticket_id = ?',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM contents WHERE ticket_id = ? AND stream = ?');
  const forget = db.prepare<[string]>('DELETE FROM contents WHERE ticket_id = ?');
  const idsIn = db
    .prepare<[string], TicketId>(
      'SELECT c.ticket_id FROM contents AS c JOIN headers AS h ON h.id = c.ticket_id WHERE h.branch_id = ?',
    )
    .pluck();
  const removeStream = db.prepare<[string]>('DELETE FROM contents WHERE stream = ?');
  const keepStream = db.prepare<[string]>('DELETE FROM contents WHERE stream <> ?');
  const write = (stream: string, content: TicketContent): void => {
    put.run(content.ticketId, stream, sealer.seal(`content ${content.ticketId}`, content));
  };
  const read = (id: TicketId): { stream: string; content: TicketContent } | null => {
    const row = get.get(id);
    if (!row) return null;
    try {
      return { stream: row.stream, content: TicketContent.parse(sealer.unseal(`content ${id}`, row.sealed)) };
    } catch {
      return null;
    }
  };
  return {
    put: write,
    get: (id: TicketId): TicketContent | null => read(id)?.content ?? null,
    /** Adds a line to a timeline that this desk has; the same event twice is one. */
    addEvent: (stream: string, event: TicketEvent): void => {
      const found = read(event.ticketId);
      if (found?.stream !== stream || found.content.events.some(({ id }) => id === event.id)) return;
      write(stream, { ...found.content, events: [...found.content.events, event] });
    },
    /** The asking as it is by now, of a content that this desk has. */
    putConsent: (stream: string, consent: Consent): void => {
      const found = read(consent.ticketId);
      if (found?.stream !== stream) return;
      const others = (found.content.consents ?? []).filter(({ id }) => id !== consent.id);
      const consents = [...others, consent].toSorted((a, b) => a.askedAt - b.askedAt);
      write(stream, { ...found.content, consents });
    },
    /** Adds a file to a ticket that this desk has; the same file twice is one. */
    addFile: (stream: string, file: SharedFile): void => {
      const found = read(file.ticketId);
      const before = found?.content.files ?? [];
      if (found?.stream !== stream || before.some(({ id }) => id === file.id)) return;
      write(stream, { ...found.content, files: [...before, file] });
    },
    /** Adds a line to a chat that this desk has, at its place; the same message twice is one. */
    addMessage: (stream: string, message: Message): void => {
      const found = read(message.ticketId);
      const before = found?.content.messages ?? [];
      if (found?.stream !== stream || before.some(({ id }) => id === message.id)) return;
      const messages = [...before, message].toSorted((a, b) => a.seq - b.seq).slice(-MOST_OF_A_CHAT);
      write(stream, { ...found.content, messages });
    },
    /** How far each side has read; neither ever falls (trust R10). */
    setRead: (stream: string, ticketId: TicketId, { byAgent, byGuest }: MessagesRead): void => {
      const found = read(ticketId);
      if (found?.stream !== stream) return;
      const before = found.content.messagesRead ?? { byAgent: 0, byGuest: 0 };
      const messagesRead = {
        byAgent: Math.max(byAgent, before.byAgent),
        byGuest: Math.max(byGuest, before.byGuest),
      };
      write(stream, { ...found.content, messagesRead });
    },
    remove: (stream: string, id: TicketId): void => {
      remove.run(id, stream);
    },
    /** Tickets of a branch whose content this desk has. */
    idsIn: (branchId: string): TicketId[] => idsIn.all(branchId),
    /** The desk no longer keeps these tickets. */
    forget: (ids: readonly TicketId[]): void => {
      for (const id of ids) forget.run(id);
    },
    removeStream: (stream: string): void => {
      removeStream.run(stream);
    },
    /** The contents of every other agent leave the desk. */
    keepOnly: (agentId: AgentId): void => {
      keepStream.run(`agent:${agentId}`);
    },
  };
}

export type ContentsRepository = ReturnType<typeof contentsRepository>;
