import { expect, test } from 'vitest';
import type { Oracle } from '../../harness/model/scenario.ts';
import {
  answersDocument,
  hasLongKeys,
  hasMembers,
  hasNoEmptyLists,
  isOfItsIssuer,
  keepsKidsApart,
  lists,
  namesTypes,
  namesUses,
  publishesNoSecret,
  usesHttps,
} from '../../harness/oracles/documents.ts';
import { exchange, historyOf } from './history.ts';

const step = { step: 'last', phase: 'stimulus', does: 'read' } as const;
function holds(oracle: Oracle, document: object | string, headers: readonly (readonly [string, string])[] = []) {
  const history = historyOf(
    { kind: 'step-begun', ...step },
    exchange('caller→idp', {
      correlation: 'last',
      path: '/tenant/.well-known/openid-configuration',
      sent: [['Host', 'idp.example']],
      status: 200,
      headers,
      body: typeof document === 'string' ? document : JSON.stringify(document),
    }),
    { kind: 'step', ...step, outcome: 'accepted', detail: '200', took: 1 },
  );
  return oracle.judge(history, {}).holds;
}
const rsa = (bits: number) => ({ kty: 'RSA', n: Buffer.alloc(bits / 8, 255).toString('base64url') });

test.each<[Oracle, object, object]>([
  [hasMembers('issuer'), { issuer: 'x' }, { issuer: null }],
  [isOfItsIssuer(), { issuer: 'https://idp.example/tenant' }, { issuer: 'https://idp.example/tenant/' }],
  [lists('a', 'x'), { a: ['y', 'x'] }, { a: 'x' }],
  [hasNoEmptyLists(), { a: ['x'], b: {} }, { a: [] }],
  [usesHttps(), { issuer: 'https://a', service_documentation: 'http://a' }, { jwks_uri: 'http://a' }],
  [publishesNoSecret(), { keys: [rsa(2048)] }, { keys: [{ kty: 'EC', d: '‹secret:key#1›' }] }],
  [publishesNoSecret(), { keys: [{ kty: 'EC', x: 'x' }] }, { keys: [{ kty: 'oct' }] }],
  [namesTypes(), { keys: [rsa(2048)] }, { keys: [{ kid: '1' }] }],
  [keepsKidsApart(), { keys: [{ kid: '1' }, { kid: '2' }, {}, {}] }, { keys: [{ kid: '1' }, { kid: '1' }] }],
  [namesUses(), { keys: [{ kty: 'RSA' }, { use: 'sig' }] }, { keys: [{ kty: 'RSA' }, { use: 'enc' }] }],
  [hasLongKeys(), { keys: [rsa(2048), { kty: 'EC' }] }, { keys: [rsa(1024)] }],
])('$0.id', (oracle, good, bad) => {
  expect(holds(oracle, good)).toBe('yes');
  expect(holds(oracle, bad)).toBe('no');
  expect(holds(oracle, '{"issuer":')).toBe('unknown');
});

test('answersDocument wants JSON that says so', () => {
  expect(holds(answersDocument(), {}, [['Content-Type', 'application/json; charset=utf-8']])).toBe('yes');
  expect(holds(answersDocument(), {}, [['Content-Type', 'application/jwk-set+json']])).toBe('yes');
  expect(holds(answersDocument(), {}, [['Content-Type', 'text/html']])).toBe('no');
});

test('a set without keys is no good one', () => {
  expect(holds(publishesNoSecret(), { keys: [] })).toBe('no');
});
