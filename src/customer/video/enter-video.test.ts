import { describe, expect, it, vi } from 'vitest';
import { enterVideo } from './enter-video.ts';

const answering = (answer: Response | Error) =>
  vi.fn<typeof fetch>(() => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
const refusal = (status: number, code: string): Response => Response.json({ code }, { status });

describe('entering', () => {
  it('[T1] says the token in the body of a POST to this server alone, and follows nobody elsewhere', async () => {
    const fetchFrom = answering(new Response(null, { status: 204 }));
    expect(await enterVideo('token', fetchFrom)).toBeNull();
    const [address, request] = fetchFrom.mock.calls[0]!;
    expect(address).toBe('/v1/guest/entries');
    expect(request).toMatchObject({
      method: 'POST',
      body: '{"token":"token"}',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  });

  it.each([
    [refusal(404, 'LINK_INVALID'), 'invalid'],
    [refusal(400, 'BAD_REQUEST'), 'invalid'],
    [refusal(409, 'LINK_USED'), 'used'],
    [refusal(409, 'GUEST_BLOCKED'), 'blocked'],
    [refusal(429, 'TOO_MANY'), 'tooMany'],
    [new Response('slow down', { status: 429 }), 'tooMany'],
    [refusal(503, 'UNAVAILABLE'), 'unavailable'],
    [refusal(507, 'DISK_FULL'), 'unavailable'],
    [Response.json('what', { status: 500 }), 'unavailable'],
    [new Response('<h1>Hotel Wi-Fi</h1>', { status: 511 }), 'offline'],
    [new TypeError('Failed to fetch'), 'offline'],
    [new DOMException('', 'TimeoutError'), 'offline'],
  ])('[R7] tells a wrong link from one that could not be tried: %#', async (answer, failure) => {
    expect(await enterVideo('token', answering(answer))).toBe(failure);
  });
});
