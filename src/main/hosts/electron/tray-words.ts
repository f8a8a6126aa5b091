import type { ShellTexts } from './shell-texts/shell-texts.ts';
import type { ShellView } from './shell-view.ts';

/** What the tray says: the shape is the state, and its word stands in the tip. */
export function trayTip({ inHand, state, isLineDown }: ShellView, texts: ShellTexts): string {
  const word = inHand
    ? `${texts.states.ticket[inHand.isCalling ? 'calling' : 'attending']} ${inHand.turnCode}`
    : state
      ? texts.states.agent[state]
      : texts.signedOut;
  return texts.tray.tooltip(isLineDown && state ? `${word} · ${texts.tray.noLine}` : word);
}
