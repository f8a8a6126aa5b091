import { useCallback, useEffect, useState } from 'react';
import { receiptWords, type ReceiptWords } from '../../documents/receipt-lines.ts';
import type { Receipt } from '../../protocol/video/receipt.ts';
import type { Language } from '../../texts/languages.ts';
import { PageHead } from '../brand/page-head.tsx';
import { PageButton } from '../video/page-button.tsx';
import type { ReceiptApi, ReceiptFailure } from './receipt-api.ts';
import { ReceiptDetails } from './receipt-details.tsx';
import styles from './receipt-page.module.css';
import { WithdrawPart } from './withdraw-part.tsx';

export interface ReceiptPageProps {
  api: ReceiptApi;
  save: (file: Blob, name: string) => void;
  /** The language of the page, by that of the company; empty before it is known. */
  languageFor: (locale: string) => Language;
}

/** The receipt of one folio, for the customer and for the agent alike. */
export function ReceiptPage({ api, save, languageFor }: ReceiptPageProps) {
  const [found, setFound] = useState<Receipt | ReceiptFailure | null>(null);
  const receipt = typeof found === 'object' ? found : null;
  const language = languageFor(receipt?.locale ?? '');
  const words = receiptWords(language);

  const read = useCallback(() => {
    setFound(null);
    void api.read().then(setFound);
  }, [api]);
  useEffect(read, [read]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = receipt ? words.folio.replace('{{folio}}', receipt.signed.statement.folio) : words.title;
  }, [language, receipt, words]);

  return (
    <>
      <PageHead title={receipt?.signed.statement.company ?? 'Ventanilla'} />
      <main className={styles.main} aria-busy={found === null}>
        {found === null && <p role="status">{words.page.loading}</p>}
        {found === 'badLink' && (
          <>
            <h1>{words.page.badLink}</h1>
            <p>{words.page.badLinkDetail}</p>
          </>
        )}
        {found === 'offline' && (
          <>
            <h1>{words.page.offline}</h1>
            <p role="alert">{words.page.offlineDetail}</p>
            <PageButton form="filled" onPress={read}>
              {words.page.retry}
            </PageButton>
          </>
        )}
        {receipt && <Shown {...{ api, save, receipt, words, language }} onChange={setFound} />}
      </main>
    </>
  );
}

interface ShownProps {
  api: ReceiptApi;
  save: ReceiptPageProps['save'];
  receipt: Receipt;
  words: ReceiptWords;
  language: Language;
  onChange: (next: Receipt) => void;
}

function Shown({ api, save, receipt, words, language, onChange }: ShownProps) {
  const { statement } = receipt.signed;
  const isWithdrawn = statement.act === 'accepted' && receipt.state === 'withdrawn';
  return (
    <>
      <p className={styles.kind}>{words.title}</p>
      <h1 className={styles.act}>{words.act[statement.act]}</h1>
      <p className={styles.folio}>{words.folio.replace('{{folio}}', statement.folio)}</p>
      {isWithdrawn && <p role="status">{words.withdrawnSince}</p>}
      <Downloads {...{ api, save, receipt, words }} />
      {receipt.mayWithdraw && <WithdrawPart {...{ api, receipt, words, onChange }} />}
      <ReceiptDetails {...{ receipt, words, language }} />
    </>
  );
}

function Downloads({ api, save, receipt, words }: Pick<ShownProps, 'api' | 'save' | 'receipt' | 'words'>) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const { folio } = receipt.signed.statement;
  const get = async (form: 'pdf' | 'file'): Promise<void> => {
    setState('busy');
    const file = await api.file(form);
    if (file) save(file, `${folio}.${form === 'pdf' ? 'pdf' : 'html'}`);
    setState(file ? 'idle' : 'failed');
  };
  return (
    <div className={styles.acts}>
      <PageButton form="filled" isBusy={state === 'busy'} onPress={() => void get('pdf')}>
        {words.page.pdf}
      </PageButton>
      <PageButton isBusy={state === 'busy'} onPress={() => void get('file')}>
        {words.page.file}
      </PageButton>
      <p className={styles.note}>{words.page.fileDetail}</p>
      <p role="status" className={styles.note}>
        {state === 'busy' && words.page.preparing}
        {state === 'failed' && words.page.failed}
      </p>
      <a className={styles.link} href={receipt.checkUrl} target="_blank" rel="noreferrer">
        {words.page.check}
      </a>
    </div>
  );
}
