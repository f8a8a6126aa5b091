import { connectPipe } from '../bridge/connect-pipe.ts';
import { offerReload } from './offer-reload.ts';

// The desk is greeted while the rest of the script is still being read, so that the first picture shows what it has told.
const pipe = connectPipe(window);
void import('./show-screens.tsx').then(({ showScreens }) => showScreens(pipe), offerReload);
