import { useSharedWith } from './use-shared-with.ts';

/** Somebody outside may see this screen: identifiers, and what is other customers', are masked (trust T32). */
export function useIsShared(): boolean {
  return useSharedWith() !== null;
}
