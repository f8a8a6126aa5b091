import type { TicketId } from '../../protocol/ids.ts';
import type { DeskClient } from '../bridge/desk-client.ts';
import type { DeskStore } from './create-desk-store.ts';

const PAUSE_MS = 300;

/** Hands notes being written to the desk, 300 ms after the last letter; when the window closes, at once. */
export function keepDrafts(desk: DeskClient, store: DeskStore): void {
  const timers = new Map<TicketId, ReturnType<typeof setTimeout>>();
  const { noteSaved, noteSaveRefused } = store.getState();

  const save = (ticketId: TicketId): void => {
    clearTimeout(timers.get(ticketId));
    timers.delete(ticketId);
    const draft = store.getState().notes[ticketId];
    if (!draft) return;
    desk.call('draft.save', { ticketId, text: draft.text }).then(
      () => noteSaved(ticketId, draft.text, Date.now()),
      () => noteSaveRefused(ticketId),
    );
  };

  store.subscribe(({ notes }, { notes: before }) => {
    if (notes === before) return;
    for (const [id, draft] of Object.entries(notes)) {
      const ticketId = id as TicketId;
      if (draft === before[ticketId] || draft.text === before[ticketId]?.text) continue;
      clearTimeout(timers.get(ticketId));
      timers.set(ticketId, setTimeout(save, PAUSE_MS, ticketId));
    }
  });

  window.addEventListener('pagehide', () => {
    for (const ticketId of timers.keys()) save(ticketId);
  });
}
