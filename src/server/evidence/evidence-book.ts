import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import { Statement, type JournalLine, type VoidStatement } from '../../protocol/video/receipt.ts';
import {
  insertLine,
  insertVoidLine,
  NO_LINE,
  openHead,
  putKey,
  readHead,
  type JournalHead,
} from '../store/evidence-rows.ts';
import { Refusal } from '../policies/refusal.ts';
import type { Store } from '../store/connect.ts';
import type { Writer } from '../store/database.ts';
import { createJournal, openNewestJournal, type FoundLine, type Journal } from './journal.ts';
import { sha256Of } from './sha256-of.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';

type Place = 'format' | 'journal' | 'sequence' | 'previous';
/** What a statement says, without the place that the book gives it. */
export type Saying = Omit<Statement, Place>;

/** Writes one statement into the journal and its row into the transaction. On the disk when it has answered. */
export type WriteDown = (saying: Saying) => Promise<void>;

export interface EvidenceBook {
  /**
   * Runs `act`, a whole transaction, alone in this process. It may write down once; when it throws after that, the line is made
   * void, and nothing of it counts.
   */
  record: <Result>(act: (writeDown: (tx: Writer) => WriteDown) => Promise<Result>) => Promise<Result>;
  /** Opens the journal and makes void what the process before could not commit. */
  open: () => Promise<void>;
  close: () => Promise<void>;
}

interface Options {
  store: Store;
  log: Logger;
  clock: () => number;
  /** Of this process alone. */
  folder: string;
  /** Tests that show what the order is good for change it. */
  append?: (journal: Journal, line: string) => Promise<void>;
}

interface OpenJournal {
  journal: Journal;
  head: JournalHead;
}

/**
 * The evidence that this server process writes (trust R4): line on the disk, then commit, then the folio is shown. One at a time,
 * so that at most the last line of a journal lacks its commit.
 */
export function createEvidenceBook({ store, log, clock, folder, append = appendSafely }: Options): EvidenceBook {
  let key: SigningKey | null = null;
  let current: OpenJournal | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(step: () => Promise<Result>): Promise<Result> => {
    const result = last.then(step);
    last = result.catch(() => undefined);
    return result;
  };

  const signingKey = async (): Promise<SigningKey> => {
    if (key) return key;
    const opened = openSigningKey(folder);
    await putKey(store.db, opened.shown);
    key = opened;
    return opened;
  };

  const lineOf = (signer: SigningKey, statement: Statement | VoidStatement): string =>
    JSON.stringify({ statement, key: signer.shown.id, signature: signer.sign(statement) } satisfies JournalLine);

  const closeCurrent = async (): Promise<void> => {
    const closing = current;
    current = null;
    await closing?.journal.close();
  };

  /** The journal that the process before has left, its end settled; null where there is none, or the database knows another. */
  const leftOver = async (): Promise<OpenJournal | null> => {
    if (current) return current;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = await openNewestJournal(folder);
    if (!found) return null;
    current = await settled(found).catch(async (error: unknown) => {
      await found.close();
      throw error;
    });
    if (!current) await found.close();
    return current;
  };

  const opened = async (): Promise<OpenJournal> => {
    current = (await leftOver()) ?? { journal: await createJournal(folder), head: { sequence: 0, hash: NO_LINE } };
    return current;
  };

  const settled = async (journal: Journal): Promise<OpenJournal | null> => {
    const head = (await readHead(store.db, journal.id)) ?? { sequence: 0, hash: NO_LINE };
    const after = linesAfter(journal.tail, head);
    if (after === null) {
      log.error({ journal: journal.id }, 'the evidence journal is not as it was left: see admin consent verify');
      return null;
    }
    await journal.mend();
    if (after.length === 0) return { journal, head };
    return makeVoid(journal, await signingKey(), head, after);
  };

  /** Says in the journal and in the tables that these lines count for nothing. */
  const makeVoid = async (
    journal: Journal,
    signer: SigningKey,
    head: JournalHead,
    lines: FoundLine[],
  ): Promise<OpenJournal | null> => {
    const end = lines.at(-1);
    if (!end) return { journal, head };
    const statement: VoidStatement = {
      format: 'ventanilla-evidence-1',
      journal: journal.id,
      sequence: end.sequence + 1,
      previous: end.hash,
      act: 'void',
      from: head.sequence + 1,
      at: new Date(clock()).toISOString(),
    };
    const line = lineOf(signer, statement);
    const next: JournalHead = { sequence: statement.sequence, hash: sha256Of(line) };
    const barred = store.db.transaction().execute(async (tx) => {
      if (head.sequence === 0) await openHead(tx, journal.id, head);
      for (const { sequence, text } of lines) {
        const bar = { journal: journal.id, sequence, folio: folioIn(text), line: text };
        if (!(await insertVoidLine(tx, bar))) throw new CommittedError();
      }
      await journal.append(line);
      await insertLine(tx, { journal: journal.id, ...next, folio: null, line });
    });
    try {
      await barred;
    } catch (error) {
      if (error instanceof CommittedError) return reopened(journal);
      throw error;
    }
    log.warn({ journal: journal.id, from: statement.from }, 'lines of the evidence journal were never committed: void');
    return { journal, head: next };
  };

  const reopened = async (journal: Journal): Promise<OpenJournal | null> => {
    await journal.close();
    return leftOver();
  };

  return {
    open: () => inTurn(async () => void (await leftOver())),
    close: () => inTurn(closeCurrent),
    record: (act) =>
      inTurn(async () => {
        const { journal, head } = await opened();
        const signer = await signingKey();
        let written: JournalHead | null = null;
        let isTouched = false;
        const writeDown =
          (tx: Writer): WriteDown =>
          async (saying) => {
            if (isTouched) throw new Error('one transaction writes down one statement');
            const sequence = head.sequence + 1;
            const statement = Statement.parse({
              format: 'ventanilla-evidence-1',
              journal: journal.id,
              sequence,
              previous: head.hash,
              ...saying,
            });
            const line = lineOf(signer, statement);
            isTouched = true;
            await append(journal, line).catch(refuseFull);
            written = { sequence, hash: sha256Of(line) };
            await insertLine(tx, { journal: journal.id, ...written, folio: saying.folio, line });
          };
        try {
          const result = await act(writeDown);
          if (written) current = { journal, head: written };
          return result;
        } catch (error) {
          // Whether it was committed is asked of the database, now or before the next line.
          if (isTouched) {
            await closeCurrent();
            await leftOver().catch((cause: unknown) =>
              log.warn({ error: cause }, 'the evidence journal is not settled yet'),
            );
          }
          throw error;
        }
      }),
  };
}

/** A line's transaction came through after all: nothing of the bar may stay, and the head is read anew. */
class CommittedError extends Error {}

const appendSafely = (journal: Journal, line: string): Promise<void> => journal.append(line);

function refuseFull(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  throw code === 'ENOSPC' || code === 'EDQUOT' ? new Refusal('DISK_FULL') : error;
}

/** The lines that the head does not know; null where the file is not the one that the head was written with. */
function linesAfter(tail: FoundLine[], head: JournalHead): FoundLine[] | null {
  const known = tail.findIndex(({ sequence, hash }) => sequence === head.sequence && hash === head.hash);
  if (head.sequence > 0 && known === -1) return null;
  const after = tail.slice(known + 1);
  return after.every(({ sequence }, index) => sequence === head.sequence + 1 + index) ? after : null;
}

function folioIn(line: string): string | null {
  const { statement } = JSON.parse(line) as { statement: { folio?: string } };
  return statement.folio ?? null;
}
