import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecrets } from '../../harness/record/secrets.ts';
import { jwt } from './tokens.ts';

const alphanumeric = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  minLength: 8,
  maxLength: 60,
});
const anything = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 });
const secretText = fc
  .oneof(
    alphanumeric,
    anything,
    fc.string({ unit: 'binary-ascii', minLength: 8, maxLength: 40 }),
    fc.base64String({ minLength: 12, maxLength: 80 }),
  )
  // Markers are made of these, and a text of them cannot tell a secret from its own marker.
  .filter((text) => text.length >= 8 && !/[‹›]/.test(text) && text.isWellFormed() && new Set(text).size > 3);
const around = fc.oneof(
  fc.constantFrom('', ' ', '"', '=', ':', '%', '\\', '+', '&', 'eyJ', '.', '‹', '{"a":"', 'Basic '),
  fc.string({ maxLength: 20 }),
);

const form = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
const unicode = (text: string) =>
  [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
const html = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const encodings = {
  plain: (text: string) => text,
  percent: encodeURIComponent,
  'percent, lower case': (text: string) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  form,
  json: escaped,
  'json in json': (text: string) => escaped(escaped(text)),
  'json, all escaped': unicode,
  html,
  base64,
  base64url: (text: string) => Buffer.from(text).toString('base64url'),
  'percent of base64': (text: string) => encodeURIComponent(base64(text)),
} as const;

/** All that an encoded text still says. */
function undone(text: string): string[] {
  const tries = [text];
  const attempt = (decode: () => string) => {
    try {
      tries.push(decode());
    } catch {
      // Not of this kind.
    }
  };
  attempt(() => decodeURIComponent(text));
  attempt(() => decodeURIComponent(text.replaceAll('+', ' ')));
  attempt(() => JSON.parse(`"${text}"`) as string);
  return tries;
}

test.each(Object.entries(encodings))('no secret survives: %s', (_, encode) => {
  fc.assert(
    fc.property(secretText, around, around, (secret, before, after) => {
      const secrets = createSecrets();
      if (secrets.learn('client_secret', secret).endsWith('#0')) return;
      const encoded = encode(secret);
      // A '%' or a backslash right before an encoded text makes it another text.
      const apart = encoded === secret ? '' : '|';
      const redacted = secrets.redact(before + apart + encoded + apart + after);
      expect(redacted).toContain('‹secret:client_secret#1');
      expect(redacted.includes(encoded)).toBe(false);
      for (const text of undone(redacted)) expect(text.includes(secret)).toBe(false);
    }),
  );
});

test('no secret survives in base64 of a longer text', () => {
  fc.assert(
    fc.property(secretText, fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), (secret, before, after) => {
      const secrets = createSecrets();
      if (secrets.learn('client_secret', secret).endsWith('#0')) return;
      const redacted = secrets.redact(base64(before + secret + after));
      expect(redacted).toContain('‹secret:client_secret#1›');
      expect(Buffer.from(redacted, 'base64').toString()).not.toContain(secret);
    }),
  );
});

test('no part of a secret survives that is long enough to give it away', () => {
  fc.assert(
    fc.property(alphanumeric, around, fc.nat(), fc.nat(), (secret, beside, a, b) => {
      const secrets = createSecrets();
      if (secrets.learn('client_secret', secret).endsWith('#0')) return;
      const least = secret.length < 12 ? secret.length : Math.max(12, Math.ceil(secret.length / 2));
      const length = least + (a % (secret.length - least + 1));
      const part = secret.slice(b % (secret.length - length + 1)).slice(0, length);
      const redacted = secrets.redact(`${beside} ${part} ${beside}`);
      expect(redacted).toContain('‹secret:client_secret#1');
      expect(redacted).not.toContain(part);
    }),
  );
});

test('no usable JWT survives, nor its signature, among many with the same claims', () => {
  const claims = fc.record({ sub: fc.string({ maxLength: 20 }), exp: fc.nat() });
  fc.assert(
    fc.property(fc.array(claims, { minLength: 1, maxLength: 8 }), around, around, (all, before, after) => {
      const secrets = createSecrets();
      const tokens = all.map((one) => jwt(one));
      const refs = tokens.map((token) => secrets.learnToken('access_token', token).ref);
      for (const [index, token] of tokens.entries()) {
        const [header, payload, signature = ''] = token.split('.');
        expect(secrets.redact(`${before} ${token} ${after}`)).toContain(`‹token:${refs[index]}›`);
        expect(secrets.redact(`${before} ${signature} ${after}`)).toContain(`‹token:${refs[index]}/signature›`);
        expect(secrets.redact(`${before} ${header}.${payload} ${after}`)).toMatch(/‹token:access_token#\d+\/unsigned›/);
        expect(secrets.redact(base64(`${before}${token}${after}`))).toMatch(
          /‹token:access_token#\d+(?:\/part|\/signature)?›/,
        );
      }
    }),
    { numRuns: 50 },
  );
});

test('redacting what is redacted changes nothing', () => {
  const piece = fc.oneof(
    around,
    fc.constantFrom('SECRET', 'TOKEN', 'PART', 'SIGNATURE', 'UNSIGNED', 'BASIC', 'JSON', '‹secret:x#1›', '‹basic:a:'),
  );
  fc.assert(
    fc.property(secretText, fc.array(piece, { maxLength: 12 }), (secret, pieces) => {
      const secrets = createSecrets();
      secrets.learn('client_secret', secret);
      const token = jwt({ sub: 'a' });
      secrets.learnToken('access_token', token);
      const known: { readonly [name: string]: string } = {
        SECRET: secret,
        TOKEN: token,
        PART: secret.slice(0, 13),
        SIGNATURE: token.split('.')[2] ?? '',
        UNSIGNED: token.slice(0, token.lastIndexOf('.')),
        BASIC: `Basic ${base64(`id:${secret}`)}`,
        JSON: JSON.stringify({ secret, token }),
      };
      const once = secrets.redact(pieces.map((name) => known[name] ?? name).join(''));
      expect(secrets.redact(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('texts without a secret stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const secrets = createSecrets();
      secrets.learn('client_secret', 'gateway-secret-5f3c9a1e7b');
      expect(secrets.redact(text)).toBe(text);
    }),
  );
});
