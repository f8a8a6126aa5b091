/** Keeps the screen on while asked to. The lock goes when the page is hidden, and comes back with it. */
export function createKeepAwake(): (isOn: boolean) => void {
  let isWanted = false;
  let lock: WakeLockSentinel | null = null;
  let isAsking = false;

  const settle = async (): Promise<void> => {
    if (isAsking || !('wakeLock' in navigator)) return;
    isAsking = true;
    try {
      if (isWanted && (lock === null || lock.released) && document.visibilityState === 'visible') {
        lock = await navigator.wakeLock.request('screen');
      }
      if (!isWanted && lock !== null) {
        await lock.release();
        lock = null;
      }
    } catch {
      // Low battery or a policy: the screen goes off as always.
    } finally {
      isAsking = false;
    }
  };

  document.addEventListener('visibilitychange', () => void settle());
  return (isOn) => {
    isWanted = isOn;
    void settle();
  };
}
