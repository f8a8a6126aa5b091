const MOST = 9;

/** The figure on the taskbar: how many wait; above nine, "9+". Null: none. */
export function badgeName(waiting: number): string | null {
  if (waiting <= 0) return null;
  return waiting > MOST ? '9-plus' : String(waiting);
}
