import { JournalLine, type EvidenceKey, type Statement } from '../../protocol/video/receipt.ts';
import type { RecordToCheck } from '../store/evidence-rows.ts';
import { sha256Of } from './sha256-of.ts';
import { isSignedBy } from './signing-key.ts';

/** The line that a text is, or what is wrong with it by itself: shape, bytes, key, signature. */
export function readLine(text: string, keys: Map<string, EvidenceKey>): JournalLine | { problem: string } {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return { problem: 'cannot be read' };
  }
  const parsed = JournalLine.safeParse(found);
  if (!parsed.success) return { problem: 'is no line of a journal' };
  if (JSON.stringify(found) !== text) return { problem: 'is not written as it was' };
  const line = found as JournalLine;
  const key = keys.get(line.key);
  if (!key) return { problem: `is signed with the key ${line.key}, which the database does not know` };
  if (!isSignedBy(key.publicKey, line)) return { problem: 'was altered: its signature does not hold' };
  return line;
}

/** What stands in the tables otherwise than was signed; null where all of it is as it was. */
export function recordProblem(said: Statement, record: RecordToCheck | undefined): string | null {
  if (!record) return 'has no record in the database';
  const asSigned: [string, unknown, unknown][] = [
    ['act', record.act, said.act],
    ['consent', record.consentId, said.consent],
    ['attention', record.attentionId, said.attention],
    ['title', record.title, said.title],
    ['version', record.version, said.version],
    ['language', record.language, said.language],
    ['hash of the text', record.sha256, said.textSha256],
    ['text', sha256Of(record.text), said.textSha256],
    ['requirement', record.isRequired, said.isRequired],
    ['time of asking', record.askedAt.toISOString(), said.askedAt],
    ['time of opening', isoOf(record.openedAt), said.openedAt],
    ['time of reading', isoOf(record.readAt), said.readAt],
    ['time', record.at.toISOString(), said.at],
    ['time of the answer', isoOf(said.act === 'withdrawn' ? record.withdrawnAt : record.answeredAt), said.at],
  ];
  const other = asSigned.find(([, found, signed]) => found !== signed);
  if (other) return `differs from its record in the database: ${other[0]}`;
  if (!followsFrom(record.state, said.act)) return `differs from its record in the database: state ${record.state}`;
  return detailsProblem(said, record);
}

/** What is erased proves nothing, and nothing against it: the rest of the line stands. */
function detailsProblem(said: Statement, record: RecordToCheck): string | null {
  if (record.details === null) return null;
  if (sha256Of(record.details) !== said.details) return 'differs from its record in the database: details';
  const { tokens, ticketId } = JSON.parse(record.details) as { tokens: string[]; ticketId: string };
  const found = [sha256Of(record.guestToken), sha256Of(record.agentToken)];
  if (tokens.join() !== found.join()) return 'differs from its record in the database: tokens';
  return ticketId === record.ticketId ? null : 'differs from its record in the database: ticket';
}

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const followsFrom = (state: string, act: string): boolean =>
  state === act || (act === 'accepted' && state === 'withdrawn');
