import { createHash, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecrets } from '../../harness/record/secrets.ts';
import { base64url, jwt } from './tokens.ts';

const secret = 'gateway-secret-5f3c9a1e7b';

function knowing() {
  const secrets = createSecrets();
  secrets.learn('client_secret', secret);
  return secrets;
}

test('names a secret once, by its label', () => {
  const secrets = createSecrets();
  expect(secrets.learn('client_secret', secret)).toBe('client_secret#1');
  expect(secrets.learn('client_secret', 'another-secret-value')).toBe('client_secret#2');
  expect(secrets.learn('password', secret)).toBe('client_secret#1');
  expect(secrets.learnToken('access_token', jwt()).ref).toBe('access_token#1');
  expect(secrets.learnToken('seen', jwt()).ref).toBe('access_token#1');
});

test.each(['', 'abc12', 'aaaaaaaaaa', 'password', 'Bearer', 'invalid_token'])('does not learn %j', (value) => {
  const secrets = createSecrets();
  expect(secrets.learn('password', value)).toBe('password#0');
  const text = `grant_type=password, Bearer invalid_token aaaaaaaaaa abc12 ${value}`;
  expect(secrets.redact(text)).toBe(text);
});

test.each([
  ['plain', `secret is ${secret}.`, 'secret is ‹secret:client_secret#1›.'],
  ['twice', `${secret}${secret}`, '‹secret:client_secret#1›‹secret:client_secret#1›'],
  ['its first half', `secret ${secret.slice(0, 13)}...`, 'secret ‹secret:client_secret#1/part›...'],
  ['its last half', `...${secret.slice(-13)}`, '...‹secret:client_secret#1/part›'],
  ['too little to matter', `secret ${secret.slice(0, 11)}...`, `secret ${secret.slice(0, 11)}...`],
  ['base64', `x=${Buffer.from(secret).toString('base64')}`, 'x=‹secret:client_secret#1›=='],
  ['base64, one byte in', Buffer.from(`:${secret}`).toString('base64'), 'O‹secret:client_secret#1›='],
  ['base64, two bytes in', Buffer.from(`a:${secret}:b`).toString('base64url'), 'YT‹secret:client_secret#1›OmI'],
  ['percent-encoded', 's=gateway%2dsecret%2D5f3c9a1e7b&x=1', 's=‹secret:client_secret#1›&x=1'],
  ['percent-encoded twice', 's=gateway%252Dsecret%252D5f3c9a1e7b', 's=‹secret:client_secret#1›'],
  ['JSON-escaped', '{"s":"gateway\\u002dsecret\\u002D5f3c9a1e7b"}', '{"s":"‹secret:client_secret#1›"}'],
  ['HTML-encoded', '<p>gateway&#45;secret&#x2d;5f3c9a1e7b</p>', '<p>‹secret:client_secret#1›</p>'],
])('redacts a secret: %s', (_, text, expected) => {
  expect(knowing().redact(text)).toBe(expected);
});

test('redacts a form-encoded secret with spaces and a plus', () => {
  const secrets = createSecrets();
  secrets.learn('password', 'correct horse + staple');
  expect(secrets.redact(`username=a&${new URLSearchParams({ password: 'correct horse + staple' })}`)).toBe(
    'username=a&password=‹secret:password#1›',
  );
});

test('shows HTTP Basic credentials decoded, and other ones not at all', () => {
  const secrets = knowing();
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
  expect(secrets.redact(basic(`gateway:${secret}`))).toBe('Basic ‹basic:gateway:‹secret:client_secret#1››');
  expect(secrets.redact(basic(`gateway:${secret.replaceAll('-', '%2D')}`))).toBe(
    'Basic ‹basic:gateway:‹secret:client_secret#1››',
  );
  expect(secrets.redact('Basic dXNlcjpub2JvZHk=')).toBe('Basic dXNlcjpub2JvZHk=');
  expect(secrets.redact('a basic understanding of it')).toBe('a basic understanding of it');
});

const token = jwt({ sub: 'alice' });
const [header = '', payload = '', signature = ''] = token.split('.');

test.each([
  ['whole', `Bearer ${token}`, 'Bearer ‹token:access_token#1›'],
  ['at the end of a sentence', `bad token ${token}.`, 'bad token ‹token:access_token#1›.'],
  ['its signature alone', `sig=${signature}`, 'sig=‹token:access_token#1/signature›'],
  ['its signature behind a dot', `…\u00a0.${signature}`, '…\u00a0.‹token:access_token#1/signature›'],
  ['without its signature', `${header}.${payload}`, '‹token:access_token#1/unsigned›'],
  [
    'with a little of its signature',
    `${header}.${payload}.${signature.slice(0, 5)}…`,
    `‹token:access_token#1/unsigned›.${signature.slice(0, 5)}…`,
  ],
  [
    'cut off within its signature',
    `${token.slice(0, header.length + payload.length + 14)}…`,
    '‹token:access_token#1/part›…',
  ],
  ['its header alone', `header ${header}`, `header ${header}`],
  ['with another signature', `${header}.${payload}.AAAAAAAAAAAAAAAA`, '‹token:seen#1›'],
  ['in a JSON body', JSON.stringify({ token }), '{"token":"‹token:access_token#1›"}'],
])('redacts a JWT: %s', (_, text, expected) => {
  const secrets = createSecrets();
  secrets.learnToken('access_token', token);
  expect(secrets.redact(text)).toBe(expected);
});

