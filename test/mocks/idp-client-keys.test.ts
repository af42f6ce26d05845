import type { JSONWebKeySet } from 'jose';
import { expect, test } from 'vitest';
import type { OutgoingAnswer } from '../../mocks/idp/outgoing.ts';
import { jwks, keys, registered, signed } from './idp-client-fixtures.ts';
import { read, world } from './idp-fixtures.ts';
import { tokenRequest } from './idp-flow-fixtures.ts';

const { jwks: _, ...keyless } = registered.keyJwt;
const client = { ...keyless, jwksUri: 'https://app.example/jwks' };
const set = (one: JSONWebKeySet) => ({ status: 200, body: Buffer.from(JSON.stringify(one)) });

/** An IdP whose client's keys come from these answers, in turn. */
async function asking(...answers: readonly (OutgoingAnswer | Error)[]) {
  let fetches = 0;
  const { idp } = await world({
    clients: [client],
    async call() {
      const answer = answers[Math.min(fetches, answers.length - 1)] as OutgoingAnswer | Error;
      fetches += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  let count = 0;
  return {
    fetches: () => fetches,
    async by(key: typeof keys.es256) {
      count += 1;
      const client_assertion = await signed(registered.keyJwt, { jti: `number ${count}` }, key);
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      const form = { grant_type: 'client_credentials', client_assertion_type, client_assertion };
      const { error_description: why } = read(await idp.handle(tokenRequest(form, null)));
      return why ?? 'granted';
    },
  };
}

test("a client's keys are fetched once, and again for a key that is not among them", async () => {
  const it = await asking(set(jwks(keys.es256)), set(jwks(keys.rs256)));
  expect([await it.by(keys.es256), await it.by(keys.es256)]).toEqual(['granted', 'granted']);
  expect(it.fetches()).toBe(1);
  expect(await it.by(keys.rs256)).toBe('granted');
  expect(it.fetches()).toBe(2);
  expect(await it.by(keys.es256)).toContain('No registered key fits the header');
});

test('a key that stands nowhere is looked for once', async () => {
  const it = await asking(set(jwks(keys.rs256)));
  expect(await it.by(keys.es256)).toContain('No registered key fits the header');
  expect(await it.by(keys.rs256)).toBe('granted');
  expect(it.fetches()).toBe(1);
});

test.each([
  ['nothing', new Error('refused'), 'could not be fetched: refused'],
  ['an error', { status: 503, body: new Uint8Array() }, 'was answered with 503'],
  ['a page', { status: 200, body: Buffer.from('<!doctype html>') }, 'was not answered with a JWK Set'],
  ['no keys', { status: 200, body: Buffer.from('{"keys":[]}') }, 'was not answered with a JWK Set'],
])('%s in place of the keys lets nobody in, and is not kept', async (_, answer, why) => {
  const it = await asking(answer, set(jwks(keys.es256)));
  expect(await it.by(keys.es256)).toContain(why);
  expect(await it.by(keys.es256)).toBe('granted');
});
