export interface Toast {
  message: string;
  /** The one thing to do about it. */
  action?: { label: string; onPress: () => void } | undefined;
}

export type ShownToast = Toast & { id: number };

export interface Toasts {
  /** Stays 6 s (longer while pointed at or focused). A third one drops the oldest. */
  show: (toast: Toast) => void;
  dismiss: (id: number) => void;
  /** Oldest first. The same array until something changes. */
  current: () => readonly ShownToast[];
  /** Returns how to stop listening. */
  subscribe: (listener: () => void) => () => void;
}

const MOST_AT_ONCE = 2;

/** Passing notices. Never for errors that lose work: those stay on screen in their own place. */
export function createToasts(): Toasts {
  const listeners = new Set<() => void>();
  let toasts: readonly ShownToast[] = [];
  let lastId = 0;
  const replace = (next: readonly ShownToast[]): void => {
    toasts = next;
    for (const listener of listeners) listener();
  };
  return {
    show: (toast) => {
      lastId += 1;
      replace([...toasts, { ...toast, id: lastId }].slice(-MOST_AT_ONCE));
    },
    dismiss: (id) => replace(toasts.filter((toast) => toast.id !== id)),
    current: () => toasts,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
