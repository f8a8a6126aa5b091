import type { TicketId } from '../../../protocol/ids.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { keptWriting } from '../../stores/kept-writing.ts';
import { useWriting } from '../video/use-writing.ts';

/** The message being written in the chat of a ticket. */
export function useMessage(ticketId: TicketId) {
  const { store } = useDeskServices();
  const { writing, isRefused, write: put, clear } = useWriting(ticketId, 'message');
  const { run, error, forgetError } = useAct({ mayOverlap: true });
  const text = writing?.text ?? '';

  const write = (next: string): void => {
    if (next !== '') return put({ kind: 'message', text: next });
    clear();
    // Whoever deletes the words has stopped correcting them.
    store.getState().refusedReplaced(`message ${ticketId}`);
  };

  return {
    text,
    /** This desk cannot keep it: a window that closes takes it along. */
    isRefused,
    error,
    forgetError,
    write,
    /** The field is free for the next one at once; a text that the desk did not take comes back into it. */
    send: async (): Promise<void> => {
      const taken = run({ type: 'message.send', ticketId, text });
      write('');
      if (await taken) return;
      const since = keptWriting(store.getState(), ticketId, 'message')?.text ?? '';
      write([text, since].filter(Boolean).join('\n'));
    },
  };
}
