import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { Proof } from './links-expected.ts';

/** A tool that rightly does not mind, with the reason. It goes on, and the fault is told of all the same. */
interface Unminded {
  readonly goesOn: string;
}

/** What `openssl s_client` says that verifies strictly, at which depth, and with which options. */
interface Said {
  readonly says: string | RegExp;
  readonly depth?: number;
  readonly options?: readonly string[];
  /** How it exits. Default 1. `hung`: it says no more, and has to be ended. */
  readonly exit?: 0 | 1 | 'hung';
}

/** What curl exits with, and says, with options that make it look. */
interface Looked {
  readonly code: RegExp;
  readonly says: RegExp;
  readonly options: readonly string[];
}

/** What real clients make of a broken handshake. */
interface Row {
  /** How the link tells of those who mind. Default `tls-failed`. */
  readonly end?: ExchangeEnd;
  readonly undici: RegExp | Unminded;
  readonly node: RegExp | Unminded;
  readonly curl: RegExp | Unminded;
  /** curl again, where it has to be told to look. */
  readonly curlThatLooks?: Looked;
  readonly openssl: Said;
  /** Without `net::`. */
  readonly chromium: RegExp | Unminded;
}

type ByOpenssl = Pick<Row, 'openssl'>;
type ByChromium = Pick<Row, 'chromium'>;

/** A certificate that OpenSSL refuses: Node names the reason, curl says 60. */
const certificate = (code: string): Pick<Row, 'undici' | 'node' | 'curl'> => ({
  undici: new RegExp(`^${code}$`),
  node: new RegExp(`^${code}$`),
  curl: /^curl:60$/,
});
const alert = (code: string): Pick<Row, 'undici' | 'node' | 'curl'> => ({
  undici: new RegExp(`^${code}$`),
  node: /^EPROTO$/,
  curl: /^curl:35$/,
});
const openssl = (says: string | RegExp, depth?: number, ...options: string[]): ByOpenssl => ({
  openssl: { says, options, ...(depth !== undefined && { depth }) },
});
const chromium = (error: string): ByChromium => ({ chromium: new RegExp(`^ERR_${error}$`) });
const strict = ['-cipher', 'DEFAULT:@SECLEVEL=2'];

const sorts: Unminded = {
  goesOn: 'OpenSSL takes what comes as a heap and finds the path through it (RFC 8446 §4.4.2)',
};
const asksNobody: Unminded = { goesOn: 'it asks nobody whether a certificate is revoked unless it is told to' };
const offersNone: Unminded = { goesOn: "Node's own client offers no protocol, so there is none to disagree on" };

