import type { IssuedTicket, IssueTicket, KioskOffer } from '../../protocol/http/public-api.ts';
import type { KioskAnswer, KioskApi } from '../kiosk/kiosk-api.ts';
import { sampleOffer, sampleTicket } from './sample-states.ts';

/** A server that answers as the test says, and notes what was asked. */
export class FakeKioskApi implements KioskApi {
  offerAnswer: KioskAnswer<KioskOffer> = { value: sampleOffer };
  issueAnswer: KioskAnswer<IssuedTicket> = { value: sampleTicket };
  /** Milliseconds before an answer to `issue`. */
  delay = 0;
  offersAsked = 0;
  readonly issued: { request: IssueTicket; key: string }[] = [];

  offer = (): Promise<KioskAnswer<KioskOffer>> => {
    this.offersAsked += 1;
    return Promise.resolve(this.offerAnswer);
  };

  issue = async (request: IssueTicket, key: string): Promise<KioskAnswer<IssuedTicket>> => {
    this.issued.push({ request, key });
    const answer = this.issueAnswer;
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    return answer;
  };
}
