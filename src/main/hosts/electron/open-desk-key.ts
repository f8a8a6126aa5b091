import { dialog } from 'electron';
import { makeDeskKey, readDeskKey, type DeskKey, type DeskKeyOptions } from './desk-key.ts';
import type { ShellTexts } from './shell-texts/shell-texts.ts';

/**
 * The key of this desk, once the agent has decided where that is needed: null means that nothing is kept here, `quit` that the
 * agent would rather have the keyring put right. Nothing is deleted in any case.
 */
export async function openDeskKey(
  options: DeskKeyOptions,
  { key: words }: ShellTexts,
): Promise<Uint8Array | null | 'quit'> {
  const found = await readDeskKey(options);
  if (found.key !== null) return found.key;
  if (found.problem === 'noKeyring') return null;
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: words.title,
      detail: `${reason(found, words)}\n\n${words.advice}`,
      buttons: [words.quit, words.withoutStore, words.startOver],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) return 'quit';
    if (response === 1) return null;
    const sure = await dialog.showMessageBox({
      type: 'warning',
      message: words.startOverTitle,
      detail: words.startOverDetail,
      buttons: [words.back, words.startOver],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (sure.response === 1) return makeDeskKey(options);
  }
}

function reason(found: Exclude<DeskKey, { key: Buffer }>, words: ShellTexts['key']): string {
  return found.problem === 'backendChanged' ? words.changed(found.before, found.now) : words.unreadable;
}
