import type { WritingOf } from '../../../bridge/writing.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { MAXIMUM_TERMS_TEXT, MAXIMUM_TERMS_TITLE, type Terms } from '../../../protocol/video/consent.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useService, useWorking } from '../../start/use-working.ts';
import { keptWriting } from '../../stores/kept-writing.ts';
import { useWriting } from '../video/use-writing.ts';

type TermsWriting = WritingOf<'terms'>;

const blank: TermsWriting = { kind: 'terms', termsId: null, title: '', text: '' };

const isSame = (one: TermsWriting | null, other: TermsWriting | null): boolean =>
  one?.termsId === other?.termsId && one?.title === other?.title && one?.text === other?.text;

const writingOf = ({ id, title, text }: Terms): TermsWriting => ({ kind: 'terms', termsId: id, title, text });

/** The text that is to be sent on a ticket, from a template of its service or free, as it is being written (S2-41). */
export function useTermsDraft(header: TicketHeader) {
  const { store } = useDeskServices();
  const { terms = [] } = useWorking();
  const slug = useService(header.serviceId)?.slug;
  const templates = terms.filter(({ service }) => service === null || service === slug);
  const { writing, isRefused, write, clear } = useWriting(header.id, 'terms');
  const [first] = templates;
  const draft = writing ?? (first ? writingOf(first) : blank);
  // A template that is no more leaves its text behind, as the agent's own.
  const template = templates.find(({ id }) => id === draft.termsId) ?? null;
  const title = template ? template.title : draft.title;

  return {
    templates,
    template,
    title,
    text: draft.text,
    /** It is not the template's text any more, or there is none. */
    isEdited: template === null ? draft.text !== '' : draft.text !== template.text,
    isRefused: writing !== null && isRefused,
    isTitleTooLong: title.trim().length > MAXIMUM_TERMS_TITLE,
    isTextTooLong: draft.text.trim().length > MAXIMUM_TERMS_TEXT,
    choose: (chosen: Terms | null): void => write(chosen ? writingOf(chosen) : blank),
    writeTitle: (next: string): void => write({ ...draft, title: next }),
    writeText: (text: string): void => write({ ...draft, title, text }),
    /** It was sent as it stands here; what was written meanwhile stays. */
    clear: (): void => {
      if (isSame(keptWriting(store.getState(), header.id, 'terms'), writing)) clear();
    },
  };
}
