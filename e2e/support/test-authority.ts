import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface TestAuthority {
  /** PEM. */
  cert: string;
  /** A certificate for this name, with the authority's behind it, and its key; PEM. */
  issue: (name: string) => Promise<{ cert: string; key: string }>;
  /** How Chromium is told of it without a key store of the machine; it then takes the certificate for any name. */
  chromiumFlag: string;
}

/** An authority of an office's own. */
export async function createAuthority(): Promise<TestAuthority> {
  const authority = await generate([{ name: 'commonName', value: 'Autoridad de la oficina' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  const key = new X509Certificate(authority.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    cert: authority.cert,
    issue: async (name) => {
      const own = await generate([{ name: 'commonName', value: name }], {
        algorithm: 'sha256',
        ca: { key: authority.private, cert: authority.cert },
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
      });
      return { cert: `${own.cert}\n${authority.cert}`, key: own.private };
    },
    chromiumFlag: `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
  };
}
