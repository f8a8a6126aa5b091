import type { outbox as spanish } from '../es/outbox.ts';
import type { Translated } from '../translated.ts';

export const outbox: Translated<typeof spanish> = {
  title: 'Waiting to be sent',
  refusedTitle: 'Not sent',
  refusedDetail_one: '1 · needs your decision',
  refusedDetail_other: '{{count}} · need your decision',
  waitingTitle: 'Will be sent when the connection is back',
  sendingTitle: 'Sending',
  kept: 'Everything is kept on this computer, even if it is switched off. You can go on attending at the counter.',
  empty: 'Nothing pending',
  emptyDetail: 'What you do without the connection waits here until it is sent.',
  edit: 'Edit',
  takenUp: 'Being corrected: it stays here until you send the correction.',
  retry: 'Retry',
  retryAll: 'Retry all',
  copy: 'Copy',
  discard: 'Discard',
  discardDialog: {
    title: 'Discard what was not sent',
    detail: 'It is deleted from this computer and cannot be recovered.',
    submit: 'Discard',
  },
  onTicket: '{{act}} {{code}}',
  command: {
    status: {
      choose: 'State',
      chooseNext: 'Next state',
      setManual: 'Manual attention',
    },
    note: { add: 'Note' },
    topics: { choose: 'Topics' },
    contact: { edit: 'Contact data', link: 'Link contact' },
    attention: {
      acknowledge: 'Call notice',
      touch: 'Activity notice',
      begin: 'Attend',
      recall: 'Call again',
      noShow: 'No-show',
      finish: 'Finish ticket',
      transfer: 'Transfer',
    },
    ticket: {
      create: 'Create ticket',
      call: 'Attend',
      transfer: 'Transfer',
      requeue: 'Requeue ticket',
      cancel: 'Cancel ticket',
      free: 'Free',
      attendNow: 'Attend now',
    },
  },
};
