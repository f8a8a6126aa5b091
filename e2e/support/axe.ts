import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No breach of WCAG 2.2 A and AA nor of axe's good practices on what the page shows now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // What fades in has for a moment colours that nobody reads by: without motion it stands at its end at once.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
  expect(told, what).toEqual([]);
}
