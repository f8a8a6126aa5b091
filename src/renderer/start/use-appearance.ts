import { useEffect } from 'react';
import type { Preferences } from '../../bridge/facts.ts';

/** Theme and language of the whole document. */
export function useAppearance({ theme, language }: Pick<Preferences, 'theme' | 'language'>): void {
  useEffect(() => {
    const page = document.documentElement;
    page.lang = language;
    if (theme === 'system') delete page.dataset.theme;
    else page.dataset.theme = theme;
  }, [theme, language]);
}
