import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  isOpen: boolean;
  /** Esc, the cross and whatever the owner's buttons do. */
  onClose: () => void;
  /** Names the thing: "Cancelar ticket R-034". */
  title: string;
  icon?: ReactNode;
  /** 480 or 640 px wide. */
  size?: 'medium' | 'wide';
  children: ReactNode;
  /** Buttons at the right, the primary one last. */
  footer?: ReactNode;
  /** Apart at the left of the footer: what revokes or destroys. */
  aside?: ReactNode;
}

/** Focus is kept inside while open and given back afterwards. A press outside does not close it: it may hold work. */
export function Dialog({ isOpen, onClose, title, icon, size = 'medium', children, footer, aside }: DialogProps) {
  const { t } = useTranslation('common');
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles.scrim ?? ''}
    >
      <Modal className={classNames(styles.modal, size === 'wide' && styles.wide)}>
        <AriaDialog className={styles.dialog ?? ''}>
          <header className={styles.head}>
            {icon}
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton label={t('close')} onPress={onClose}>
              <X size={18} aria-hidden />
            </IconButton>
          </header>
          <div className={styles.body}>{children}</div>
          {(footer !== undefined || aside !== undefined) && (
            <footer className={styles.foot}>
              <div className={styles.aside}>{aside}</div>
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
