import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import { tlsFaults } from '../../mocks/faults/links/tls/all.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients } from './links-clients.ts';
import { openSecureLink, place } from './links-tls-fixtures.ts';

/** What undici, Node's own client and curl make of a fault: the code of their failure, or nothing if they go on. */
interface Expected {
  readonly end?: ExchangeEnd;
  readonly undici?: RegExp;
  readonly node?: RegExp;
  readonly curl?: RegExp;
}

const both = (code: string) => ({ undici: new RegExp(`^${code}$`), node: new RegExp(`^${code}$`), curl: /^curl:60$/ });
const alert = (code: string) => ({ undici: new RegExp(`^${code}$`), node: /^EPROTO$/, curl: /^curl:35$/ });

const expected: { readonly [id: string]: Expected } = {
  'tls/expired-certificate': both('CERT_HAS_EXPIRED'),
  'tls/not-yet-valid': both('CERT_NOT_YET_VALID'),
  'tls/expired-intermediate': both('CERT_HAS_EXPIRED'),
  'tls/self-signed': both('DEPTH_ZERO_SELF_SIGNED_CERT'),
  'tls/unknown-authority': both('SELF_SIGNED_CERT_IN_CHAIN'),
  'tls/wrong-host': both('ERR_TLS_CERT_ALTNAME_INVALID'),
  // curl still looks at the common name.
  'tls/common-name-only': { undici: /^ERR_TLS_CERT_ALTNAME_INVALID$/, node: /^ERR_TLS_CERT_ALTNAME_INVALID$/ },
  'tls/missing-intermediate': both('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  // OpenSSL sorts the chain by itself.
  'tls/wrong-chain-order': {},
  'tls/path-length-exceeded': both('PATH_LENGTH_EXCEEDED'),
  'tls/wrong-usage': both('INVALID_PURPOSE'),
  // Nobody asks unless told to: see the tests with a revocation list and with a staple.
  'tls/revoked': {},
  // Node has no name for OpenSSL's "EE certificate key too weak" and "CA signature digest algorithm too weak".
  'tls/weak-key': both('UNSPECIFIED'),
  'tls/sha1-signature': both('UNSPECIFIED'),
  'tls/only-tls-1.0': alert('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
  'tls/only-tls-1.1': alert('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
  'tls/handshake-hang': { end: 'hung', undici: /^TIMEOUT$/, node: /^TIMEOUT$/, curl: /^curl:28$/ },
  'tls/handshake-reset': { end: 'reset', undici: /^ECONNRESET$/, node: /^ECONNRESET$/, curl: /^curl:35$/ },
  'tls/alert-40': alert('ERR_SSL_(SSL/TLS|SSLV3)_ALERT_HANDSHAKE_FAILURE'),
  'tls/plaintext': alert('ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)'),
  // With TLS 1.3 the alert comes after the client has sent its request.
  'tls/client-certificate-demanded': {
    undici: /^(UND_ERR_SOCKET|ECONNRESET|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
    node: /^(ECONNRESET|EPIPE|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
    curl: /^curl:(55|56)$/,
  },
  // Node's own client offers no protocol.
  'tls/alpn-mismatch': { undici: /^ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL$/, curl: /^curl:35$/ },
};

let authority: Authority;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failwell-tls-'));
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every fault has an expectation here', () => {
  expect(tlsFaults.map(({ id }) => id).toSorted()).toEqual(Object.keys(expected).toSorted());
});

describe.each(clients)('%s', (name, connect) => {
  test.each(tlsFaults.map((fault) => [fault.id, fault] as const))('%s is met, told and cleared', async (id, fault) => {
    const { end, ...by } = expected[id]!;
    const code = by[name.split(':')[0] as 'undici' | 'node' | 'curl'];
    await using link = await openSecureLink(authority);
    await using client = connect(link.url, authority.caPem, folder);
    const healthy = { status: 200, body: Buffer.from('hello') };

    expect(await client.get('/')).toMatchObject(healthy);
    const clear = await place(link, fault);
    const result = await client.get('/', [], end === 'hung' ? 300 : undefined);
    if (code) expect(result).toEqual({ code: expect.stringMatching(code) });
    else expect(result).toMatchObject(healthy);
    await clear();
    expect(link.seen.slice(1)).toMatchObject([{ end: code ? (end ?? 'tls-failed') : 'complete', faults: [id] }]);

    expect(await client.get('/')).toMatchObject(healthy);
    expect(link.seen.at(-1)).toMatchObject({ end: 'complete', faults: [] });
  });
});
