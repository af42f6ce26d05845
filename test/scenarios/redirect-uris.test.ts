import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as exported from '../../scenarios/idp/redirect-uris.ts';

const uris = { ...exported };
const { defaultPort, otherPort, parentDomain, ...always } = uris;

describe('a redirect URI is changed', () => {
  test.each<readonly [keyof typeof uris, right: string, changed: string]>([
    ['subdomain', 'https://client.failwell.test/callback', 'https://evil.client.failwell.test/callback'],
    ['hostSuffix', 'https://client.failwell.test/callback', 'https://client.failwell.test.attacker.example/callback'],
    ['hostSuffix', 'http://localhost:3000/cb', 'http://localhost.attacker.example:3000/cb'],
    ['userinfo', 'http://localhost:3000/cb', 'http://localhost@attacker.example:3000/cb'],
    ['otherScheme', 'http://localhost:3000/cb', 'https://localhost:3000/cb'],
    ['otherScheme', 'https://app.example/cb', 'http://app.example/cb'],
    ['parentDomain', 'https://client.failwell.test/callback', 'https://failwell.test/callback'],
    ['pathInCapitals', 'https://app.example/cb?a=b', 'https://app.example/CB?A=B'],
    ['hostInCapitals', 'http://localhost:3000/cb', 'http://LOCALHOST:3000/cb'],
    ['afterBackslash', 'https://app.example/cb', 'https://attacker.example\\@app.example/cb'],
    ['wildcardHost', 'https://client.failwell.test/cb', 'https://*.failwell.test/cb'],
    ['wildcardHost', 'http://localhost/cb', 'http://*/cb'],
    ['otherPort', 'https://app.example/cb', 'https://app.example:8443/cb'],
    ['otherPort', 'https://app.example:8443/cb', 'https://app.example:9443/cb'],
    ['defaultPort', 'https://app.example/cb', 'https://app.example:443/cb'],
    ['letterEncoded', 'https://client.failwell.test/callback', 'https://client.failwell.test/callbac%6B'],
    ['letterEncoded', 'https://app.example/a%2Fb?c=d', 'https://app.example/%61%2Fb?c=d'],
  ])('%s of %s', (change, right, changed) => {
    expect(uris[change](right)).toBe(changed);
  });

  test('in every URI whose host has two labels and whose path has a letter', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const right = fc
      .tuple(fc.constantFrom('http', 'https'), label, label, fc.constantFrom('', ':4000'), label)
      .map(([scheme, host, domain, port, path]) => `${scheme}://${host}.${domain}${port}/${path}`);
    fc.assert(
      fc.property(right, fc.constantFrom(...Object.values(always), otherPort, parentDomain), (uri, change) => {
        expect(change(uri)).not.toBe(uri);
      }),
    );
  });
});

describe('what cannot be changed stays as it is', () => {
  test.each<readonly [keyof typeof uris, right: string]>([
    ['parentDomain', 'http://localhost:3000/cb'],
    ['parentDomain', 'http://127.0.0.1/cb'],
    // RFC 8252 §7.3, RFC 9700 §2.1: a native application's port is free.
    ['otherPort', 'http://127.0.0.1:3000/cb'],
    ['otherPort', 'http://[::1]:3000/cb'],
    ['otherPort', 'http://localhost/cb'],
    ['defaultPort', 'http://localhost/cb'],
    ['defaultPort', 'https://app.example:8443/cb'],
    ['pathInCapitals', 'https://app.example/'],
    ['letterEncoded', 'https://app.example/'],
    ['hostInCapitals', 'http://127.0.0.1/cb'],
    ['subdomain', 'com.example.app:/callback'],
  ])('%s of %s', (change, right) => {
    expect(uris[change](right)).toBe(right);
  });
});
