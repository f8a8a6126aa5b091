import type { TicketId } from '../../../protocol/ids.ts';
import type { Terms } from '../../../protocol/video/consent.ts';
import type { DeskState } from '../../stores/create-desk-store.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { keptWriting } from '../../stores/kept-writing.ts';

/** What of an attention would be left behind by its end; empty texts and lists for nothing. */
export interface Unsent {
  note: string;
  mark: string;
  message: string;
  /** Title of terms that were written or changed, and not sent. */
  terms: string;
  /** Names of files that are on their way, or wait for it. */
  files: string[];
}

type Shown = Pick<DeskState, 'notes' | 'writings' | 'current' | 'handled' | 'uploads' | 'queuedFiles'>;

/** `templates`: those of the office; one that was only chosen is nothing written. */
export function unsentOf(state: Shown, ticketId: TicketId, templates: readonly Terms[]): Unsent {
  const terms = keptWriting(state, ticketId, 'terms');
  const isWritten = terms !== null && terms.text.trim() !== '' && !templates.some(({ text }) => text === terms.text);
  const sending = state.uploads?.uploads.filter((each) => each.ticketId === ticketId) ?? [];
  const queued = state.queuedFiles.filter((each) => each.ticketId === ticketId);
  return {
    note: (state.notes[ticketId]?.text ?? keptNote(state, ticketId)).trim(),
    mark: (keptWriting(state, ticketId, 'mark')?.text ?? '').trim(),
    message: (keptWriting(state, ticketId, 'message')?.text ?? '').trim(),
    terms: isWritten ? terms.title.trim() || terms.text.trim() : '',
    files: [...sending.filter(({ state: { name } }) => name !== 'refused'), ...queued].map(({ name }) => name),
  };
}

export const isAnythingUnsent = ({ note, mark, message, terms, files }: Unsent): boolean =>
  [note, mark, message, terms].some((text) => text !== '') || files.length > 0;
