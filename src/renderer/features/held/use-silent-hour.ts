import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';

/** The hour since which a desk is silent, as it stands inside a sentence: "10:42", "ayer 21:14", "22/07 21:14". */
export function useSilentHour(): (since: number) => string {
  const formats = useFormats();
  const now = useNow();
  return (since) => formats.whenWithHour(since, now).toLocaleLowerCase();
}
