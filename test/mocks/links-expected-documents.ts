import { expect } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { Json } from '../../harness/model/json.ts';
import { faults as catalogue } from '../../mocks/faults/all.ts';
import { document, type Expected, right, type Table, text } from './links-expected.ts';

const faults = catalogue.filter(({ layer }) => layer === 'document');

const reads = (change: object): Expected => ({
  saw: (saw) => expect(JSON.parse(text(saw))).toEqual({ ...document, ...change }),
});
const unreadable = (says: RegExp): Expected => ({
  saw: (saw) => {
    expect(text(saw)).toMatch(says);
    expect(() => JSON.parse(text(saw))).toThrow();
  },
});

const expected: { readonly [id: string]: Expected } = {
  'document/empty': { saw: (saw) => expect(text(saw)).toBe('') },
  'document/html': unreadable(/^<!DOCTYPE html>/),
  'document/malformed-json': unreadable(/undefined/),
  'document/truncated-json': { saw: (saw) => expect(text(saw)).toBe(right.slice(0, Math.floor(right.length / 2))) },
  'document/trailing-garbage': unreadable(/}\n<!--/),
  'document/trailing-comma': unreadable(/true,}$/),
  'document/comment': unreadable(/^\/\*/),
  'document/twice': { saw: (saw) => expect(text(saw)).toBe(right + right) },
  'document/invalid-utf-8': {
    saw: ({ body }) => {
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
      expect(JSON.parse(String(body))).toMatchObject(document);
    },
  },
  'document/json-array': { saw: (saw) => expect(JSON.parse(text(saw))).toEqual([document]) },
  'document/huge': {
    saw: (saw) => {
      expect(saw.body!.byteLength).toBeGreaterThan(5_000_000);
      expect(JSON.parse(text(saw))).toMatchObject(document);
    },
  },
  'document/deep-json': { saw: (saw) => expect(text(saw)).toMatch(/^\{"deep":\[{9}/) },
  'document/byte-order-mark': { saw: ({ body }) => expect(body!.subarray(0, 3).toString('hex')).toBe('efbbbf') },
  'document/issuer-other': reads({ issuer: 'https://other-idp.example' }),
  'document/swapped-token-endpoint': reads({ token_endpoint: document.userinfo_endpoint }),
  'document/swapped-jwks-uri': reads({ jwks_uri: document.token_endpoint }),
  'document/swapped-authorization-endpoint': reads({ authorization_endpoint: document.end_session_endpoint }),
  'document/elsewhere-token-endpoint': reads({ token_endpoint: 'https://idp.elsewhere.invalid/' }),
  'document/elsewhere-jwks-uri': reads({ jwks_uri: 'https://idp.elsewhere.invalid/' }),
  'resource-metadata/resource-other': reads({ resource: 'https://other-api.example' }),
  'resource-metadata/resource-trailing-slash': reads({ resource: `${document.resource}/` }),
  'resource-metadata/authorization-server-other': reads({ authorization_servers: ['https://issuer.attacker.example'] }),
  'resource-metadata/authorization-servers-missing': reads({ authorization_servers: undefined }),
  'document/jwks-overlay': {
    saw: (saw) =>
      expect(JSON.parse(text(saw)).keys).toEqual([
        ...document.keys,
        expect.objectContaining({ kid: 'failwell-overlay', kty: 'RSA', n: expect.any(String) }),
      ]),
  },
  'document/jwks-replaced': {
    saw: (saw) => expect(JSON.parse(text(saw)).keys).toMatchObject([{ kid: 'failwell-overlay' }]),
  },
};

const otherwise: { readonly [kind: string]: (value: Json) => Json | undefined } = {
  removed: () => undefined,
  null: () => null,
  retyped: (value) => (typeof value === 'string' ? { value } : Array.isArray(value) ? 'none' : String(value)),
  emptied: (value) => (typeof value === 'string' ? '' : Array.isArray(value) ? [] : value === true ? false : 0),
};

/** What is changed by its path, told again in the test's own words. */
function expectationOf({ id }: AnyFault): Expected | undefined {
  const [, kind = '', name = ''] = /^document\/(removed|null|retyped|emptied)-(.+)$/.exec(id) ?? [];
  const change = otherwise[kind];
  if (change && name === 'keys-0-kid') {
    const { kid, kty } = document.keys[0]!;
    return { saw: (saw) => expect(JSON.parse(text(saw)).keys).toEqual([{ kid: change(kid), kty }]) };
  }
  const member = name.replaceAll('-', '_') as keyof typeof document;
  if (change) return reads({ [member]: change(document[member]) });
  const [, twice, order] = /^document\/duplicated-(.+)-(first|last)$/.exec(id) ?? [];
  if (!twice) return expected[id];
  const doubled = twice.replaceAll('-', '_') as keyof typeof document;
  return {
    saw: (saw) => {
      expect(text(saw).split(`"${doubled}":`)).toHaveLength(3);
      // JSON.parse takes the last one.
      if (order === 'first') expect(JSON.parse(text(saw))).toEqual(document);
      else expect(JSON.parse(text(saw))[doubled]).not.toEqual(document[doubled]);
    },
  };
}

export const documents: Table = { faults, expectationOf };