/** Every TLS fault, as each of five clients sees it. */
export const tlsRows: { readonly [id: string]: Row } = {
  'tls/expired-certificate': {
    ...certificate('CERT_HAS_EXPIRED'),
    ...openssl('num=10:certificate has expired', 0),
    ...chromium('CERT_DATE_INVALID'),
  },
  'tls/not-yet-valid': {
    ...certificate('CERT_NOT_YET_VALID'),
    ...openssl('num=9:certificate is not yet valid', 0),
    ...chromium('CERT_DATE_INVALID'),
  },
  'tls/expired-intermediate': {
    ...certificate('CERT_HAS_EXPIRED'),
    ...openssl('num=10:certificate has expired', 1),
    ...chromium('CERT_DATE_INVALID'),
  },
  'tls/self-signed': {
    ...certificate('DEPTH_ZERO_SELF_SIGNED_CERT'),
    ...openssl('num=18:self-signed certificate', 0),
    ...chromium('CERT_AUTHORITY_INVALID'),
  },
  'tls/unknown-authority': {
    ...certificate('SELF_SIGNED_CERT_IN_CHAIN'),
    ...openssl('num=19:self-signed certificate in certificate chain', 1),
    ...chromium('CERT_AUTHORITY_INVALID'),
  },
  'tls/wrong-host': {
    ...certificate('ERR_TLS_CERT_ALTNAME_INVALID'),
    ...openssl('num=64:IP address mismatch', 0),
    ...chromium('CERT_COMMON_NAME_INVALID'),
  },
  'tls/common-name-only': {
    ...certificate('ERR_TLS_CERT_ALTNAME_INVALID'),
    curl: { goesOn: 'it still looks at the common name where there is no subjectAltName, which RFC 9525 §2 gave up' },
    ...openssl('num=64:IP address mismatch', 0),
    ...chromium('CERT_COMMON_NAME_INVALID'),
  },
  'tls/missing-intermediate': {
    ...certificate('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    ...openssl('num=20:unable to get local issuer certificate', 0),
    ...chromium('CERT_AUTHORITY_INVALID'),
  },
  'tls/wrong-chain-order': {
    undici: sorts,
    node: sorts,
    curl: sorts,
    curlThatLooks: {
      code: /^curl:0$/,
      says: /Subject:.*\nIssuer:(.*)\n(?:.*\n)*?Subject:(?!\1\n).*\n(?:.*\n)*?Subject:\1\n/,
      options: ['-w', '%{certs}'],
    },
    // The certificate at 1 did not issue the one at 0: that is at 2.
    openssl: {
      says: /Certificate chain\n 0 s:.*\n +i:(.*)\n(?:.*\n)*? 1 s:(?!\1\n).*\n(?:.*\n)*? 2 s:\1\n/,
      options: ['-showcerts'],
      exit: 0,
    },
    chromium: { goesOn: 'it builds the path by itself, from whatever came in whichever order' },
  },
  'tls/path-length-exceeded': {
    ...certificate('PATH_LENGTH_EXCEEDED'),
    ...openssl('num=25:path length constraint exceeded', 2),
    ...chromium('CERT_INVALID'),
  },
  'tls/wrong-usage': {
    ...certificate('INVALID_PURPOSE'),
    ...openssl(/num=26:unsuitable certificate purpose/i, 0),
    ...chromium('CERT_INVALID'),
  },
  'tls/revoked': {
    undici: asksNobody,
    node: asksNobody,
    curl: asksNobody,
    curlThatLooks: { code: /^curl:91$/, says: /revocation reason: keyCompromise/, options: ['--cert-status'] },
    // It tells what is stapled, and leaves it at that; with a revocation list it refuses (links-tls-openssl.test.ts).
    openssl: { says: /OCSP Response Status: successful[\s\S]*Cert Status: revoked/, options: ['-status'], exit: 0 },
    ...chromium('CERT_REVOKED'),
  },
  // Node has no name for OpenSSL's "EE certificate key too weak" and "CA signature digest algorithm too weak".
  'tls/weak-key': {
    ...certificate('UNSPECIFIED'),
    ...openssl('num=66:EE certificate key too weak', 0, ...strict),
    chromium: { goesOn: 'it takes RSA keys of 1024 bits and more (IsWeakKey in net/cert/cert_verify_proc.cc)' },
  },
  'tls/sha1-signature': {
    ...certificate('UNSPECIFIED'),
    ...openssl('num=68:CA signature digest algorithm too weak', 0, ...strict),
    ...chromium('CERT_INVALID'),
  },
  'tls/only-tls-1.0': {
    ...alert('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
    ...openssl(/alert protocol version|unsupported protocol/, undefined, '-tls1_2'),
    ...chromium('SSL_VERSION_OR_CIPHER_MISMATCH'),
  },
  'tls/only-tls-1.1': {
    ...alert('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
    ...openssl(/alert protocol version|unsupported protocol/, undefined, '-tls1_2'),
    ...chromium('SSL_VERSION_OR_CIPHER_MISMATCH'),
  },
  'tls/handshake-hang': {
    end: 'hung',
    undici: /^TIMEOUT$/,
    node: /^TIMEOUT$/,
    curl: /^curl:28$/,
    openssl: { says: /write client hello\s*$/, options: ['-state'], exit: 'hung' },
    ...chromium('TIMED_OUT'),
  },
  'tls/handshake-reset': {
    end: 'reset',
    undici: /^ECONNRESET$/,
    node: /^ECONNRESET$/,
    curl: /^curl:35$/,
    ...openssl(/errno=104|Connection reset/),
    ...chromium('CONNECTION_RESET'),
  },
  'tls/alert-40': {
    ...alert('ERR_SSL_(SSL/TLS|SSLV3)_ALERT_HANDSHAKE_FAILURE'),
    ...openssl('SSL alert number 40'),
    ...chromium('SSL_VERSION_OR_CIPHER_MISMATCH'),
  },
  'tls/plaintext': {
    ...alert('ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)'),
    ...openssl(/wrong version number|packet length too long/),
    ...chromium('SSL_PROTOCOL_ERROR'),
  },
  // With TLS 1.3 the alert comes after the client has sent its request, and the end of the connection may overtake it.
  'tls/client-certificate-demanded': {
    undici: /^(UND_ERR_SOCKET|ECONNRESET|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
    node: /^(ECONNRESET|EPIPE|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
    curl: /^curl:(55|56)$/,
    ...openssl('SSL alert number 116', undefined, '-ign_eof'),
    ...chromium('(BAD_SSL_CLIENT_AUTH_CERT|SOCKET_NOT_CONNECTED|CONNECTION_\\w+)'),
  },
  'tls/alpn-mismatch': {
    undici: /^ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL$/,
    node: offersNone,
    curl: /^curl:35$/,
    ...openssl('SSL alert number 120', undefined, '-alpn', 'http/1.1'),
    ...chromium('SSL_PROTOCOL_ERROR'),
  },
};

/** Those who mind, or who show it when they are asked to. */
export const tlsProofs: readonly Proof[] = Object.entries(tlsRows).flatMap(([fault, row]) =>
  (['undici', 'node', 'curl', 'curlThatLooks', 'openssl', 'chromium'] as const)
    .filter((by) => row[by] !== undefined && !('goesOn' in row[by]))
    .map((by) => ({ fault, by })),
);
