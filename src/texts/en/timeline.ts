import type { timeline as spanish } from '../es/timeline.ts';
import type { Translated } from '../translated.ts';

export const timeline: Translated<typeof spanish> = {
  created: {
    kiosk: 'Turn taken at the kiosk',
    agent: 'created the ticket',
    api: 'Ticket received from another system',
    desk: 'created the ticket with Attend now',
  },
  called: 'Called on screen and by voice, call {{attempt}}',
  recalled: 'Called again on screen and by voice, call {{attempt}}',
  attended: 'Attention begun',
  attendedAt: 'Attention begun at {{module}}',
  returned: 'Went back to the line',
  returnedCause: {
    noAnswer: 'The call was not answered at the module',
    notAcknowledged: 'The computer did not show the call',
    deskSilent: 'The computer lost the connection while calling',
    signedOut: 'The module signed out',
    supervisor: 'Returned by a supervisor',
  },
  requeued: 'requeued the ticket',
  transferred: 'transferred it from {{from}} to {{to}}',
  closed: {
    finished: 'finished the ticket',
    cancelled: 'cancelled the ticket',
    noShow: 'closed the ticket: No-show',
    abandoned: 'closed the ticket: the customer left',
    serviceRequested: 'closed the ticket: TECHNICAL SERVICE RAISED',
  },
  closedBySystem: {
    finished: 'Ticket finished',
    cancelled: 'Ticket cancelled',
    noShow: 'Ticket closed: No-show',
    abandoned: 'Ticket closed: the customer left',
    serviceRequested: 'Ticket closed: TECHNICAL SERVICE RAISED',
  },
  freed: 'freed the ticket',
  superseded: 'ended their attention after the ticket had passed to somebody else',
  noteAdded: 'added a note',
  topicsChosen: 'chose topics',
  topicsCleared: 'removed the topics',
  contactLinked: 'linked the contact',
  contactEdited: 'edited the contact',
  unknownAgent: 'Agent',
  suspectClock: 'Server time: the computer’s clock could not be trusted',
};
