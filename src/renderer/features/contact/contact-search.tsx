import { useEffect, useId, useState, type ReactNode } from 'react';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactMatch } from '../../../protocol/contact.ts';
import type { ErrorBody } from '../../../protocol/error-codes.ts';
import { maskedDocument } from '../../../texts/format-document.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { TextField } from '../../../web/ui/text-field.tsx';
import { DeskRefusal } from '../../bridge/desk-refusal.ts';
import { useDesk } from '../../start/desk-context.ts';
import { Concealed } from '../masking/concealed.tsx';
import { useIsShared } from '../masking/use-is-shared.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './contact-panel.module.css';

const PAUSE_MS = 250;
const SHORTEST = 2;

type Found = { type: 'matches'; matches: readonly ContactMatch[] } | { type: 'failed'; error: ErrorBody };

export interface ContactSearchProps {
  autoFocus?: boolean;
  /** What can be done with a contact that was found. */
  renderAction: (match: ContactMatch) => ReactNode;
}

/** By name or document; enough to choose, the document masked (S4-16, S4-17). Needs the line. */
export function ContactSearch({ autoFocus = false, renderAction }: ContactSearchProps) {
  const { t } = useTranslation('contact');
  const { t: common } = useTranslation('common');
  const desk = useDesk();
  const needsLine = useLineReason();
  const statusId = useId();
  const [search, setSearch] = useState('');
  const isShared = useIsShared();
  const [found, setFound] = useState<{ search: string; result: Found } | null>(null);
  const wanted = search.trim();
  const isLongEnough = wanted.length >= SHORTEST;

  // Whom the agent looked for before is nobody's who looks on now.
  useEffect(() => {
    if (isShared) setSearch('');
  }, [isShared]);

  useEffect(() => {
    if (!isLongEnough || needsLine !== undefined) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      desk.call('contacts.search', { search: wanted }).then(
        ({ matches }) => {
          if (isCurrent) setFound({ search: wanted, result: { type: 'matches', matches } });
        },
        (refusal: unknown) => {
          if (!(refusal instanceof DeskRefusal)) throw refusal;
          if (isCurrent) setFound({ search: wanted, result: { type: 'failed', error: refusal.body } });
        },
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [desk, wanted, isLongEnough, needsLine]);

  const result = found?.search === wanted ? found.result : null;
  return (
    <div className={styles.search}>
      <div className={styles.searchField}>
        <TextField
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          description={needsLine}
          icon={<Search size={16} aria-hidden />}
          maxLength={80}
          autoComplete="off"
          autoFocus={autoFocus}
          isDisabled={needsLine !== undefined}
          value={search}
          onChange={setSearch}
        />
      </div>
      {isLongEnough && needsLine === undefined && (
        <>
          {result === null && <LoadingState />}
          {result?.type === 'failed' && <ActError error={result.error} />}
          {result?.type === 'matches' && (
            <>
              <p id={statusId} role="status" className={styles.count}>
                {result.matches.length > 0 && t('search.results', { count: result.matches.length })}
              </p>
              {result.matches.length === 0 ? (
                <EmptyState title={t('search.nothing')}>{t('search.nothingDetail')}</EmptyState>
              ) : (
                <Concealed>
                  <ul aria-labelledby={statusId} className={styles.matches}>
                    {result.matches.map((match) => (
                      <li key={match.id} className={styles.match}>
                        <div className={styles.matchWords}>
                          <strong>{match.name || common('noName')}</strong>
                          <p>
                            {[
                              match.documentLast4 !== null && maskedDocument(match.documentType, match.documentLast4),
                              match.phoneLast4 !== null && `•••${match.phoneLast4}`,
                            ]
                              .filter(Boolean)
                              .join(' · ')}
                          </p>
                        </div>
                        {renderAction(match)}
                      </li>
                    ))}
                  </ul>
                </Concealed>
              )}
            </>
          )}
        </>
      )}
    </div>
  );
}
