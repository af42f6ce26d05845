/** A failure below HTTP: short for the caller, without an address, and long for the operator. */
export interface Failure {
  readonly short: string;
  readonly long: string;
  readonly timedOut: boolean;
}

/** Deadlines in milliseconds: `connect` for the connection, `answer` for everything. */
interface Deadlines {
  readonly connect: number;
  readonly answer: number;
}

type Coded = Error & { readonly code?: string; readonly errors?: readonly Coded[] };
type Sentence = readonly [short: string, long: (to: string) => string];

const untrusted = 'certificate not trusted';
const unknownAuthority: Sentence = [
  untrusted,
  (to) => `the certificate of ${to} is from an unknown authority, or an intermediate certificate is missing`,
];

const sentences: { readonly [code: string]: Sentence } = {
  ECONNREFUSED: ['connection refused', (to) => `connection to ${to} refused`],
  ECONNRESET: ['connection reset', (to) => `connection to ${to} reset by the other side`],
  EPIPE: ['connection reset', (to) => `connection to ${to} closed by the other side while sending`],
  UND_ERR_SOCKET: ['connection closed', (to) => `connection closed by ${to}, incomplete answer`],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['incomplete answer', (to) => `incomplete answer from ${to}: truncated`],
  ENOTFOUND: ['host name not found', (to) => `DNS does not know the host name of ${to}`],
  EAI_AGAIN: ['DNS failure', (to) => `DNS could not resolve the host name of ${to} for now`],
  EHOSTUNREACH: ['host unreachable', (to) => `no route to ${to}`],
  ENETUNREACH: ['network unreachable', (to) => `no network route to ${to}`],
  CERT_HAS_EXPIRED: ['certificate expired', (to) => `the certificate of ${to} has expired`],
  CERT_NOT_YET_VALID: ['certificate not yet valid', (to) => `the certificate of ${to} is not yet valid`],
  DEPTH_ZERO_SELF_SIGNED_CERT: [untrusted, (to) => `the certificate of ${to} is self-signed`],
  INVALID_PURPOSE: [untrusted, (to) => `the certificate of ${to} is not trusted: it is not for servers`],
  SELF_SIGNED_CERT_IN_CHAIN: [untrusted, (to) => `the certificate chain of ${to} ends in an unknown authority`],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
};

const oldTls: Sentence = [
  'unsupported TLS version',
  (to) => `unsupported protocol version: ${to} speaks no TLS that is allowed here, expected TLS 1.2 or newer`,
];
const byPattern: readonly (readonly [RegExp, Sentence])[] = [
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/, oldTls],
];

const tls: Sentence = ['TLS failure', (to) => `TLS handshake with ${to} failed`];
const other: Sentence = ['connection failed', (to) => `connection to ${to} failed`];

/** Names what happened on the way to a URL. */
export function inWords(error: Error, { host }: URL, deadlines: Deadlines): Failure {
  const root = rootOf(error);
  const code = root.code ?? root.name;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return {
      short: 'timeout',
      long: `timeout: no connection to ${host} within ${deadlines.connect} ms`,
      timedOut: true,
    };
  }
  if (code === 'DNS_TIMEOUT') {
    return { short: 'timeout', long: `timeout: DNS lookup of ${host}: ${root.message}`, timedOut: true };
  }
  if (root.name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return { short: 'timeout', long: `timeout: no answer from ${host} within ${deadlines.answer} ms`, timedOut: true };
  }
  const known = sentences[code] ?? byPattern.find(([pattern]) => pattern.test(code))?.[1];
  const [short, long] = known ?? (/SSL|TLS|CERT|EPROTO/.test(code) ? tls : other);
  const detail = known ? '' : `: ${root.message.replaceAll(/[^\x20-\x7e]|"/g, ' ').slice(0, 160)}`;
  return { short, long: `${long(host)} (${code})${detail}`, timedOut: false };
}

/** undici and node:net wrap the error that matters. */
function rootOf(error: Coded): Coded {
  if (error.errors?.[0]) return rootOf(error.errors[0]);
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
