import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { phoneLanguage } from '../turn/turn-words.ts';
import { receiptApi } from './receipt-api.ts';
import { ReceiptPage } from './receipt-page.tsx';
import './receipt.css';
import { saveBlob } from './save-blob.ts';

// The fragment never leaves the device in an address: the token goes in the bodies of requests.
const token = location.hash.slice(1, 101);
window.addEventListener('hashchange', () => location.reload());

const page = document.getElementById('page');
if (page) {
  const api = receiptApi(token, (...asked) => fetch(...asked));
  createRoot(page).render(
    <ReceiptPage api={api} save={saveBlob} languageFor={(locale) => phoneLanguage(navigator.languages, locale)} />,
  );
}
