import type { OutboxItem } from '../../../bridge/facts.ts';
import { useDeskState } from '../../start/desk-context.ts';
import { writingPlace } from '../../stores/writing-place.ts';

/** Whether the words of a refused act stand where they were written, to be corrected. */
export function useIsTakenUp({ id, act }: Pick<OutboxItem, 'id' | 'act'>): boolean {
  const place = writingPlace(act);
  return useDeskState(({ takenUp }) => place !== null && (takenUp[place]?.includes(id) ?? false));
}
