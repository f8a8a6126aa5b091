import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { sampleAccepted, sampleConsent } from '../testing/sample-consent.ts';
import { createConsentApi } from './consent-api.ts';

const { id, text } = sampleConsent();
const sha256 = createHash('sha256').update(text).digest('hex');
const answers = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
const bodyOf = (fetching: ReturnType<typeof answers>): unknown => {
  const body = fetching.mock.calls.at(-1)?.[1]?.body;
  return typeof body === 'string' ? JSON.parse(body) : null;
};

test('[S2-41] [T24] each step goes with the hash of the text that stands on the screen', async () => {
  const fetching = answers(200, sampleAccepted());
  const api = createConsentApi(fetching);
  expect(await api.answer(id, 'accepted', text)).toEqual({ consent: sampleAccepted() });
  expect(fetching.mock.calls.at(-1)?.[0]).toBe(`/v1/guest/consents/${id}/answer`);
  expect(bodyOf(fetching)).toEqual({ answer: 'accepted', sha256 });
  await api.seen(id, 'read', text);
  expect(fetching.mock.calls.at(-1)?.[0]).toBe(`/v1/guest/consents/${id}/read`);
  await api.withdraw(id, text);
  expect(bodyOf(fetching)).toEqual({ sha256 });
});

test.each([
  [409, { code: 'EXPIRED' }, 'expired'],
  [409, { code: 'VERSION' }, 'version'],
  [429, { code: 'TOO_MANY_REQUESTS' }, 'tooMany'],
  [404, { code: 'NOT_FOUND' }, 'unavailable'],
  [200, { hello: 'of a portal' }, 'unavailable'],
  [200, sampleAccepted({ folio: 'none' }), 'unavailable'],
])('[B67] %i with %o is %s', async (status, body, failure) => {
  expect(await createConsentApi(answers(status, body)).answer(id, 'refused', text)).toEqual({ failure });
});

test('[B67] no answer, and one that is no JSON, prove nothing', async () => {
  const lost = createConsentApi(vi.fn<typeof fetch>(() => Promise.reject(new TypeError('lost'))));
  expect(await lost.answer(id, 'accepted', text)).toEqual({ failure: 'offline' });
  const portal = createConsentApi(vi.fn<typeof fetch>(() => Promise.resolve(new Response('<html>'))));
  expect(await portal.answer(id, 'accepted', text)).toEqual({ failure: 'offline' });
});

test('[S2-41] after the call the receipt alone takes an acceptance back; its token stands in no address', async () => {
  const fetching = answers(200, {});
  expect(await createConsentApi(fetching).withdrawByReceipt('https://centro.test/receipt#secret')).toBeNull();
  expect(fetching.mock.calls.at(-1)?.[0]).toBe('/v1/receipts/withdraw');
  expect(bodyOf(fetching)).toEqual({ token: 'secret' });
});
