import type { Database } from 'better-sqlite3';
import type { HeldRow, Preferences, TicketView, WaitingRow } from '../../bridge/facts.ts';
import type { Writing, WritingKind } from '../../bridge/writing.ts';
import type { StreamName } from '../../protocol/change.ts';
import { messageIdOf } from '../../domain/pending/add-message.ts';
import type { CommandResult, StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { AgentId, BranchId, CommandId, ServiceId, TicketId } from '../../protocol/ids.ts';
import type { BusinessDay, Instant } from '../../protocol/instant.ts';
import type { NumberBlock } from '../../protocol/number-block.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { frameApplier, type ApplyOutcome } from './apply-frame.ts';
import { blocksRepository, type TakenNumber } from './blocks-repository.ts';
import { contentsRepository } from './contents-repository.ts';
import { cursorsRepository } from './cursors-repository.ts';
import type { DeskFacts } from './desk-facts.ts';
import { deskReader, type Viewer } from './desk-reader.ts';
import { draftsRepository } from './drafts-repository.ts';
import { headersRepository } from './headers-repository.ts';
import { ledgerRepository, type EarlierRun, type LedgerRow } from './ledger-repository.ts';
import { officeRepository } from './office-repository.ts';
import type { OpenStore } from './open-store.ts';
import type { OutboxEntry, SupersededRow } from './outbox-entry.ts';
import { outboxRepository } from './outbox-repository.ts';
import { preferencesRepository } from './preferences-repository.ts';
import { secretsRepository } from './secrets-repository.ts';
import { writingsRepository } from './writings-repository.ts';

const RETENTION_MS = 30 * 86_400_000;
const STALE_MS = 14 * 86_400_000;
const HEADERS_KEPT = 100_000;

/** What the worker can be asked; the client on the other side of the port is derived from this map. */
export interface DeskStore {
  /**
   * The agent whose screen it is. The contents of other agents leave the desk. Gives how many headers could not be read: the
   * server sends them again (trust B95).
   */
  'viewer.set': (viewer: Viewer | null) => number;
  'stream.cursors': () => Record<StreamName, number>;
  /** The streams that the server sends now; a row whose changes lie elsewhere need not wait for them. */
  'stream.follow': (streams: readonly StreamName[]) => void;
  'stream.apply': (frame: string) => ApplyOutcome;
  /** A new connection: parts of a snapshot that did not end are forgotten. */
  'stream.restart': () => void;
  /** All is here as of `at`. */
  'stream.caughtUp': (at: Instant) => void;
  /**
   * Drops what is too old; all of the cache after 14 days without the line. A draft or writing stays for 30 days after its ticket was
   * found closed or gone.
   */
  'cache.prune': (now: Instant) => void;
  /**
   * Puts a ready image in the place of all that this desk has of a branch. Refused, it leaves everything as it was.
   * `path`: a file in the folder of the databases, verified and on the disk; it is used up.
   */
  'branch.install': (branchId: string, path: string) => void;
  /**
   * Reads the large files from end to end, which the start left out, and looks for damage. Gives the branches that begin anew:
   * their streams start over.
   */
  'cache.check': () => string[];
  /** Headers of the branch of the screen, the newest first, in which every word is found. */
  'desk.search': (text: string, limit: number) => TicketHeader[];
  'desk.changes': (now: Instant) => Partial<DeskFacts>;
  'desk.window': (from: number, to: number) => { version: number; rows: WaitingRow[] };
  'desk.heldWindow': (from: number, to: number) => { version: number; rows: HeldRow[] };
  'desk.ticket': (id: TicketId) => TicketView | null;
  /** `replaced`: refused rows of the same author that go in the same transaction. */
  'outbox.add': (entry: OutboxEntry, replaced?: readonly CommandId[]) => void;
  'outbox.unanswered': (limit: number) => OutboxEntry[];
  /**
   * The server's answers: what it took waits for its changes to come, what it refused moves to "No enviado". Gives what was
   * superseded of the acts of the agent whose screen it is.
   */
  'outbox.answer': (results: readonly CommandResult[]) => { superseded: SupersededRow[] };
  /** Removes refused rows of this author; false when none of them was there. */
  'outbox.discard': (authorId: AgentId, ids: readonly CommandId[]) => boolean;
  'outbox.retry': (authorId: AgentId, id: CommandId, newId: CommandId) => boolean;
  /** The line is lost: a message without an answer goes to "No enviado", for the agent to decide. Whether there was one. */
  'outbox.giveUpMessages': (error: ErrorBody) => boolean;
  'blocks.add': (blocks: readonly NumberBlock[], today: BusinessDay) => void;
  'blocks.clear': () => void;
  'blocks.take': (serviceId: ServiceId, today: BusinessDay) => TakenNumber | null;
  'blocks.left': (branchId: BranchId, today: BusinessDay) => Record<ServiceId, number>;
  'draft.save': (agentId: AgentId, ticketId: TicketId, text: string) => void;
  'writing.save': (agentId: AgentId, ticketId: TicketId, kind: WritingKind, writing: Writing | null) => void;
  'ledger.add': (row: LedgerRow) => void;
  'ledger.since': (agentId: AgentId, from: Instant) => LedgerRow[];
  'run.start': (id: string, at: Instant) => EarlierRun | null;
  'run.alive': (id: string, at: Instant) => void;
  'run.end': (id: string, at: Instant) => void;
  'secret.get': (name: string) => unknown;
  'secret.put': (name: string, value: unknown) => void;
  'secret.remove': (name: string) => void;
  'preferences.get': () => Preferences;
  'preferences.set': (preferences: Preferences) => void;
}
export type StoreOperation = keyof DeskStore;

/** @param headersKept how many closed tickets of a branch, the newest */
export function createDeskStore(
  { cache, branches, markBranches, outbox, sealer, keepCount }: OpenStore,
  headersKept = HEADERS_KEPT,
): DeskStore {
  const cursors = cursorsRepository(cache);
  const headers = headersRepository(cache);
  const contents = contentsRepository(cache, sealer);
  const office = officeRepository(cache);
  const rows = outboxRepository(outbox, sealer);
  const drafts = draftsRepository(outbox, sealer);
  const writings = writingsRepository(outbox, sealer);
  const blocks = blocksRepository(outbox);
  const ledger = ledgerRepository(outbox);
  const secrets = secretsRepository(outbox, sealer);
  const preferences = preferencesRepository(outbox);
  const reader = deskReader({ headers, contents, office, outbox: rows, drafts, writings });
  const useBranch = (branchId: string): void => branches.use(branchId, markBranches);
  const frames = frameApplier(cache, { cursors, headers, contents, office }, useBranch, reader);
  // Null until the server has said it; till then nobody knows which changes will come.
  let followed: ReadonlySet<StreamName> | null = null;
  let viewerId: AgentId | null = null;

  /** An operation on the outbox: before it is acknowledged, what waits is counted outside of the file. */
  const counting =
    <Input extends unknown[], Output>(operation: (...input: Input) => Output) =>
    (...input: Input): Output => {
      const output = operation(...input);
      keepCount(rows.count());
      return output;
    };
  keepCount(rows.count());

  // The cache commits first; only then do the rows of the outbox go that it has caught up with.
  const hasPassed = ({ stream, seq }: StreamPosition): boolean =>
    followed !== null && (!followed.has(stream) || (cursors.get(stream) ?? 0) >= seq);
  /** A message that was given up for lost, and had reached the server. */
  const hasArrived = ({ pending: { command } }: OutboxEntry): boolean =>
    command.body.type === 'message.send' &&
    (contents.get(command.body.ticketId)?.messages ?? []).some(({ id }) => id === messageIdOf(command.id));
  const settle = (): void => {
    const isSettled = rows.settle(hasPassed).length > 0;
    if (rows.forgetArrived(hasArrived) || isSettled) keepCount(rows.count());
  };

  // Contents first: two files have no common commit.
  const forgetClosed = (from: Instant): void => {
    const ids = headers.outdated(from, headersKept);
    cache.transaction(() => contents.forget(ids))();
    cache.transaction(() => headers.remove(ids))();
  };
  const forgetMissing = cache.transaction((branchId: string, has: (ticketId: string) => boolean): void => {
    const missing = contents.idsIn(branchId).filter((id) => !has(id));
    if (missing.length === 0) return;
    contents.forget(missing);
    // Some may be newer than the image: their headers come behind it, their contents only with a stream that starts over.
    cursors.dropAgents();
  });

  const forgetBranch = cache.transaction((): void => {
    headers.clear();
    cache.exec('DELETE FROM presences; DELETE FROM branch.cursors;');
  });
  const startOver = (): void => {
    cache.exec('DELETE FROM contents; DELETE FROM main.cursors; DELETE FROM statuses;');
    branches.each(forgetBranch);
    reader.pruned();
  };
  return {
    'viewer.set': (viewer) => {
      if (viewer) useBranch(viewer.branchId);
      viewerId = viewer?.agentId ?? null;
      if (viewer) {
        contents.keepOnly(viewer.agentId);
        cursors.keepOnlyAgent(`agent:${viewer.agentId}`);
      }
      const before = headers.setApart();
      reader.setViewer(viewer);
      return headers.setApart() - before;
    },
    'stream.cursors': cursors.all,
    'stream.follow': (streams) => {
      followed = new Set(streams);
      settle();
    },
    'stream.apply': (frame) => {
      const outcome = frames.apply(frame);
      if (outcome.status === 'applied') settle();
      return outcome;
    },
    'stream.restart': frames.forgetStaged,
    'stream.caughtUp': (at) => setMeta(cache, 'syncedAt', String(at)),
    'cache.prune': (now) => {
      const open = new Set<TicketId>();
      branches.each(() => headers.openIds().forEach((id) => open.add(id)));
      drafts.prune((id) => open.has(id), now, now - RETENTION_MS);
      writings.prune((id) => open.has(id), now, now - RETENTION_MS);
      const syncedAt = Number(getMeta(cache, 'syncedAt') ?? now);
      if (now - syncedAt > STALE_MS) startOver();
      branches.each(() => forgetClosed(now - RETENTION_MS));
      reader.pruned();
    },
    'branch.install': (branchId, path) => {
      useBranch(branchId);
      try {
        branches.replace(path, (has) => forgetMissing(branchId, has));
      } finally {
        reader.branchReplaced(branchId);
      }
      settle();
    },
    'cache.check': () => {
      const rebuilt = branches.readRest();
      if (rebuilt.length > 0) markBranches();
      for (const branchId of rebuilt) reader.branchReplaced(branchId);
      return rebuilt;
    },
    'desk.search': headers.search,
    'desk.changes': reader.changedFacts,
    'desk.window': reader.waitingWindow,
    'desk.heldWindow': reader.heldWindow,
    'desk.ticket': reader.ticket,
    'outbox.add': counting(rows.add),
    'outbox.unanswered': rows.unanswered,
    'outbox.answer': (results) => {
      const superseded = counting(rows.answer)(results, hasPassed);
      const own = superseded.filter(({ act, pending }) => act !== null && pending.command.authorId === viewerId);
      return { superseded: own.map(({ subject, pending }) => ({ subject, type: pending.command.body.type })) };
    },
    'outbox.discard': counting(rows.discard),
    'outbox.retry': counting(rows.retry),
    'outbox.giveUpMessages': (error) =>
      counting(rows.giveUp)((entry) => entry.pending.command.body.type === 'message.send' && !hasArrived(entry), error),
    'blocks.add': blocks.add,
    'blocks.clear': blocks.clear,
    'blocks.take': blocks.take,
    'blocks.left': blocks.left,
    'draft.save': drafts.save,
    'writing.save': writings.save,
    'ledger.add': ledger.add,
    'ledger.since': ledger.since,
    'run.start': (id, at) => ledger.startRun(id, at, at - RETENTION_MS),
    'run.alive': ledger.alive,
    'run.end': ledger.endRun,
    'secret.get': secrets.get,
    'secret.put': secrets.put,
    'secret.remove': secrets.remove,
    'preferences.get': preferences.get,
    'preferences.set': preferences.set,
  };
}

function getMeta(db: Database, key: string): string | null {
  return db.prepare<[string], { value: string }>('SELECT value FROM main.meta WHERE key = ?').get(key)?.value ?? null;
}

function setMeta(db: Database, key: string, value: string): void {
  db.prepare<[string, string]>(
    'INSERT INTO main.meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}
