import { z } from 'zod';
import { ConsentState, Folio, Sha256 } from './consent.ts';

/** What one folio proves. */
export const EvidenceAct = z.enum(['accepted', 'refused', 'unanswered', 'withdrawn']);
export type EvidenceAct = z.infer<typeof EvidenceAct>;

/** RFC 3339 in UTC, to the millisecond: what a person reads on a receipt. */
const Moment = z.iso.datetime({ precision: 3 });

/** Where a line stands: which journal, the how manieth line, and the hash of the whole line before it (zeros before the first). */
const place = {
  format: z.literal('ventanilla-evidence-1'),
  journal: z.uuid(),
  sequence: z.int().positive(),
  previous: Sha256,
};

/**
 * What the server signs of one answer. Its bytes are `JSON.stringify` of it, the fields in this order. It names no customer: who
 * they are stands apart, under `details`, the hash of it.
 */
export const Statement = z.strictObject({
  ...place,
  act: EvidenceAct,
  folio: Folio,
  /** Of the acceptance that is withdrawn. */
  withdraws: Folio.nullable(),
  consent: z.uuid(),
  attention: z.uuid(),
  company: z.string(),
  branch: z.string(),
  service: z.string(),
  turnCode: z.string(),
  /** First name of who showed it, and where they sat. */
  agent: z.string(),
  module: z.string().nullable(),
  channel: z.literal('video'),
  title: z.string(),
  version: z.string(),
  language: z.string(),
  textSha256: Sha256,
  isRequired: z.boolean(),
  askedAt: Moment,
  openedAt: Moment.nullable(),
  /** Scrolled to the end. */
  readAt: Moment.nullable(),
  /** What the guest pressed; null for nothing. */
  button: z.enum(['accept', 'refuse', 'withdraw']).nullable(),
  /** Why there is no answer; null where there is one. */
  cause: z.enum(['retracted', 'ended']).nullable(),
  at: Moment,
  /** Of the branch: in which `at` was shown. */
  timeZone: z.string(),
  details: Sha256,
});
export type Statement = z.infer<typeof Statement>;

/** Says that the lines from `from` up to this one were written and never committed: no folio of theirs was ever shown. */
export const VoidStatement = z.strictObject({
  ...place,
  act: z.literal('void'),
  from: z.int().positive(),
  at: Moment,
});
export type VoidStatement = z.infer<typeof VoidStatement>;

/** Ed25519 (RFC 8032) in base64url: 64 bytes of a signature, 32 of a public key. */
const Signature = z.string().regex(/^[\w-]{86}$/);
const PublicKey = z.string().regex(/^[\w-]{43}$/);

/** First 16 digits of the SHA-256 of the public key's bytes. */
const KeyId = z.string().regex(/^[0-9a-f]{16}$/);

/** A public key as pages carry it. */
export const EvidenceKey = z.strictObject({ id: KeyId, publicKey: PublicKey });
export type EvidenceKey = z.infer<typeof EvidenceKey>;

/** One answer, signed: what a QR carries and a check needs, next to the key. */
export const SignedStatement = z.strictObject({ statement: Statement, key: KeyId, signature: Signature });
export type SignedStatement = z.infer<typeof SignedStatement>;

/** One line of a journal is `JSON.stringify` of this. */
export const JournalLine = z.strictObject({
  statement: z.discriminatedUnion('act', [Statement, VoidStatement]),
  key: KeyId,
  signature: Signature,
});
export type JournalLine = z.infer<typeof JournalLine>;

/** 256 bits in base64url: the fragment of a receipt's page. */
export const ReceiptToken = z.string().regex(/^[\w-]{43}$/);

/** POST /v1/receipts and /v1/receipts/pdf, /file, /withdraw: the token stands in no address. */
export const ReceiptAsking = z.strictObject({ token: z.string().max(100) });
export type ReceiptAsking = z.infer<typeof ReceiptAsking>;

/** The same for whoever reads it: the customer, the agent. */
export const Receipt = z.object({
  signed: SignedStatement,
  publicKey: PublicKey,
  /** As it was shown. */
  text: z.string(),
  /** BCP 47, of the company. */
  locale: z.string(),
  /** Of the asking, by now. */
  state: ConsentState,
  /** Whether who reads this may withdraw the acceptance: the customer alone. */
  mayWithdraw: z.boolean(),
  /** Opens the offline check with this receipt. */
  checkUrl: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;
