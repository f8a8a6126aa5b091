import { describe, expect, it, vi } from 'vitest';
import { sampleOffer, sampleTicket } from '../testing/sample-states.ts';
import { createKioskApi } from './kiosk-api.ts';

const answering = (status: number, body: string) =>
  vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })));
const refusal = (code: string) => JSON.stringify({ code, title: 'x', retryable: false, requestId: 'r' });

describe('kiosk API', () => {
  it('asks for what the kiosk offers with the token of the device', async () => {
    const fetchFrom = answering(200, JSON.stringify(sampleOffer));
    expect(await createKioskApi('centro', 'secret', fetchFrom).offer()).toEqual({ value: sampleOffer });
    const [address, request] = fetchFrom.mock.calls[0]!;
    expect(address).toBe('/v1/branches/centro/kiosk');
    expect(new Headers(request?.headers).get('authorization')).toBe('Bearer secret');
  });

  it('[R9] sends the key of the attempt with the request', async () => {
    const fetchFrom = answering(201, JSON.stringify(sampleTicket));
    const request = { service: 'caja', kind: 'turn', priority: 'normal' } as const;
    expect(await createKioskApi('centro', 'secret', fetchFrom).issue(request, 'key 1')).toEqual({
      value: sampleTicket,
    });
    const [address, sent] = fetchFrom.mock.calls[0]!;
    expect(address).toBe('/v1/branches/centro/tickets');
    expect(new Headers(sent?.headers).get('idempotency-key')).toBe('key 1');
    expect(sent?.body).toBe('{"service":"caja","kind":"turn","priority":"normal"}');
  });

  it.each([
    ['UNAUTHENTICATED', 401, 'unpaired'],
    ['FORBIDDEN', 403, 'unpaired'],
    ['SERVICE_CLOSED', 422, 'SERVICE_CLOSED'],
    ['INVALID_DOCUMENT', 422, 'INVALID_DOCUMENT'],
  ])('tells %s apart', async (code, status, failure) => {
    expect(await createKioskApi('centro', 'secret', answering(status, refusal(code))).offer()).toEqual({ failure });
  });

  it('[R7] takes a portal that answers with a page for no line at all', async () => {
    const page = answering(200, '<!doctype html><title>Wi-Fi</title>');
    expect(await createKioskApi('centro', 'secret', page).offer()).toEqual({ failure: 'offline' });
    const cut = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await createKioskApi('centro', 'secret', cut).offer()).toEqual({ failure: 'offline' });
    const stranger = answering(200, '{"services":[]}');
    expect(await createKioskApi('centro', 'secret', stranger).offer()).toEqual({ failure: 'offline' });
  });
});
