import { useMemo } from 'react';
import { createTexts, languageOf } from '../../texts/create-texts.ts';
import { TextsProvider } from '../../web/ui/texts-provider.tsx';
import { ToastRegion } from '../../web/ui/toast-region.tsx';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { useDeskServices, useDeskState } from './desk-context.ts';
import { PipeNotice } from './pipe-notice.tsx';
import { useAppearance } from './use-appearance.ts';
import { useWorkspace } from './use-workspace.ts';
import { WorkspaceFailed } from './workspace-failed.tsx';

/** One screen for each state of the session. While the pipe is gone it stays, inert, under a notice: what is written stays. */
export function App() {
  const { toasts } = useDeskServices();
  const preferences = useDeskState((state) => state.preferences);
  const pipe = useDeskState((state) => state.pipe);
  const session = useDeskState((state) => state.session);
  const language = preferences?.language ?? languageOf(navigator.language);
  const texts = useMemo(() => createTexts(language), [language]);
  const { Workspace, hasFailed } = useWorkspace(session?.state ?? null);
  useAppearance({ theme: preferences?.theme ?? 'system', language });
  return (
    <TextsProvider texts={texts}>
      <div inert={pipe !== 'open'}>
        {/* Nothing before the desk has told where it stands: a field that is inert takes no focus. */}
        {session !== null && session.state !== 'working' && <SignInScreen session={session} />}
        {session?.state === 'working' && (Workspace ? <Workspace /> : hasFailed && <WorkspaceFailed />)}
      </div>
      {pipe !== 'open' && <PipeNotice state={pipe} />}
      <ToastRegion toasts={toasts} />
    </TextsProvider>
  );
}
