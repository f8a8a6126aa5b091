import { getGlobalDispatcher } from 'undici';
import { IssuedTicket } from '../../src/protocol/http/public-api.ts';
import { GuestInvitation } from '../../src/protocol/video/guest-link.ts';
import { postJson } from './post-json.ts';

/** A virtual turn of the branch `centro`, and the link that its own page gives. */
export async function inviteGuest(
  server: string,
  deviceToken: string,
  service: string,
): Promise<{ url: string; code: string; ticketId: string }> {
  const dispatcher = getGlobalDispatcher();
  const path = `${server}/v1/branches/centro/tickets`;
  const headers = { authorization: `Bearer ${deviceToken}` };
  const issued = IssuedTicket.parse(await postJson(dispatcher, path, headers, { service, kind: 'virtual' }));
  const token = new URL(issued.turnUrl).hash.slice(1);
  const { url } = GuestInvitation.parse(await postJson(dispatcher, `${server}/v1/guest/invitations`, {}, { token }));
  return { url, code: issued.code, ticketId: issued.id };
}
