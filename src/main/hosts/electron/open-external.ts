import { dialog, shell, type BrowserWindow } from 'electron';
import { parseExternalUrl, type ExternalUrl, type ExternalUrlPolicy } from './parse-external-url.ts';
import type { ShellWords } from './shell-words.ts';

/**
 * The one way out of the desk: an address is parsed, shown as it really is, and opened only if the agent says so.
 * @returns what the window guard calls with any address; one question at a time, others meanwhile are dropped
 */
export function createExternalOpener(
  policy: ExternalUrlPolicy,
  words: () => ShellWords,
): (address: unknown, window: BrowserWindow) => Promise<void> {
  let isAsking = false;
  return async (address, window) => {
    const target = parseExternalUrl(address, policy);
    if (target === null || isAsking) return;
    isAsking = true;
    try {
      const say = words();
      const { response } = await dialog.showMessageBox(window, {
        type: 'question',
        message: say('external.title'),
        detail: `${nameOf(target)}\n\n${target.url}`,
        buttons: [say('external.stay'), say('external.open', { place: nameOf(target) })],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      if (response === 1) await shell.openExternal(target.url);
    } finally {
      isAsking = false;
    }
  };
}

function nameOf(target: ExternalUrl): string {
  switch (target.kind) {
    case 'web':
      return target.host;
    case 'call':
      return target.number;
    case 'mail':
      return target.address;
  }
}
