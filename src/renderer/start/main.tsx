import '../../web/without-eval.ts';
import '../../web/ui/base.css';
import { createRoot } from 'react-dom/client';
import { connectDesk } from '../bridge/connect-desk.ts';
import { App } from './app.tsx';
import { DeskContext } from './desk-context.ts';
import { startDesk } from './start-desk.ts';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <DeskContext value={startDesk(connectDesk(window))}>
    <App />
  </DeskContext>,
);
