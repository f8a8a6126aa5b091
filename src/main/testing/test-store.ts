import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { CommandId, TicketId } from '../../protocol/ids.ts';
import { createDeskStore } from '../cache/desk-store.ts';
import { openStore } from '../cache/open-store.ts';
import type { OutboxEntry } from '../cache/outbox-entry.ts';
import { outboxRepository } from '../cache/outbox-repository.ts';
import { ana, branch, moduleOne, sessionOne } from './fake-office.ts';
import type { DeskHome } from './test-desk.ts';

/** The store in this thread, for tests of its rules; the files are real. */
export function openTestStore(home: DeskHome) {
  const opened = openStore(home, home.key);
  return {
    ...opened,
    store: createDeskStore(opened),
    /** What lies in "No enviado", as the file has it. */
    refused: () => outboxRepository(opened.outbox, opened.sealer).refused(),
    close: () => {
      opened.cache.close();
      opened.outbox.close();
    },
  };
}

export function otherKey(): Uint8Array {
  return randomBytes(32);
}

/** A row of the outbox: by default a note of Ana's. */
export function outboxEntry(more: { id?: CommandId; text?: string; body?: CommandBody } = {}): OutboxEntry {
  const ticketId = uuidv7() as TicketId;
  const text = more.text ?? 'Nota';
  return {
    pending: {
      command: {
        id: more.id ?? (uuidv7() as CommandId),
        authorId: ana,
        sessionId: sessionOne,
        occurredAt: 1_000,
        body: more.body ?? { type: 'note.add', ticketId, text },
      },
      actedAt: 1_000,
      authorName: 'Ana Ruiz',
      branchId: branch,
      moduleId: moduleOne,
      moduleName: 'Módulo 1',
      block: null,
      match: null,
    },
    act: { type: 'note.add', ticketId, text },
    subject: { ticketId, turnCode: 'C-001', name: 'María Ortiz' },
  };
}
