import { receiptLines, type ReceiptWords } from '../../documents/receipt-lines.ts';
import type { Receipt } from '../../protocol/video/receipt.ts';
import type { Language } from '../../texts/languages.ts';
import styles from './receipt-page.module.css';

interface ReceiptDetailsProps {
  receipt: Receipt;
  words: ReceiptWords;
  language: Language;
}

/** Every line of the receipt, and the text as it was shown. */
export function ReceiptDetails({ receipt, words, language }: ReceiptDetailsProps) {
  return (
    <>
      <dl className={styles.lines}>
        {receiptLines(receipt.signed, language).map(({ label, value, isCode }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-code={isCode}>{value}</dd>
          </div>
        ))}
      </dl>
      <h2 className={styles.textTitle}>{words.shownText}</h2>
      <p className={styles.text} lang={receipt.signed.statement.language}>
        {receipt.text}
      </p>
    </>
  );
}
