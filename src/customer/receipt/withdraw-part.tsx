import { useState } from 'react';
import type { ReceiptWords } from '../../documents/receipt-lines.ts';
import type { Receipt } from '../../protocol/video/receipt.ts';
import { PageButton } from '../video/page-button.tsx';
import type { ReceiptApi } from './receipt-api.ts';
import styles from './receipt-page.module.css';

interface WithdrawPartProps {
  api: ReceiptApi;
  receipt: Receipt;
  words: ReceiptWords;
  /** The receipt of the withdrawal. */
  onChange: (next: Receipt) => void;
}

const takeFocus = (heading: HTMLHeadingElement | null): void => heading?.focus();

/** Takes the acceptance back: one button and one question, as accepting was. */
export function WithdrawPart({ api, receipt, words: { page }, onChange }: WithdrawPartProps) {
  const [state, setState] = useState<'idle' | 'asking' | 'busy' | 'failed'>('idle');
  const withdraw = async (): Promise<void> => {
    setState('busy');
    const next = await api.withdraw();
    if (typeof next === 'object') onChange(next);
    else setState('failed');
  };
  if (state === 'idle') return <PageButton onPress={() => setState('asking')}>{page.withdraw}</PageButton>;
  return (
    <section className={styles.question} aria-labelledby="withdraw">
      <h2 id="withdraw" ref={takeFocus} tabIndex={-1}>
        {page.withdrawQuestion.replace('{{title}}', () => receipt.signed.statement.title)}
      </h2>
      <p>{page.withdrawDetail}</p>
      <PageButton form="filled" isBusy={state === 'busy'} onPress={() => void withdraw()}>
        {page.withdrawNow}
      </PageButton>
      <PageButton isBusy={state === 'busy'} onPress={() => setState('idle')}>
        {page.keep}
      </PageButton>
      <p role="status">
        {state === 'busy' && page.withdrawing}
        {state === 'failed' && page.withdrawFailed}
      </p>
    </section>
  );
}
