import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTurnRelay, relayObstacle, type TurnRelay } from '../../../tools/testing/turn-relay.ts';
import { makeIce } from './make-ice.ts';
import { TurnClient, type Place } from './testing/turn-client.ts';

const obstacle = relayObstacle();
const LIFETIME_MS = 600_000;

describe.skipIf(obstacle !== null)(
  `coturn with the example configuration${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  () => {
    let relay: TurnRelay;
    const clients: TurnClient[] = [];
    beforeAll(async () => {
      relay = await openTurnRelay();
    });
    afterAll(async () => {
      for (const each of clients) each.close();
      await relay.close();
    });

    const client = (now: number, secret = relay.secret, user = 'ticket-1'): TurnClient => {
      const turn = { urls: [relay.url], secret, policy: 'relay', lifetimeMs: LIFETIME_MS } as const;
      const [server] = makeIce({ ...turn, urls: [...turn.urls] }, user, now).servers;
      const made = new TurnClient(relay, { username: server?.username ?? '', credential: server?.credential ?? '' });
      clients.push(made);
      return made;
    };
    const allocated = async (each: TurnClient): Promise<Place> => {
      const place = await each.allocate();
      if (typeof place === 'number') throw new Error(`refused with ${place}`);
      return place;
    };

    it('[T5] relays between two who show credentials of ours: they meet at its own private address', async () => {
      const [guest, agent] = [client(Date.now(), relay.secret, 'guest'), client(Date.now(), relay.secret, 'agent')];
      const [ofGuest, ofAgent] = [await allocated(guest), await allocated(agent)];
      expect([ofGuest.address, ofAgent.address]).toEqual([relay.address, relay.address]);
      expect(await guest.permit(ofAgent.address)).toBe(0);
      expect(await agent.permit(ofGuest.address)).toBe(0);
      const heard = new Promise<string>((resolve) => (agent.onData = (data) => resolve(data.toString())));
      guest.send(ofAgent, Buffer.from('hola'));
      expect(await heard).toBe('hola');
    });

    it('[T5] refuses credentials that have expired, and those that another secret made, with 401', async () => {
      expect(await client(Date.now() - LIFETIME_MS - 2_000).allocate()).toBe(401);
      expect(await client(Date.now(), 'another secret').allocate()).toBe(401);
    });

    it.each(['10.0.0.1', '172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'])(
      '[T5] lets nobody into the network behind it: %s',
      async (address) => {
        const inside = client(Date.now());
        await allocated(inside);
        expect(await inside.permit(address)).toBe(403);
        expect(await inside.permit('203.0.113.9')).toBe(0);
      },
    );

    it.each(['::', '::1', 'fc00::1', 'fe80::1', '::ffff:10.0.0.1'])(
      '[T5] lets nobody into the network behind it by IPv6: %s',
      async (address) => {
        const inside = client(Date.now());
        expect(await inside.allocate(6)).toBeTypeOf('object');
        expect(await inside.permit(address)).toBe(403);
        expect(await inside.permit('2001:db8::9')).toBe(0);
      },
    );
  },
);
