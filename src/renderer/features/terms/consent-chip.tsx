import { Check, FileClock, Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentState } from '../../../protocol/video/consent.ts';
import { Chip, type ChipProps } from '../../../web/ui/chip.tsx';

const LOOKS: Record<ConsentState, { status?: ChipProps['status']; icon?: ReactNode }> = {
  asked: { status: 'waiting' },
  accepted: { status: 'attending', icon: <Check size={12} aria-hidden /> },
  refused: { status: 'outOfHours', icon: <X size={12} aria-hidden /> },
  unanswered: { icon: <FileClock size={12} aria-hidden /> },
  withdrawn: { status: 'outOfHours', icon: <Undo2 size={12} aria-hidden /> },
};

/** How an asking for consent stands: shape, word and colour. */
export function ConsentChip({ state }: { state: ConsentState }) {
  const { t } = useTranslation('terms');
  return <Chip {...LOOKS[state]}>{t(`state.${state}`)}</Chip>;
}
