import type { Act } from '../../../bridge/act.ts';
import { DeskRefusal } from '../../bridge/desk-refusal.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useErrorWords } from '../../start/use-error-words.ts';

/** An act from the bar or a key, where there is no place for an error: a refusal is a passing notice, nothing is lost. */
export function useBarAct(): (act: Act) => void {
  const { desk, toasts } = useDeskServices();
  const errorWords = useErrorWords();
  return (act) => {
    desk.call('act', act).catch((refusal: unknown) => {
      if (!(refusal instanceof DeskRefusal)) throw refusal;
      toasts.show({ message: errorWords(refusal.body) });
    });
  };
}
