import type { ShellWords } from './shell-words.ts';
import type { ShellView } from './shell-view.ts';

/** What the tray says: the shape is the state, and its word stands in the tip. */
export function trayTip({ inHand, state, isLineDown }: ShellView, words: ShellWords): string {
  const word = inHand
    ? `${words(`states:ticket.${inHand.isCalling ? 'calling' : 'attending'}`)} ${inHand.turnCode}`
    : state
      ? words(`states:agent.${state}`)
      : words('signedOut');
  return words('tray.tooltip', { state: isLineDown && state ? `${word} · ${words('tray.noLine')}` : word });
}
