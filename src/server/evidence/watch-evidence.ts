import type { Metrics } from '../start/metrics.ts';
import type { Reader } from '../store/database.ts';
import { examineEvidence, type EvidenceState } from './examine-evidence.ts';

/** So many lines of each journal are looked at for every reading of the figures. */
const LOOKED_AT = 20;

/** Figures of the evidence on this server: what grows, when something was written last, and whether its end holds. */
export function watchEvidence({ watch }: Pick<Metrics, 'watch'>, db: Reader, evidence: string): void {
  let looking: Promise<EvidenceState> | null = null;
  /** The figures of one reading come from one look. */
  const look = (): Promise<EvidenceState> =>
    (looking ??= examineEvidence(db, evidence, LOOKED_AT).finally(() => {
      looking = null;
    }));
  watch('ventanilla_evidence_bytes', 'Bytes of the journals of evidence here', async () => (await look()).bytes);
  watch('ventanilla_evidence_lines', 'Lines of evidence that are committed', async () => (await look()).lines);
  watch(
    'ventanilla_evidence_last_folio_seconds',
    'When the last answer was written down, in seconds since 1970; 0 for none',
    async () => ((await look()).lastFolio?.at.getTime() ?? 0) / 1_000,
  );
  watch(
    'ventanilla_evidence_problems',
    `What is not as it was written among the last ${LOOKED_AT} lines of each journal here`,
    async () => (await look()).problems.length,
  );
}
