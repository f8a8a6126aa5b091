import { dialog } from 'electron';
import { makeDeskKey, readDeskKey, type DeskKey, type DeskKeyOptions } from './desk-key.ts';
import type { ShellWords } from './shell-words.ts';

/**
 * The key of this desk, once the agent has decided where that is needed: null means that nothing is kept here, `quit` that the
 * agent would rather have the keyring put right. Nothing is deleted in any case.
 */
export async function openDeskKey(options: DeskKeyOptions, words: ShellWords): Promise<Uint8Array | null | 'quit'> {
  const found = await readDeskKey(options);
  if (found.key !== null) return found.key;
  if (found.problem === 'noKeyring') return null;
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: words('key.title'),
      detail: `${reason(found, words)}\n\n${words('key.advice')}`,
      buttons: [words('key.quit'), words('key.withoutStore'), words('key.startOver')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) return 'quit';
    if (response === 1) return null;
    const sure = await dialog.showMessageBox({
      type: 'warning',
      message: words('key.startOverTitle'),
      detail: words('key.startOverDetail'),
      buttons: [words('key.back'), words('key.startOver')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (sure.response === 1) return makeDeskKey(options);
  }
}

function reason(found: Exclude<DeskKey, { key: Buffer }>, words: ShellWords): string {
  return found.problem === 'backendChanged'
    ? words('key.changed', { before: found.before, now: found.now })
    : words('key.unreadable');
}
