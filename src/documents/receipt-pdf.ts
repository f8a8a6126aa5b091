import type { Receipt } from '../protocol/video/receipt.ts';
import type { Language } from '../texts/languages.ts';
import { makePdf } from './make-pdf.ts';
import { receiptLines, receiptWords } from './receipt-lines.ts';

const QR_SIZE = 240;

/** The receipt of one folio: what was shown, when, and what was answered, with its signature and the code that checks it. */
export function receiptPdf({ signed, text, checkUrl }: Receipt, language: Language): Promise<Uint8Array> {
  const words = receiptWords(language);
  const { statement } = signed;
  const rows = receiptLines(signed, language).map(({ label, value, isCode }) => [
    { text: label, color: '#555555' },
    { text: value, ...(isCode && { fontSize: 7, margin: [0, 2, 0, 0] }) },
  ]);
  const folio = words.folio.replace('{{folio}}', statement.folio);
  return makePdf({
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 56],
    language: language === 'es' ? 'es-419' : language,
    info: { title: `${words.title} ${statement.folio}`, author: statement.company, subject: statement.title },
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.2 },
    footer: (page: number, pages: number) => ({
      text: `${folio} · ${page}/${pages}`,
      alignment: 'center',
      fontSize: 8,
      color: '#555555',
      margin: [0, 16, 0, 0],
    }),
    content: [
      { text: statement.company, fontSize: 10, color: '#555555' },
      { text: words.title, fontSize: 18, bold: true, margin: [0, 2, 0, 12] },
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: words.act[statement.act], fontSize: 16, bold: true },
              { text: folio, fontSize: 12, margin: [0, 2, 0, 12] },
              { text: words.howToCheck, fontSize: 9, color: '#555555' },
            ],
          },
          { width: QR_SIZE, qr: checkUrl, fit: QR_SIZE, eccLevel: 'M' },
        ],
        columnGap: 24,
      },
      {
        margin: [0, 16, 0, 0],
        layout: 'lightHorizontalLines',
        table: { widths: [130, '*'], body: rows },
      },
      { text: words.shownText, bold: true, fontSize: 12, margin: [0, 20, 0, 6] },
      { text: statement.title, bold: true, margin: [0, 0, 0, 6] },
      { text, preserveLeadingSpaces: true },
    ],
  });
}
