import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import type { EvidenceKey, Statement, VoidStatement } from '../../protocol/video/receipt.ts';
import { readDataFile, writeDataFile } from '../start/data-file.ts';

/** What signs the lines of one server. */
export interface SigningKey {
  readonly shown: EvidenceKey;
  /** In base64url. */
  sign: (statement: Statement | VoidStatement) => string;
}

/** Ed25519 (RFC 8032), made once; only the owner of the folder may read the file. */
export function openSigningKey(folder: string): SigningKey {
  const path = join(folder, 'signing-key.pem');
  const known = readDataFile(path);
  const privateKey = known === null ? makeKey(path) : createPrivateKey(known);
  const shown = shownKey(privateKey);
  return {
    shown,
    sign: (statement) => sign(null, signedBytes(statement), privateKey).toString('base64url'),
  };
}

/** What a signature is of. */
export const signedBytes = (statement: Statement | VoidStatement): Buffer =>
  Buffer.from(JSON.stringify(statement), 'utf8');

export function isSignedBy(
  publicKey: string,
  { statement, signature }: { statement: Statement | VoidStatement; signature: string },
): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, signedBytes(statement), key, Buffer.from(signature, 'base64url'));
}

/** Of the bytes of a public key in base64url. */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16);

function makeKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeDataFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}

function shownKey(privateKey: KeyObject): EvidenceKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new Error('the signing key is none of Ed25519');
  return { id: keyIdOf(x), publicKey: x };
}
