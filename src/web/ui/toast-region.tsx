import { useEffect, useState, useSyncExternalStore } from 'react';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import type { ShownToast, Toasts } from './create-toasts.ts';
import styles from './toast-region.module.css';

const STAY_MS = 6_000;

export interface ToastRegionProps {
  toasts: Toasts;
}

/** Ink notices at the lower left, over column 1. Mounted always, so that assistive technology hears what comes. */
export function ToastRegion({ toasts }: ToastRegionProps) {
  const { t } = useTranslation('common');
  const current = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <section aria-label={t('notices')} className={styles.region}>
      <ol aria-live="polite" className={styles.list}>
        {current.map((toast) => (
          <ToastItem key={toast.id} toast={toast} onGone={toasts.dismiss} />
        ))}
      </ol>
    </section>
  );
}

function ToastItem({ toast, onGone }: { toast: ShownToast; onGone: (id: number) => void }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onGone(toast.id), STAY_MS);
    return () => clearTimeout(timer);
  }, [isHeld, onGone, toast.id]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing at it only keeps it longer
    <li
      data-surface="frame"
      className={styles.toast}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <CircleCheck size={16} aria-hidden />
      <span className={styles.message}>{toast.message}</span>
      {toast.action && (
        <Button
          size="small"
          onPress={() => {
            toast.action?.onPress();
            onGone(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
    </li>
  );
}
