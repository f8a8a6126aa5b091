import { maskWords } from '../../../domain/masking/mask-identifier.ts';
import { useIsShared } from './use-is-shared.ts';

const asTheyAre = (text: string): string => text;

/** Turns free words into what this screen may show of them now (SPEC MK2). */
export function useShownWords(): (text: string) => string {
  return useIsShared() ? maskWords : asTheyAre;
}
