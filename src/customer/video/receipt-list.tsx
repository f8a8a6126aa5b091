import { useState } from 'react';
import type { GuestReceipt } from '../../protocol/video/consent.ts';
import type { ConsentFailure } from './consent-api.ts';
import { PageButton } from './page-button.tsx';
import styles from './receipt-list.module.css';
import type { VideoWords } from './video-words.ts';

export interface ReceiptListProps {
  receipts: readonly GuestReceipt[];
  withdraw: (receiptUrl: string) => Promise<ConsentFailure | null>;
  /** Saves the receipt as a PDF; whether it came. */
  save: (receiptUrl: string, folio: string) => Promise<boolean>;
  words: VideoWords;
}

/** What the guest answered in this attention, to be kept after it, and still to be taken back. */
export function ReceiptList({ receipts, withdraw, save, words }: ReceiptListProps) {
  const { terms: say } = words;
  if (receipts.length === 0) return null;
  return (
    <section className={styles.receipts} aria-label={say.receipts}>
      <h2>{say.receipts}</h2>
      <ul>
        {receipts.map((receipt) => (
          <ReceiptItem key={receipt.id} {...{ receipt, withdraw, save, words }} />
        ))}
      </ul>
    </section>
  );
}

function ReceiptItem({
  receipt: { title, state, folio, receiptUrl },
  withdraw,
  save,
  words,
}: {
  receipt: GuestReceipt;
  withdraw: ReceiptListProps['withdraw'];
  save: ReceiptListProps['save'];
  words: VideoWords;
}) {
  const { terms: say } = words;
  const [isBusy, setIsBusy] = useState(false);
  const [isWithdrawn, setIsWithdrawn] = useState(false);
  const [failure, setFailure] = useState<ConsentFailure | null>(null);
  const [saving, setSaving] = useState<'no' | 'busy' | 'failed'>('no');
  const savePdf = async (): Promise<void> => {
    setSaving('busy');
    setSaving((await save(receiptUrl, folio)) ? 'no' : 'failed');
  };
  const shown = isWithdrawn ? 'withdrawn' : state;
  const takeBack = async (): Promise<void> => {
    setIsBusy(true);
    setFailure(null);
    const failed = await withdraw(receiptUrl);
    setIsBusy(false);
    setFailure(failed);
    setIsWithdrawn(failed === null);
  };
  return (
    <li className={styles.receipt}>
      <strong>{title}</strong>
      <p role="status">
        {say[shown]} · {say.folio} <span className={styles.folio}>{folio}</span>
      </p>
      <a href={receiptUrl} target="_blank" rel="noopener noreferrer">
        {say.receipt}
      </a>
      <PageButton isBusy={saving === 'busy'} onPress={() => void savePdf()}>
        {say.savePdf}
      </PageButton>
      {saving === 'failed' && <p role="alert">{say.notSaved}</p>}
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {say.failure[failure]}
        </p>
      )}
      {shown === 'accepted' && (
        <PageButton isBusy={isBusy} onPress={() => void takeBack()}>
          {isBusy ? say.sending : say.withdraw}
        </PageButton>
      )}
    </li>
  );
}
