import type { IssuedTicket, IssueTicket, KioskOffer } from '../../protocol/http/public-api.ts';
import type { KioskAnswer, KioskApi } from '../kiosk/kiosk-api.ts';
import { sampleOffer, sampleTicket } from './sample-states.ts';

/** A server that answers as the test says, makes one ticket for each key, and notes what was asked. */
export class FakeKioskApi implements KioskApi {
  offerAnswer: KioskAnswer<KioskOffer> = { value: sampleOffer };
  issueAnswer: KioskAnswer<IssuedTicket> = { value: sampleTicket };
  /** What is lost on the way to the server or back from it. */
  lost: 'nothing' | 'request' | 'answer' = 'nothing';
  /** Milliseconds before an answer to `issue`. */
  delay = 0;
  offersAsked = 0;
  readonly issued: { request: IssueTicket; key: string }[] = [];
  /** The tickets that stand in the line, by the key that made them. */
  readonly line = new Map<string, IssuedTicket>();

  offer = (): Promise<KioskAnswer<KioskOffer>> => {
    this.offersAsked += 1;
    return Promise.resolve(this.offerAnswer);
  };

  issue = async (request: IssueTicket, key: string): Promise<KioskAnswer<IssuedTicket>> => {
    this.issued.push({ request, key });
    const { lost } = this;
    const answer = lost === 'request' ? null : this.#take(key);
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    return answer === null || lost === 'answer' ? { failure: 'offline' } : answer;
  };

  #take(key: string): KioskAnswer<IssuedTicket> {
    const known = this.line.get(key);
    if (known) return { value: known };
    if (this.issueAnswer.value) this.line.set(key, this.issueAnswer.value);
    return this.issueAnswer;
  }
}
