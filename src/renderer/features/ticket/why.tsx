import { ListOrdered } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueueReason } from '../../../protocol/queue-reason.ts';
import { reasonWords } from '../../../web/ui/words/reason-words.ts';
import { useFormats } from '../../start/use-formats.ts';
import styles from './why.module.css';

export interface WhyProps {
  /** "Por qué sigue:", "Por qué ahora:" */
  label: string;
  reasons: readonly QueueReason[];
}

/** Why this ticket stands where it stands, in words. */
export function Why({ label, reasons }: WhyProps) {
  const { i18n } = useTranslation();
  const formats = useFormats();
  if (reasons.length === 0) return null;
  return (
    <p className={styles.why}>
      <ListOrdered size={16} aria-hidden />
      <span>
        <strong>{label}</strong> {reasonWords(reasons, i18n, formats)}.
      </span>
    </p>
  );
}
