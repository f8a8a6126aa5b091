import type { DeskClient } from '../bridge/desk-client.ts';
import type { DeskStore } from './create-desk-store.ts';
import type { WritingKey } from './writings-slice.ts';

const PAUSE_MS = 300;

/** Hands what is being written in a video to the desk, 300 ms after the last letter; when the window closes, at once. */
export function keepWritings(desk: DeskClient, store: DeskStore): void {
  const timers = new Map<WritingKey, ReturnType<typeof setTimeout>>();

  const save = (key: WritingKey): void => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const entry = store.getState().writings[key];
    if (!entry) return;
    const { ticketId, kind, writing } = entry;
    desk.call('writing.save', { ticketId, kind, writing }).catch(() => store.getState().writingRefused(key));
  };

  store.subscribe(({ writings }, { writings: before }) => {
    if (writings === before) return;
    for (const key of Object.keys(writings) as WritingKey[]) {
      if (writings[key]?.writing === before[key]?.writing) continue;
      clearTimeout(timers.get(key));
      timers.set(key, setTimeout(save, PAUSE_MS, key));
    }
  });

  window.addEventListener('pagehide', () => {
    for (const key of timers.keys()) save(key);
  });
}
