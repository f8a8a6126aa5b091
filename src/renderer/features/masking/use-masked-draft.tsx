import { Eye } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { maskWords } from '../../../domain/masking/mask-identifier.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useIsShared } from './use-is-shared.ts';

interface MaskedDraft {
  /** As it may be shown now. */
  value: string;
  /** What is masked must never be kept as what was written. */
  isReadOnly: boolean;
  /** Shows it as it is; null while it is. */
  eye: ReactNode;
  /** To be told of every letter: what is written while others look on is in view of whoever writes it. */
  written: () => void;
}

/** A note or mark that is being written: what stood in it when sharing began is masked until its own eye is pressed (SPEC MK2). */
export function useMaskedDraft(text: string, label: string): MaskedDraft {
  const { t } = useTranslation('videoCall');
  const isShared = useIsShared();
  const [isShown, setIsShown] = useState(false);
  // Whoever shares again begins masked again.
  if (!isShared && isShown) setIsShown(false);
  const masked = isShared && !isShown ? maskWords(text) : text;
  const isMasked = masked !== text;
  return {
    value: masked,
    isReadOnly: isMasked,
    eye: isMasked ? (
      <IconButton label={t('masking.showOf', { field: label })} onPress={() => setIsShown(true)}>
        <Eye size={16} aria-hidden />
      </IconButton>
    ) : null,
    written: () => {
      if (isShared && !isShown) setIsShown(true);
    },
  };
}
