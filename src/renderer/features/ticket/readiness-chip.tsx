import { CircleCheck, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Readiness, ReadinessVerdict } from '../../../protocol/video/readiness.ts';
import { Chip } from '../../../web/ui/chip.tsx';
import type { Status } from '../../../web/ui/status-glyph.tsx';

/** Each in the colours of a state, and with a shape of its own. */
const LOOKS: Record<ReadinessVerdict, { status: Status; icon: LucideIcon }> = {
  ready: { status: 'attending', icon: CircleCheck },
  audioOnly: { status: 'waiting', icon: TriangleAlert },
  notReady: { status: 'outOfHours', icon: OctagonX },
};

export interface ReadinessChipProps {
  readiness: Readiness;
}

/** In which mode a video with this guest would begin: Listo, Solo audio, No listo. */
export function ReadinessChip({ readiness: { verdict } }: ReadinessChipProps) {
  const { t } = useTranslation('tickets');
  const { status, icon: Icon } = LOOKS[verdict];
  return (
    <Chip status={status} icon={<Icon size={14} aria-hidden />}>
      {t(`readiness.verdict.${verdict}`)}
    </Chip>
  );
}
