import type { OutboxFact } from '../../bridge/facts.ts';
import { applyPending } from '../../domain/pending/apply-pending.ts';
import type { DeskView } from '../../domain/pending/desk-view.ts';
import type { Presence } from '../../protocol/change.ts';
import type { AgentId, BranchId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Office } from '../../protocol/office.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { ContentsRepository } from './contents-repository.ts';
import type { DraftsRepository } from './drafts-repository.ts';
import { currentFact, handledTickets, statusFact, ticketView, type DeskFacts } from './desk-facts.ts';
import type { HeadersRepository } from './headers-repository.ts';
import type { OfficeRepository } from './office-repository.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import { createHeldList } from './held-list.ts';
import { createWaitingLine } from './waiting-line.ts';
import type { WritingsRepository } from './writings-repository.ts';

/** Whose screen it is. */
export interface Viewer {
  agentId: AgentId;
  branchId: BranchId;
}

const MOST_HANDLED = 500;

interface Repositories {
  headers: HeadersRepository;
  contents: ContentsRepository;
  office: OfficeRepository;
  outbox: OutboxRepository;
  drafts: DraftsRepository;
  writings: WritingsRepository;
}

/**
 * What the screen shows: always `applyPending` of cache rows and outbox rows, made anew and compared with what was last
 * given, so that only what changed is told.
 */
export function deskReader({ headers, contents, office, outbox, drafts, writings }: Repositories) {
  let viewer: Viewer | null = null;
  let place: Office | null = null;
  const open = new Map<TicketId, TicketHeader>();
  const told = new Map<keyof DeskFacts, string>();
  let waitingLine = createWaitingLine();
  let heldList = createHeldList();
  let presences: ReadonlyMap<AgentId, Presence> | null = null;
  let handled: readonly TicketHeader[] | null = null;

  const loadOpen = (): void => {
    open.clear();
    if (viewer) for (const header of headers.open(viewer.branchId)) open.set(header.id, header);
  };

  const presencesIn = (branchId: BranchId) =>
    new Map(office.presences(branchId).map((presence) => [presence.agentId, presence]));

  const ownEntries = (agentId: AgentId): OutboxEntry[] =>
    outbox.entries().filter(({ pending }) => pending.command.authorId === agentId);

  const view = ({ agentId }: Viewer, more: readonly TicketId[] = []): DeskView => {
    const pending = ownEntries(agentId).map((entry) => entry.pending);
    const cached = new Map(open);
    const wanted = new Set<TicketId>(more);
    for (const { command } of pending) if ('ticketId' in command.body) wanted.add(command.body.ticketId);
    for (const header of open.values()) if (header.holder?.agentId === agentId) wanted.add(header.id);
    const cachedContents = new Map<TicketId, TicketContent>();
    for (const id of wanted) {
      const header = cached.get(id) ?? headers.get(id);
      if (header) cached.set(id, header);
      const content = contents.get(id);
      if (content) cachedContents.set(id, content);
    }
    return applyPending(
      { headers: cached, contents: cachedContents, status: office.status(agentId), marks: [] },
      pending,
    );
  };

  const outboxFact = (agentId: AgentId): OutboxFact => ({
    pending: ownEntries(agentId).flatMap(({ pending, act, subject }) =>
      act === null ? [] : [{ id: pending.command.id, act, subject, at: pending.actedAt }],
    ),
    refused: outbox
      .refused()
      .flatMap(({ pending, act, subject, error }) =>
        act === null || pending.command.authorId !== agentId
          ? []
          : [{ id: pending.command.id, act, subject, at: pending.actedAt, error }],
      ),
  });

  const facts = (now: Instant): DeskFacts | null => {
    if (!viewer) return null;
    place ??= office.officeOf(viewer.branchId);
    if (!place) return null;
    const { agentId, branchId } = viewer;
    const seen = view(viewer);
    const branch = place.branches.find(({ id }) => id === branchId);
    if (!branch) return null;
    const current = currentFact(seen, agentId, branch.queueRules);
    const inHand = current.ticket?.header.id;
    const written = drafts.of(agentId);
    const begun = writings.of(agentId);
    const turnCodeOf = (id: TicketId) => (seen.headers.get(id) ?? headers.get(id))?.turnCode ?? null;
    return {
      office: place,
      status: statusFact(seen),
      waiting: waitingLine.order(seen, place, viewer, branch, now),
      current: {
        ...current,
        draft: (inHand && written.get(inHand)) ?? '',
        writings: [...((inHand && begun.get(inHand)) ?? [])],
      },
      handled: {
        tickets: handledTickets(seen, agentId, (handled ??= headers.handled(agentId, MOST_HANDLED))),
        drafts: [...written].flatMap(([ticketId, text]) =>
          ticketId === inHand ? [] : [{ ticketId, turnCode: turnCodeOf(ticketId), text }],
        ),
        writings: [...begun].flatMap(([ticketId, of]) =>
          ticketId === inHand ? [] : of.map((writing) => ({ ticketId, turnCode: turnCodeOf(ticketId), writing })),
        ),
      },
      held: heldList.order(seen, place, branchId, (presences ??= presencesIn(branchId))),
      outbox: outboxFact(agentId),
    };
  };

  return {
    /** From now on facts are for this agent in this branch; null when nobody is signed in. */
    setViewer: (next: Viewer | null): void => {
      viewer = next;
      place = null;
      told.clear();
      waitingLine = createWaitingLine();
      heldList = createHeldList();
      presences = null;
      handled = null;
      loadOpen();
    },
    contentsChanged: (): void => {
      handled = null;
    },
    headerPut: (header: TicketHeader): void => {
      const isOwn = header.holder?.agentId === viewer?.agentId || handled?.some(({ id }) => id === header.id);
      if (isOwn || header.state === 'closed') handled = null;
      if (header.branchId !== viewer?.branchId) return;
      if (header.closedAt === null) open.set(header.id, header);
      else open.delete(header.id);
    },
    branchReplaced: (branchId: string): void => {
      handled = null;
      presences = null;
      if (branchId === viewer?.branchId) loadOpen();
    },
    /** Rows have left the cache otherwise than by a frame. */
    pruned: (): void => {
      handled = null;
      presences = null;
      loadOpen();
    },
    presencePut: (): void => {
      presences = null;
    },
    officePut: (): void => {
      place = null;
    },
    /** The facts that differ from those last given. */
    changedFacts: (now: Instant): Partial<DeskFacts> => {
      const all = facts(now);
      if (!all) return {};
      return Object.fromEntries(
        Object.entries(all).filter(([name, fact]) => {
          const text = JSON.stringify(fact);
          const key = name as keyof DeskFacts;
          if (told.get(key) === text) return false;
          told.set(key, text);
          return true;
        }),
      );
    },
    waitingWindow: (from: number, to: number) => waitingLine.window(from, to),
    heldWindow: (from: number, to: number) => heldList.window(from, to),
    /** Any ticket that this desk has, as the screen shows it; null when it has none of this id. */
    ticket: (id: TicketId) => (viewer ? ticketView(view(viewer, [id]), id) : null),
  };
}
