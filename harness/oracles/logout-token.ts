import type { EntryOf, History } from '../model/history.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { entries, exchangesTo, judgedStep } from './reading.ts';

/** Requests that told a client of a logout, in order (Back-Channel Logout 1.0 §2.5). */
function tellings(history: History): readonly EntryOf<'exchange'>[] {
  return exchangesTo(history, 'client').filter(
    ({ exchange: { request } }) => request?.method === 'POST' && /(?:^|&)logout_token=/.test(request.body.text),
  );
}

type Token = Pick<EntryOf<'token'>, 'header' | 'payload'>;

/** What a token says whose marker stands in a text. */
function tokenIn(text: string, history: History): Token | undefined {
  const ref = /‹token:([^/›]+)/.exec(decodeURIComponent(text.replaceAll('+', ' ')))?.[1];
  return entries(history, 'token').find((token) => token.ref === ref);
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject)[name] : undefined;

const event = 'http://schemas.openid.net/event/backchannel-logout';
const isObject = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value);
const seconds = (value: Json | undefined) => typeof value === 'number' && Number.isFinite(value);

/** What a logout token must say (Back-Channel Logout 1.0 §2.4); `about` is the ID token of the login that ended. */
const rules = {
  issuer: {
    expected: 'iss as in the ID token',
    right: (it, about) => it('iss') !== undefined && it('iss') === about('iss'),
  },
  audience: {
    expected: 'the client in aud',
    right: (it, about) => [it('aud') ?? []].flat().some((one) => [about('aud') ?? []].flat().includes(one)),
  },
  'issued-at': { expected: 'iat as a number', right: (it) => seconds(it('iat')) },
  expiry: { expected: 'exp as a number', right: (it) => seconds(it('exp')) },
  id: { expected: 'a jti', right: (it) => typeof it('jti') === 'string' && it('jti') !== '' },
  event: { expected: `events with an object for ${event}`, right: (it) => isObject(member(it('events'), event)) },
  who: {
    expected: 'sub or sid, as in the ID token',
    right: (it, about) => {
      const [sub, sid] = [it('sub'), it('sid')];
      if (sub === undefined && sid === undefined) return false;
      const same = (name: string, value: Json | undefined) => value === undefined || value === about(name);
      return same('sub', sub) && (about('sid') === undefined || same('sid', sid));
    },
  },
  nonce: { expected: 'no nonce', right: (it) => it('nonce') === undefined },
} as const satisfies {
  readonly [rule: string]: { readonly expected: string; readonly right: (it: Claims, about: Claims) => boolean };
};

type Claims = (name: string) => Json | undefined;

/** The client was told of the logout by a logout token that keeps this rule. Without one the history does not tell. */
export function logoutToken(rule: keyof typeof rules): PairableOracle {
  const { expected, right } = rules[rule];
  return oracle(
    `logoutToken(${rule})`,
    (history) => {
      const [told] = tellings(history);
      const token = told && tokenIn(told.exchange.request?.body.text ?? '', history);
      if (told === undefined || token === undefined)
        return { holds: 'unknown', observed: 'no logout token', expected, evidence: [] };
      const about = entries(history, 'token').find(({ ref }) => ref.startsWith('id_token'));
      const claims: Claims = (name) => member(token.payload, name);
      const holds = right(claims, (name) => member(about?.payload, name));
      return {
        holds: holds ? 'yes' : 'no',
        observed: `a logout token with ${JSON.stringify(token.payload)}`,
        expected,
        evidence: [told.seq],
      };
    },
    { good: `a logout token with ${expected}`, bad: 'a logout token without it' },
  );
}

/** The client was told of the logout at all, while the step lasted or soon after. */
export function tellsClient(): PairableOracle {
  const expected = 'a POST with logout_token at the client';
  return oracle(
    'tellsClient()',
    (history) => {
      const told = tellings(history);
      if (judgedStep(history) === undefined)
        return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return {
        holds: told.length > 0 ? 'yes' : 'no',
        observed: told.length > 0 ? 'the client was told' : 'the client heard nothing',
        expected,
        evidence: told.map(({ seq }) => seq),
      };
    },
    { good: 'POST /backchannel-logout · logout_token=…', bad: 'nothing reaches the client' },
  );
}

/** The client could use the logout token: its signature was by a published key of the IdP, for this client. */
export function clientBelievesLogout(): PairableOracle {
  const expected = 'a logout token that its client can verify';
  return oracle(
    'clientBelievesLogout()',
    (history) => {
      const told = tellings(history).at(-1);
      const response = told?.exchange.response;
      if (told === undefined || response === undefined)
        return { holds: 'unknown', observed: 'no logout token was answered', expected, evidence: [] };
      const why = /"error_description":"([^"]*)"/.exec(response.body.text)?.[1] ?? '';
      return {
        holds: response.status < 300 ? 'yes' : 'no',
        observed: `the client answered ${response.status}${why === '' ? '' : `: ${why}`}`,
        expected,
        evidence: [told.seq],
      };
    },
    { good: 'HTTP/1.1 200 OK from the client', bad: 'HTTP/1.1 400 Bad Request · signature verification failed' },
  );
}
