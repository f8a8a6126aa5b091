import type { IssuedTicket, KioskOffer } from '../../protocol/http/public-api.ts';
import type { Language } from '../../texts/create-texts.ts';
import type { KioskFailure } from './kiosk-api.ts';

export type OfferedService = KioskOffer['services'][number];

export type KioskStep =
  | { name: 'services' }
  | {
      name: 'document';
      service: OfferedService;
      documentType: string;
      /** Signs alone, without dots. */
      documentNumber: string;
      isSending: boolean;
      failure: KioskFailure | 'tooShort' | null;
    }
  /** A request was sent and its answer is not known: nothing of who asked is shown. */
  | { name: 'confirming'; serviceName: string }
  | { name: 'ticket'; serviceName: string; serviceKind: OfferedService['kind']; ticket: IssuedTicket };

export interface KioskState {
  /** Null until the server has said what the kiosk offers. */
  offer: KioskOffer | null;
  /** Why no turn can be taken now. */
  trouble: 'offline' | 'unpaired' | null;
  language: Language;
  isHighContrast: boolean;
  isPreferente: boolean;
  step: KioskStep;
  /** Whole seconds until everything is forgotten, while the customer has to know. */
  secondsLeft: number | null;
}
