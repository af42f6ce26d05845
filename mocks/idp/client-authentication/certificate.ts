import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { FailwellError } from '../../../harness/model/error.ts';
import { x509 } from '../../pki/certificate.ts';
import { Refusal } from '../http/answer.ts';
import type { Surroundings } from './attempt.ts';
import type { RegisteredClient } from './registration.ts';

/**
 * RFC 8705 §2.1: a certificate of a trusted authority whose subject is the registered one. Only the certificate itself
 * comes with a request, so the authority must have issued it without others in between. Rejects with a `Refusal`.
 */
export async function checkIssued(client: RegisteredClient, der: Uint8Array | undefined, at: Surroundings) {
  const certificate = read(der);
  const now = at.now();
  if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime())
    throw refused('The client certificate is not valid now');
  const issuers = at.clientAuthorities;
  if (!issuers.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)))
    throw refused('No authority that the IdP trusts has issued the client certificate');
  if (!(await isSubject(client, certificate))) throw refused('The client certificate has another subject');
}

/** Throws a `FailwellError` (`config`) for what is no certificate in PEM. */
export function authorityOf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    const message = 'An authority of client certificates cannot be read: give clientAuthorities certificates in PEM';
    throw new FailwellError('config', message, { cause });
  }
}

/** RFC 8705 §2.2: one of the certificates in the client's registered keys; nobody need have issued it. */
export function checkRegistered({ jwks }: RegisteredClient, der: Uint8Array | undefined): void {
  const text = read(der).raw.toString('base64');
  const known = (jwks?.keys ?? []).some(({ x5c }) => Array.isArray(x5c) && x5c[0] === text);
  if (!known) throw refused('The client certificate is not registered');
}

function read(der: Uint8Array | undefined): X509Certificate {
  if (!der) throw refused('The TLS handshake brought no client certificate');
  try {
    return new X509Certificate(der);
  } catch {
    throw refused('The client certificate cannot be read');
  }
}

/** RFC 8705 §2.1.2: exactly one of these is registered. */
async function isSubject(client: RegisteredClient, certificate: X509Certificate): Promise<boolean> {
  const { tlsClientAuthSubjectDn: subject, tlsClientAuthSanIp: ip } = client;
  const library = await x509();
  const { subjectName, extensions } = new library.X509Certificate(certificate.raw);
  // RFC 4514 §2.1: the text begins with the last of the relative names.
  if (subject !== undefined) return same(new library.Name(subject).toJSON().toReversed(), subjectName.toJSON());
  const names = extensions.flatMap((one) =>
    one instanceof library.SubjectAlternativeNameExtension ? one.names.items : [],
  );
  const has = (type: string, value: string | undefined) =>
    value !== undefined && names.some((name) => name.type === type && name.value === value);
  if (ip !== undefined) return names.some((name) => name.type === 'ip' && address(name.value) === address(ip));
  const { tlsClientAuthSanDns, tlsClientAuthSanUri, tlsClientAuthSanEmail } = client;
  return has('dns', tlsClientAuthSanDns) || has('url', tlsClientAuthSanUri) || has('email', tlsClientAuthSanEmail);
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** An IP address in its usual spelling (RFC 5952). */
const address = (text: string) => (isIP(text) === 6 ? new URL(`http://[${text}]`).hostname : text);

const refused = (why: string) => new Refusal('invalid_client', why);
