import { describe, expect, it } from 'vitest';
import { hadGuest } from './had-guest.ts';
import { sampleId } from '../testing/sample-ids.ts';
import { ServiceId } from '../../protocol/ids.ts';
import type { TicketFact } from '../../protocol/event.ts';

const created = { type: 'ticket.created', origin: 'kiosk', serviceId: sampleId(ServiceId, 1) } as const;
const link: TicketFact[] = [{ type: 'guestLink.created' }, { type: 'guestLink.revoked' }];

describe('hadGuest', () => {
  it.each<[string, TicketFact[]]>([
    ['entered by a link, which was taken away since', [created, { type: 'guest.entered' }, ...link]],
    ['came from the page of their turn', [created, { type: 'ticket.hopped', to: 'video' }]],
    ['asked for another turn on the page of a video', [{ ...created, renews: 7 }]],
  ])('[TK15] knows of one who %s', (_, facts) => {
    expect(hadGuest(facts)).toBe(true);
  });

  it('[TK15] knows of none while there is but a link, or the turn has gone back to the counter', () => {
    expect(hadGuest([created, ...link, { type: 'ticket.hopped', to: 'counter' }])).toBe(false);
  });
});
