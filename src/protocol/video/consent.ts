import { z } from 'zod';
import { AttentionId, ConsentId, TermsId, TicketId } from '../ids.ts';
import { Instant } from '../instant.ts';
import { requiredText } from '../text.ts';

/** Longest title and text of terms and conditions, in characters. */
export const MAXIMUM_TERMS_TITLE = 120;
export const MAXIMUM_TERMS_TEXT = 10_000;

export const TermsTitle = requiredText(MAXIMUM_TERMS_TITLE);
export const TermsText = requiredText(MAXIMUM_TERMS_TEXT);

/** SHA-256 in hex: of a text's UTF-8 bytes. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A template of terms and conditions, in its version in force. */
export const Terms = z.object({
  id: TermsId,
  /** Slug of the service that it is for; null for every service. */
  service: z.string().nullable(),
  version: z.int().positive(),
  /** BCP 47. */
  language: z.string(),
  title: z.string(),
  text: z.string(),
  /** Without an acceptance the service is not given: the agent is told so when it is refused. */
  isRequired: z.boolean(),
});
export type Terms = z.infer<typeof Terms>;

export const ConsentState = z.enum([
  'asked',
  'accepted',
  'refused',
  'unanswered', // taken back by the agent, or the attention ended before an answer
  'withdrawn', // accepted once
]);
export type ConsentState = z.infer<typeof ConsentState>;

/** Written on a receipt, and what a customer quotes: `7K3Q-9M2H-4TXD`. */
export const Folio = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
export type Folio = z.infer<typeof Folio>;

const asking = {
  id: ConsentId,
  title: z.string(),
  /** As it was sent: it never changes. */
  text: z.string(),
  /** `3` is a template's third version; `3-1f0c9a2b`, that version edited before sending; `1f0c9a2b`, a text without template. */
  version: z.string(),
  /** BCP 47. */
  language: z.string(),
  sha256: Sha256,
  isRequired: z.boolean(),
  state: ConsentState,
  askedAt: Instant,
  openedAt: Instant.nullable(),
  /** The guest has scrolled to the end. */
  readAt: Instant.nullable(),
  /** Accepted, refused, or known to stay unanswered. */
  answeredAt: Instant.nullable(),
  /** Of the answer. Null while asked, and for the moment that it takes to write down that there is none. */
  folio: Folio.nullable(),
  withdrawnAt: Instant.nullable(),
  withdrawalFolio: Folio.nullable(),
  /** Page of the receipt of the latest folio, its token in the fragment: for the reader of this alone. Null without a folio. */
  receiptUrl: z.string().nullable(),
};

/** One asking for consent, as the agent sees it (product S2-41). */
export const Consent = z.object({
  ...asking,
  ticketId: TicketId,
  attentionId: AttentionId,
  /** Null for a text that was written for this customer. */
  termsId: TermsId.nullable(),
  /** The template's text was changed before sending. */
  isEdited: z.boolean(),
  agentName: z.string(),
});
export type Consent = z.infer<typeof Consent>;

/** The same, as its guest sees it (trust T2). */
export const GuestConsent = z.object(asking);
export type GuestConsent = z.infer<typeof GuestConsent>;

/** What has been answered in this ticket, newest first: for the page after the call. `accepted` may still be withdrawn. */
export const GuestReceipt = z.object({
  id: ConsentId,
  title: z.string(),
  state: ConsentState,
  folio: Folio,
  receiptUrl: z.string(),
});
export type GuestReceipt = z.infer<typeof GuestReceipt>;

/**
 * POST /v1/guest/consents/:id/opened, /read and /withdraw, with the guest's cookie; the answer is the `GuestConsent` as it is then.
 * `sha256`: of the text that the page shows; another than was sent is refused with VERSION.
 */
export const ConsentSeen = z.strictObject({ sha256: Sha256 });
export type ConsentSeen = z.infer<typeof ConsentSeen>;

/**
 * POST /v1/guest/consents/:id/answer. The same answer again has the same folio. Refused with NOT_SHOWN before `opened`, VERSION for
 * another text, EXPIRED once it was taken back, answered otherwise, or the attention is over; FORBIDDEN for an agent's session.
 */
export const ConsentAnswer = z.strictObject({ answer: z.enum(['accepted', 'refused']), sha256: Sha256 });
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;
