import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { tokenFaults } from '../../mocks/faults/token/all.ts';
import { forge } from '../../mocks/forge/forge.ts';
import { correct, decode, difference, keys, signedBy } from './forge-fixtures.ts';

const material = await keys();
const good = decode(await forge(correct(material)));
const broken = async (fault: Fault<'access-token'>) =>
  decode(await forge(fault.apply(correct(material), seeded(7, fault.id))));

/**
 * What each fault changes, and nothing else: members of the header, claims (+ added, - removed, ~ changed), the key
 * that the signature verifies with, and the number of parts.
 */
const changes: readonly (readonly [header: string, claims: string, signedBy: string, parts: number, faults: string])[] =
  [
    ['', '-aud', 'rsa', 3, `audience-missing`],
    [
      '',
      '~aud',
      'rsa',
      3,
      `audience-other audience-is-client audience-array-other audience-empty-array audience-nested-array audience-extended audience-cut audience-containing audience-case audience-trailing-slash audience-space-delimited audience-wildcard audience-among-others audience-array-of-one`,
    ],
    ['', '-iss', 'rsa', 3, `issuer-missing`],
    [
      '',
      '~iss',
      'rsa',
      3,
      `issuer-other issuer-trailing-slash issuer-case issuer-array issuer-extended issuer-subpath issuer-containing issuer-userinfo issuer-http issuer-padded`,
    ],
    ['+iss', '~iss', 'rsa', 3, `issuer-only-in-header`],
    ['~kid', '~iss', 'foreign', 3, `issuer-attacker`],
    ['', '~exp ~iat', 'rsa', 3, `expired-by-10m expired-by-1s expired-by-5m expired-by-1d`],
    ['', '-exp', 'rsa', 3, `expiry-missing`],
    [
      '',
      '~exp',
      'rsa',
      3,
      `expiry-numeric-string expiry-date-text expiry-negative expiry-milliseconds expiry-fraction expiry-overflow long-lived-3650d`,
    ],
    [
      '',
      '+nbf',
      'rsa',
      3,
      `not-yet-valid-by-10m not-yet-valid-by-1d not-before-numeric-string not-before-date-text not-before-past`,
    ],
    [
      '',
      '~iat',
      'rsa',
      3,
      `issued-in-future-by-30m issued-in-future-by-1h issued-long-ago-7d issued-at-numeric-string`,
    ],
    ['', '-iat', 'rsa', 3, `issued-at-missing`],
    ['unreadable', 'unreadable', 'none', 1, `not-a-jwt empty`],
    ['unreadable', 'unreadable', 'none', 3, `dots-only`],
    ['', 'unreadable', 'none', 1, `one-part`],
    ['', '', 'rsa', 4, `four-parts`],
    ['unreadable', '', 'broken', 3, `quoted`],
    ['unreadable', '', 'rsa', 3, `header-empty header-not-base64url header-not-json`],
    ['', 'unreadable', 'rsa', 3, `payload-empty payload-not-base64url payload-not-json payload-not-utf8`],
    ['', '', 'rsa', 3, `padded duplicate-claim`],
    ['array', '', 'rsa', 3, `header-array`],
    ['', 'array', 'rsa', 3, `payload-array`],
    ['', 'string', 'rsa', 3, `payload-string`],
    ['', 'null', 'rsa', 3, `payload-null`],
    ['~alg', '', 'none', 3, `none-lower none-capital none-upper none-mixed none-padded`],
    [
      '~alg',
      '',
      'rsa',
      3,
      `none-signed alg-lower-case alg-mismatch alg-unknown alg-empty alg-null alg-true alg-number alg-array`,
    ],
    [
      '~alg',
      '',
      'other',
      3,
      `none-junk hs256-with-spki-pem hs256-with-spki-pem-trimmed hs256-with-pkcs1-pem hs256-with-pkcs1-pem-trimmed hs256-with-spki-der hs256-with-pkcs1-der hs256-with-jwk hs256-with-modulus hs256-with-modulus-text hs256-with-exponent hs256-with-kty hs256-with-alg hs256-with-kid hs256-with-empty hs384-with-spki-pem hs512-with-spki-pem hs256-with-word-secret hs256-with-word-password`,
    ],
    ['~alg', '', 'none', 2, `none-two-parts`],
    ['+jwk ~kid', '', 'foreign', 3, `embedded-jwk embedded-jwk-url embedded-jwk-with-jku embedded-jwk-with-x5c`],
    ['+jwk', '', 'foreign', 3, `embedded-jwk-published-kid`],
    [
      '+jku ~kid',
      '',
      'foreign',
      3,
      `embedded-jku embedded-jku-array embedded-jku-array-attacker-first embedded-jku-userinfo`,
    ],
    ['+jku', '', 'foreign', 3, `embedded-jku-published-kid`],
    ['~kid +x5u', '', 'foreign', 3, `embedded-x5u`],
    ['~kid +x5c', '', 'foreign', 3, `embedded-x5c embedded-x5c-good-first embedded-x5c-good-last`],
    ['+x5c', '', 'foreign', 3, `embedded-x5c-published-kid`],
    ['~alg +jwk', '', 'other', 3, `embedded-secret`],
    [
      '~kid',
      '',
      'rsa',
      3,
      `kid-unknown kid-other-key kid-blank kid-null kid-number kid-true kid-array kid-prototype kid-command long-kid-4k`,
    ],
    ['-kid', '', 'rsa', 3, `kid-missing`],
    ['~kid', '', 'foreign', 3, `kid-jwk kid-url foreign-key`],
    ['~alg ~kid', '', 'other', 3, `kid-traversal kid-sql psychic-raw`],
    ['', '~sub', 'broken', 3, `tampered-payload`],
    ['+tampered', '', 'broken', 3, `tampered-header`],
    ['', '', 'broken', 3, `flipped-bit signature-truncated signature-null-byte signature-zeros signature-null`],
    ['', '', 'none', 3, `signature-stripped`],
    ['', '', 'none', 2, `signature-stripped-two-parts`],
    ['', '', 'foreign', 3, `foreign-key-published-kid`],
    ['-kid', '', 'foreign', 3, `foreign-key-no-kid`],
    ['~alg ~kid', '', 'broken', 3, `psychic-der`],
    ['+crit +https://failwell.example/unknown', '', 'rsa', 3, `crit-unknown crit-string crit-duplicate`],
    ['+crit', '', 'rsa', 3, `crit-empty crit-absent-member crit-registered`],
    ['+b64 +crit', '', 'rsa', 3, `crit-b64`],
    ['-alg', '', 'rsa', 3, `alg-missing`],
    ['~alg', '', 'rsa-pss', 3, `alg-ps256`],
    ['~alg', '', 'rsa-sha512', 3, `alg-rs512`],
    ['~alg', '', 'rsa-sha1', 3, `alg-rs1`],
    ['~alg ~kid', '', 'ec', 3, `alg-other-published`],
    ['~typ', '', 'rsa', 3, `typ-jwt typ-full typ-case typ-null typ-number typ-dpop typ-refresh`],
    ['-typ', '', 'rsa', 3, `typ-missing`],
    ['~typ', '~aud +auth_time +azp -client_id +nonce -scope', 'rsa', 3, `id-token`],
    ['~typ', '~aud -client_id +events -scope +sid', 'rsa', 3, `logout-token`],
    ['', '-scope', 'rsa', 3, `scope-missing`],
    [
      '',
      '~scope',
      'rsa',
      3,
      `scope-other scope-extended scope-cut scope-containing scope-case scope-comma-delimited scope-wildcard scope-array scope-among-others`,
    ],
    ['', '-scope +scp', 'rsa', 3, `scope-as-scp`],
    ['', '+https://failwell.example/claim', 'rsa', 3, `claim-unknown`],
    ['', '+huge', 'rsa', 3, `huge-claim-64k huge-claim-8k`],
    ['', '+deep', 'rsa', 3, `deep-nesting-1000 deep-nesting-10000`],
    ['~alg +cty +enc -kid -typ', 'unreadable', 'broken', 5, `encrypted-direct`],
    ['~alg +cty +enc -kid +p2c +p2s -typ', 'unreadable', 'broken', 5, `encrypted-password`],
    ['~alg +cty +enc -typ', 'unreadable', 'broken', 5, `encrypted-unsigned`],
    [
      '',
      Array.from({ length: 300 }, (_, at) => `+claim${at}`)
        .sort()
        .join(' '),
      'rsa',
      3,
      'many-claims-300',
    ],
    ...['iss', 'aud', 'exp', 'nbf', 'iat', 'sub', 'jti', 'client_id', 'scope'].map(
      (claim) =>
        ['', `${claim === 'nbf' ? '+' : '~'}${claim}`, 'rsa', 3, odd(claim).concat(urls(claim)).join(' ')] as const,
    ),
    ...['sub', 'jti', 'client_id'].map((claim) => ['', `-${claim}`, 'rsa', 3, `${named(claim)}-missing`] as const),
  ];

