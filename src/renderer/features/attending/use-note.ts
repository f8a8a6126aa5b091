import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { keptNote } from '../../stores/kept-note.ts';
import type { NoteDraft } from '../../stores/writing-slice.ts';

/** The note being written on a ticket: what this window has, else the draft that the desk kept. */
export function useNote(ticketId: TicketId) {
  const { store } = useDeskServices();
  const written = useDeskState(({ notes }) => notes[ticketId]);
  const kept = useDeskState((state) => keptNote(state, ticketId));
  const { run, ...rest } = useAct();
  const draft: NoteDraft = written ?? { text: kept, savedAt: null, isRefused: false };

  return {
    ...rest,
    draft,
    write: (text: string): void => store.getState().noteWritten(ticketId, text),
    /** The text goes only once the desk has it safe. */
    add: async (): Promise<boolean> => {
      const isSafe = await run({ type: 'note.add', ticketId, text: draft.text });
      if (isSafe && (store.getState().notes[ticketId]?.text ?? draft.text) === draft.text) {
        store.getState().noteWritten(ticketId, '');
      }
      return isSafe;
    },
  };
}
