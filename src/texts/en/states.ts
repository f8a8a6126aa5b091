import type { states as spanish } from '../es/states.ts';
import type { Translated } from '../translated.ts';

export const states: Translated<typeof spanish> = {
  agent: {
    online: 'Online',
    offline: 'Offline',
    resting: 'On a break',
    lunch: 'At lunch',
    documenting: 'Documenting',
  },
  ticket: {
    scheduled: 'Scheduled',
    bot: 'LIVE',
    outOfHours: 'Out of hours',
    waiting: 'Waiting',
    calling: 'Calling',
    attending: 'Attending',
    paused: 'Paused',
    closed: 'Closed',
  },
  outcome: {
    finished: 'Finished',
    cancelled: 'Cancelled',
    noShow: 'No-show',
    abandoned: 'Abandoned',
    serviceRequested: 'TECHNICAL SERVICE RAISED',
  },
  kind: {
    turn: 'Turn',
    appointment: 'Appointment',
    virtual: 'Virtual',
    call: 'Call',
    chat: 'Chat',
    inquiry: 'Inquiry',
  },
  priority: { normal: 'Normal', preferente: 'Priority' },
  role: { agent: 'Agent', supervisor: 'Supervisor', admin: 'Administrator' },
  cause: {
    agent: 'Your choice',
    nextState: 'Next state',
    noAnswer: 'A call was not answered',
    idle: 'No activity at this computer',
    lock: 'Computer locked',
    network: 'No connection',
    supervisor: 'Changed by a supervisor',
    crash: 'The application closed unexpectedly',
    signIn: 'Sign-in',
    signOut: 'Sign-out',
  },
};
