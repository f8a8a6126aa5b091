import type { Consent } from '../../../protocol/video/consent.ts';

/** What it means for the service that there is no acceptance; null while there may be one, or is. */
export function decisionOf({ state, isRequired }: Pick<Consent, 'state' | 'isRequired'>) {
  switch (state) {
    case 'asked':
    case 'accepted':
      return null;
    case 'unanswered':
      return 'unanswered';
    case 'refused':
      return isRequired ? 'refusedRequired' : 'refusedOptional';
    case 'withdrawn':
      return isRequired ? 'withdrawnRequired' : 'withdrawnOptional';
  }
}