test('tells two tokens with the same claims apart, and one without a signature from both', () => {
  const secrets = createSecrets();
  const other = `${header}.${payload}.${'B'.repeat(43)}`;
  secrets.learnToken('access_token', token);
  secrets.learnToken('access_token', other);
  secrets.learnToken('access_token', `${header}.${payload}.`);
  expect(secrets.redact(`${other} ${token} ${header}.${payload}. end`)).toBe(
    '‹token:access_token#2› ‹token:access_token#1› ‹token:access_token#3› end',
  );
});

test('learns JWTs that nobody made known, signed, unsigned and encrypted', () => {
  const secrets = createSecrets();
  const seen = new Set<string>();
  const jwe = ['{"alg":"dir","enc":"A256GCM"}', 'key', 'iv-iv-iv', 'ciphertext', 'tag'].map(base64url).join('.');
  expect(secrets.redact(`a ${token} b ${header}.${base64url('{"sub":"eve"}')}. c ${jwe}`, seen)).toBe(
    'a ‹token:seen#1› b ‹token:seen#2› c ‹token:seen#3›',
  );
  expect([...seen]).toEqual(['seen#1', 'seen#2', 'seen#3']);
  expect(secrets.token('seen#2')).toMatchObject({ header: { alg: 'RS256' }, payload: { sub: 'eve' } });
});

test('keeps of a token its content and a digest of what makes it usable', () => {
  const secrets = createSecrets();
  const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  expect(secrets.learnToken('access_token', token)).toEqual({
    ref: 'access_token#1',
    header: { alg: 'RS256', typ: 'at+jwt' },
    payload: { sub: 'alice' },
    digest: digest(signature),
  });
  expect(secrets.learnToken('access_token', 'opaque-0123456789')).toEqual({
    ref: 'access_token#2',
    digest: digest('opaque-0123456789'),
  });
});

test.each([
  'eyJ!.eyJ.x-broken',
  'eyJhbGciOiJ.b.c-not-json',
  '..........',
  'a.b',
  'eyJh\u0000.\ud800.ü-long',
  'eyJ.eyJ.',
])('learns and redacts the broken token %j', (broken) => {
  const secrets = createSecrets();
  const { ref } = secrets.learnToken('access_token', broken);
  if (!ref.endsWith('#0')) expect(secrets.redact(`Bearer ${broken} end`)).toBe(`Bearer ‹token:${ref}› end`);
});

test('redacts private keys in PEM, known and unknown, and known ones by their numbers, but not public keys', () => {
  const known = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = known.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const secrets = createSecrets();
  expect(secrets.learn('private-key', pem)).toBe('private-key#1');
  expect(secrets.redact(`key: ${pem}`)).toBe('key: ‹secret:private-key#1›\n');
  expect(secrets.redact(JSON.stringify({ pem }))).toBe('{"pem":"‹secret:private-key#1›\\n"}');
  const unknown = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
  expect(secrets.redact(`${unknown}`)).toBe('‹secret:private-key#2›\n');

  const lines = pem
    .split('\n')
    .slice(1, -2)
    .map((line) => secrets.redact(line));
  expect(lines.filter((line) => line.includes('‹secret:private-key#1/part›')).length).toBeGreaterThan(10);
  const { d } = known.privateKey.export({ format: 'jwk' });
  expect(secrets.redact(`"d":"${d}"`)).toBe('"d":"‹secret:private-key#1›"');
  for (const open of [
    known.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    JSON.stringify(known.publicKey.export({ format: 'jwk' })),
  ]) {
    expect(secrets.redact(open)).toBe(open);
  }
});

test('hides all of two secrets that overlap, and one within another', () => {
  const secrets = createSecrets();
  secrets.learn('code', 'abcdef123456');
  secrets.learn('code', '123456uvwxyz');
  secrets.learn('password', 'xx-abcdef123456-yy');
  expect(secrets.redact('abcdef123456uvwxyz')).toBe('‹secret:code#1›uvwxyz');
  expect(secrets.redact('xx-abcdef123456-yy')).toBe('‹secret:password#1›');
});

test('tells a good token from broken ones that begin as it does', () => {
  const secrets = createSecrets();
  for (const broken of [header, `${header}.${payload}`, token.slice(0, -1), `${token}x`])
    secrets.learnToken('broken_token', broken);
  secrets.learnToken('access_token', token);
  expect(secrets.redact(`Bearer ${token}`)).toBe('Bearer ‹token:access_token#1›');
  expect(secrets.redact(`Bearer ${header}.`)).toBe('Bearer ‹token:broken_token#1›.');
  expect(secrets.redact(`Bearer ${token}x`)).toBe('Bearer ‹token:broken_token#4›');
  expect(secrets.redact(`Bearer ${token.slice(0, -1)}`)).toBe('Bearer ‹token:broken_token#3›');
});
