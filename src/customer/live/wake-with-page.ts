/** A page that was asleep or offline asks at once for what it missed. */
export function wakeWithPage(view: { wake: () => void }): void {
  const wake = (): void => {
    if (document.visibilityState === 'visible') view.wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);
}
