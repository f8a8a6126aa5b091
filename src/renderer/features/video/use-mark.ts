import { MARK_LENGTH } from '../../../protocol/commands/mark-commands.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { keptWriting } from '../../stores/kept-writing.ts';
import { useWriting } from './use-writing.ts';

/** The mark being written on a ticket (S2-45). */
export function useMark(ticketId: TicketId) {
  const { store } = useDeskServices();
  const { writing: mark, isRefused, write, clear } = useWriting(ticketId, 'mark');
  const { run, ...rest } = useAct();
  const isTooLong = mark !== null && mark.text.trim().length > MARK_LENGTH;

  return {
    ...rest,
    mark,
    isRefused,
    isTooLong,
    write,
    clear,
    /** The text goes only once the desk has it safe. True when nothing is left to be added. */
    add: async (): Promise<boolean> => {
      if (!mark || mark.text.trim() === '') return true;
      if (isTooLong) return false;
      const { attentionId, momentMs, text } = mark;
      const isSafe = await run({ type: 'mark.add', ticketId, attentionId, momentMs, text });
      if (isSafe && keptWriting(store.getState(), ticketId, 'mark')?.text === text) clear();
      return isSafe;
    },
  };
}
