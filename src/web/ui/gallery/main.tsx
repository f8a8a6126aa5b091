import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createTexts } from '../../../texts/create-texts.ts';
import '../base.css';
import { TextsProvider } from '../texts-provider.tsx';
import { Gallery } from './gallery.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <TextsProvider texts={createTexts('es')}>
        <Gallery />
      </TextsProvider>
    </StrictMode>,
  );
}
