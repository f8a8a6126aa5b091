import type { Database } from 'better-sqlite3';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import type { TicketFact } from '../../protocol/event.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { TransferOffer } from '../../protocol/video/transfer-offer.ts';
import type { ContentsRepository } from './contents-repository.ts';
import type { CursorsRepository } from './cursors-repository.ts';
import type { HeadersRepository } from './headers-repository.ts';
import type { OfficeRepository } from './office-repository.ts';
import { readBody, StreamFrame } from './stream-frame.ts';

type ReturnCause = Extract<TicketFact, { type: 'ticket.returned' }>['cause'];

export interface ApplyOutcome {
  /** `gap`: something before this frame is missing, nothing of it was applied; resume from the cursor. */
  status: 'applied' | 'waitsForRest' | 'repeated' | 'gap';
  /** Why tickets went back to the line, for those whose timeline said so in this frame. */
  returned: { ticketId: TicketId; cause: ReturnCause }[];
  /** Offers of live videos in this frame; they are not kept. */
  transfers: TransferOffer[];
  /** Bodies of a known type in a shape that is not theirs, passed over. */
  broken: number;
}

interface Repositories {
  cursors: CursorsRepository;
  headers: HeadersRepository;
  contents: ContentsRepository;
  office: OfficeRepository;
}

/** Told of each row after its transaction has committed. */
export interface AppliedListener {
  headerPut: (header: TicketHeader) => void;
  branchReplaced: (branchId: string) => void;
  officePut: () => void;
  presencePut: () => void;
  contentsChanged: () => void;
}

/**
 * Applies the frames of the streams to the cache: the rows and the new cursor in one transaction, a snapshot whole or not at
 * all.
 */
export function frameApplier(
  db: Database,
  repositories: Repositories,
  /** Attaches the file of a branch. */
  useBranch: (branchId: string) => void,
  listener: AppliedListener,
) {
  const { cursors, headers, contents, office } = repositories;
  const staged = new Map<StreamName, { seq: number; bodies: ChangeBody[] }>();

  const put = (stream: StreamName, body: ChangeBody): void => {
    switch (body.type) {
      case 'office.put':
        return office.putOffice(body.office);
      case 'ticket.put':
        return headers.put(body.header);
      case 'presence.put':
        return office.putPresence(body.presence);
      case 'status.put':
        return office.putStatus(body.status);
      case 'content.put':
        return contents.put(stream, body.content);
      case 'event.added':
        return contents.addEvent(stream, body.event);
      case 'consent.put':
        return contents.putConsent(stream, body.consent);
      case 'content.gone':
        return contents.remove(stream, body.ticketId);
      case 'file.put':
        return contents.addFile(stream, body.file);
      case 'message.put':
        return contents.addMessage(stream, body.message);
      case 'messages.read':
        return contents.setRead(stream, body.ticketId, body.read);
      case 'transfer.put':
        return;
    }
  };

  const forget = (stream: StreamName): void => {
    const [kind, id = ''] = stream.split(':');
    if (kind === 'company') office.removeOffice(id);
    else if (kind === 'agent') contents.removeStream(stream);
    else {
      headers.clear();
      office.removePresences();
    }
  };

  const commit = db.transaction((stream: StreamName, seq: number, bodies: ChangeBody[], startsOver: boolean): void => {
    if (startsOver) forget(stream);
    for (const body of bodies) put(stream, body);
    cursors.set(stream, seq);
  });

  // What the snapshot does not have any more leaves with its content. It leaves first: two files have no common commit, and
  // cut in between the snapshot comes again.
  const forgetContents = db.transaction((branchId: string, bodies: ChangeBody[]): void => {
    const kept = new Set(bodies.flatMap((body) => (body.type === 'ticket.put' ? [body.header.id] : [])));
    contents.forget(contents.idsIn(branchId).filter((id) => !kept.has(id)));
  });

  const write = (stream: StreamName, seq: number, bodies: ChangeBody[], startsOver: boolean): void => {
    if (startsOver && stream.startsWith('branch:')) forgetContents(stream.slice('branch:'.length), bodies);
    commit.immediate(stream, seq, bodies, startsOver);
    if (startsOver && stream.startsWith('branch:')) listener.branchReplaced(stream.slice('branch:'.length));
    for (const body of bodies) if (body.type === 'ticket.put') listener.headerPut(body.header);
    if (stream.startsWith('agent:')) listener.contentsChanged();
    if (bodies.some(({ type }) => type === 'office.put')) listener.officePut();
    if (bodies.some(({ type }) => type === 'presence.put')) listener.presencePut();
  };

  const takeSnapshot = (
    frame: Extract<StreamFrame, { type: 'snapshot' }>,
    bodies: ChangeBody[],
  ): ApplyOutcome['status'] => {
    if (frame.isFirst) staged.set(frame.stream, { seq: frame.seq, bodies: [] });
    const stage = staged.get(frame.stream);
    if (stage?.seq !== frame.seq) return 'gap';
    for (const body of bodies) stage.bodies.push(body);
    if (!frame.isLast) return 'waitsForRest';
    staged.delete(frame.stream);
    write(frame.stream, frame.seq, stage.bodies, true);
    return 'applied';
  };

  const takeChanges = (frame: Extract<StreamFrame, { type: 'changes' }>, bodies: (ChangeBody | null)[]) => {
    const cursor = cursors.get(frame.stream) ?? 0;
    const fresh = frame.changes.filter(({ seq }) => seq > cursor);
    if (fresh.some(({ seq }, index) => seq !== cursor + 1 + index)) return 'gap';
    if (fresh.length === 0) return 'repeated';
    const known = bodies.slice(-fresh.length).filter((body) => body !== null);
    write(frame.stream, cursor + fresh.length, known, false);
    return 'applied';
  };

  return {
    /** `text`: a frame of type `changes` or `snapshot`, as it came. @throws when it is neither */
    apply: (text: string): ApplyOutcome => {
      const frame = StreamFrame.parse(JSON.parse(text));
      if (frame.stream.startsWith('branch:')) useBranch(frame.stream.slice('branch:'.length));
      const raw = frame.type === 'changes' ? frame.changes.map(({ body }) => body) : frame.bodies;
      const read = raw.map(readBody);
      const known = read.map((body) => (typeof body === 'string' ? null : body));
      const status =
        frame.type === 'changes'
          ? takeChanges(frame, known)
          : takeSnapshot(
              frame,
              known.filter((body) => body !== null),
            );
      return {
        status,
        transfers:
          status === 'applied' ? known.flatMap((body) => (body?.type === 'transfer.put' ? [body.offer] : [])) : [],
        returned: frame.type === 'changes' && status === 'applied' ? returnsIn(known) : [],
        broken: read.filter((body) => body === 'broken').length,
      };
    },
    /** Parts of snapshots that did not end; a new connection starts them anew. */
    forgetStaged: (): void => staged.clear(),
  };
}

function returnsIn(bodies: (ChangeBody | null)[]): ApplyOutcome['returned'] {
  return bodies.flatMap((body) =>
    body?.type === 'event.added' && body.event.fact.type === 'ticket.returned'
      ? [{ ticketId: body.event.ticketId, cause: body.event.fact.cause }]
      : [],
  );
}
