import type { Consent, GuestConsent } from '../../protocol/video/consent.ts';
import type { EvidenceBook } from '../evidence/evidence-book.ts';
import { newSecret } from '../sessions/secrets.ts';
import { answerConsent, seeConsent, withdrawConsent } from '../video/guest-consents.ts';
import { createGuestLink, enterVideo } from '../video/guest-links.ts';
import { attend, deliver, issue } from './deliver.ts';
import { newAgent, newOffice, type TestAgent } from './office-factory.ts';
import { changesOf, type TestServer } from './open-server.ts';

/** A video that an agent attends, with its guest in. */
export interface VideoInHand {
  server: TestServer;
  book: EvidenceBook;
  agent: TestAgent;
  browser: string;
  quoted: { ticketId: string; attentionId: string; epoch: number };
}

export const CONTRACT = 'Acepta el contrato por doce meses.';

export async function videoInHand(server: TestServer, book: EvidenceBook): Promise<VideoInHand> {
  const office = await newOffice(server);
  const agent = await newAgent(office, { main: ['asesoria'] });
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const browser = newSecret();
  const session = { agentId: agent.id, companyId: office.companyId, deviceId: agent.deviceId, id: agent.sessionId };
  const { url } = await createGuestLink(server.context, session, id);
  await enterVideo(server.context, url.split('#')[1] ?? '', browser);
  return { server, book, agent, browser, quoted: await attend(agent, id) };
}

/** Asks, and gives the asking as the agent's desk gets it. */
export async function askFor({ server, agent, quoted }: VideoInHand, text = CONTRACT): Promise<Consent> {
  const result = await deliver(agent, { type: 'consent.ask', ...quoted, termsId: null, title: 'Contrato', text });
  if (result.status !== 'accepted') throw new Error(`not asked: ${JSON.stringify(result)}`);
  const bodies = (await changesOf(server, `agent:${agent.id}`)).map(({ body }) => body);
  const last = bodies.findLast((body) => body.type === 'consent.put');
  if (last?.type !== 'consent.put') throw new Error('nothing asked');
  return last.consent;
}

/** Asks and has the guest open it and answer; unanswered: the agent takes it back. */
export async function askAndAnswer(
  video: VideoInHand,
  what: 'accepted' | 'refused' | 'withdrawn' | 'unanswered',
): Promise<GuestConsent> {
  const { server, book, agent, browser, quoted } = video;
  const guest = { browser, ip: '203.0.113.7', userAgent: 'Teléfono' };
  const consent = await askFor(video);
  const { id, sha256 } = consent;
  server.clock.now += 1_000;
  const seen = await seeConsent(server.context, guest, { id, sha256, what: 'opened' });
  server.clock.now += 1_000;
  if (what === 'unanswered') {
    await deliver(agent, { type: 'consent.retract', ...quoted, consentId: id });
    return seen;
  }
  const answer = what === 'refused' ? 'refused' : 'accepted';
  const answered = await answerConsent(server.context, book, guest, { id, sha256, answer });
  server.clock.now += 1_000;
  return what === 'withdrawn' ? withdrawConsent(server.context, book, guest, { id, sha256 }) : answered;
}