function named(claim: string) {
  return `claim-${claim.replace('_', '-')}`;
}

function odd(claim: string) {
  const oddities = ['null', 'true', 'false', 'zero', 'empty', 'array', 'object'];
  return oddities
    .filter((as) => !['nbf-zero', 'iat-zero', 'aud-array'].includes(`${claim}-${as}`))
    .map((as) => `${named(claim)}-${as}`);
}

function urls(claim: string) {
  return ['iss', 'aud', 'sub', 'jti', 'client_id'].includes(claim) ? [`${named(claim)}-url`] : [];
}

const declared = new Map<string, object>(
  changes.flatMap(([header, claims, by, parts, faults]) =>
    faults.split(' ').map((id) => [`token/${id}`, { header, claims, by, parts }] as const),
  ),
);

test('ids are unique, also where case does not count, and every fault is declared below', () => {
  const ids = tokenFaults.map(({ id }) => id);
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  expect([...declared.keys()].sort()).toEqual(ids.toSorted());
  expect(ids.length).toBeGreaterThanOrEqual(75);
  for (const { summary } of tokenFaults) expect(summary).toMatch(/^[^\n]{5,120}$/);
});

test.each(tokenFaults.map((fault) => [fault.id, fault] as const))('%s changes what it says', async (id, fault) => {
  const token = await broken(fault);
  expect({
    header: difference(good.header, token.header),
    claims: difference(good.payload, token.payload),
    by: signedBy(token, material),
    parts: token.parts.length,
  }).toEqual(declared.get(id));
});

test.each(tokenFaults.map((fault) => [fault.id, fault] as const))('%s is pure', async (_, fault) => {
  const draft = freeze(correct(material));
  const one = fault.apply(draft, seeded(3, 'x'));
  const other = fault.apply(draft, seeded(3, 'x'));
  expect(draft).toEqual(correct(material));
  const plain = ({ afterwards, ...rest }: typeof draft) => ({ ...rest, afterwards: afterwards.length });
  expect(plain(one)).toEqual(plain(other));
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
