import type { GuestState } from '../../protocol/video/guest-state.ts';
import { PageHead } from '../brand/page-head.tsx';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';

/** Whose page it is; before the server's first word it is not known. */
export function VisitHead({ guest, words }: { guest: GuestState | null; words: VideoWords }) {
  return (
    <PageHead title={guest?.companyName ?? words.title} demo={guest?.isDemo ? words.demo : null}>
      {guest && filled(words.waiting.ticket, { code: guest.code })}
    </PageHead>
  );
}
