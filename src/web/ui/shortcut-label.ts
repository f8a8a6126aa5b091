const LABELS: Record<string, string> = { Control: 'Ctrl', Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };

/** How a key is written on screen: `Control+Enter` (names of `KeyboardEvent.key`) is `Ctrl ↵`. */
export function shortcutLabel(shortcut: string): string {
  return shortcut
    .split('+')
    .map((key) => LABELS[key] ?? key)
    .join(' ');
}
