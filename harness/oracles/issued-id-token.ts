import type { EntryOf, History } from '../model/history.ts';
import type { Json } from '../model/json.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import {
  documentOf,
  entries,
  exchangesOfStep,
  fieldValues,
  judgedExchange,
  judgedStep,
  stimulusBegins,
} from './reading.ts';

type Claims = { readonly [claim: string]: Json | undefined };
interface Issued {
  readonly header: Claims;
  readonly claims: Claims;
  /** Those of the first ID token of the stimulus. */
  readonly first: Claims;
  readonly history: History;
}
/** What is wrong with it, nothing, or why nobody knows. */
type Said = string | undefined | { readonly unknown: string };

/** Every ID token that the stimulus got, in order: the same one twice where two answers brought it. */
function issuedIn(history: History): readonly EntryOf<'token'>[] {
  const [begins, ends] = [stimulusBegins(history), judgedStep(history)?.seq ?? 0];
  const tokens = entries(history, 'token');
  return entries(history, 'exchange')
    .filter(({ seq, link }) => seq > begins && seq < ends && link.startsWith('caller→'))
    .flatMap(({ exchange }) => {
      const [, ref] = /"id_token"\s*:\s*"‹token:([^›"]+)›"/.exec(exchange.response?.body.text ?? '') ?? [];
      return tokens.filter((token) => token.ref === ref);
    });
}

/** Asks something of the ID token that the judged step got. */
function ofIdToken(what: string, expected: string, judge: (issued: Issued) => Said): PairableOracle {
  return oracle(
    `idTokenHas(${what})`,
    (history) => {
      const all = issuedIn(history);
      const last = all.at(-1);
      const claims = last?.payload as Claims | undefined;
      if (last === undefined || claims === undefined) {
        const answered = judgedStep(history)?.outcome === 'accepted';
        return { holds: answered ? 'no' : 'unknown', observed: 'no ID token', expected, evidence: [] };
      }
      const [first] = all;
      const said = judge({
        header: (last.header ?? {}) as Claims,
        claims,
        first: (first?.payload ?? {}) as Claims,
        history,
      });
      const evidence = [last.seq];
      if (typeof said === 'object') return { holds: 'unknown', observed: said.unknown, expected, evidence };
      return { holds: said === undefined ? 'yes' : 'no', observed: said ?? expected, expected, evidence };
    },
    { good: `an ID token with ${expected}`, bad: 'an ID token without that' },
  );
}

const metadataIn = (history: History) => documentOf(history, /\/\.well-known\//);
const keysIn = (history: History) =>
  entries(history, 'exchange')
    .filter(({ seq }) => seq > stimulusBegins(history))
    .flatMap(({ exchange }) => {
      try {
        const { keys } = JSON.parse(exchange.response?.body.text ?? '') as { keys?: readonly Claims[] };
        return Array.isArray(keys) ? [keys as readonly Claims[]] : [];
      } catch {
        return [];
      }
    })
    .at(-1);

/** `iss` is the issuer of the metadata that an earlier step read. */
export const idTokenHasIssuer = () =>
  ofIdToken('issuer', 'iss of the metadata', ({ claims, history }) => {
    const issuer = metadataIn(history)?.issuer;
    if (issuer === undefined) return { unknown: 'no metadata were read' };
    return claims.iss === issuer ? undefined : `iss is ${JSON.stringify(claims.iss)}`;
  });

/** `aud` has the client of the authorization request. */
export const idTokenHasAudience = () =>
  ofIdToken('audience', 'the client in aud', ({ claims, history }) => {
    const asked = entries(history, 'exchange')
      .filter(({ seq, link }) => seq > stimulusBegins(history) && link.startsWith('caller→'))
      .map(({ exchange }) => new URLSearchParams(exchange.request?.path.replace(/^[^?]*\??/, '')).get('client_id'))
      .find((id) => id !== null);
    if (asked === undefined) return { unknown: 'nobody asked for authorization' };
    return [claims.aud].flat().includes(asked) ? undefined : `aud is ${JSON.stringify(claims.aud)}`;
  });

/** `sub` is a string of 1 to 255 ASCII characters. */
export const idTokenHasSubject = () =>
  ofIdToken('subject', 'sub of at most 255 ASCII characters', ({ claims: { sub } }) =>
    typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub)
      ? undefined
      : `sub is ${JSON.stringify(sub)?.slice(0, 60)}`,
  );

/** Seconds since 1970 by the `Date` of the answer, if it says so. */
function answeredAt(history: History): number | undefined {
  const [date] = fieldValues(judgedExchange(history)?.exchange.response?.headers ?? [], 'date');
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? undefined : at / 1000;
}

/** `exp` is a number behind the time of the answer. */
export const idTokenHasExpiry = () =>
  ofIdToken('expiry', 'exp ahead', ({ claims: { exp, iat }, history }) => {
    const now = answeredAt(history) ?? (typeof iat === 'number' ? iat : undefined);
    if (typeof exp !== 'number') return `exp is ${JSON.stringify(exp)}`;
    if (now === undefined) return { unknown: 'nothing says when it was issued' };
    return exp > now && exp < now + 366 * 86_400 ? undefined : `exp is ${exp}, the answer of ${now}`;
  });

/** `exp` is behind `iat`, whatever time it is: servers keep their `Date` for up to a second when their clock is moved. */
export const idTokenExpiresLater = () =>
  ofIdToken('a lifetime', 'exp behind iat', ({ claims: { exp, iat } }) =>
    typeof exp === 'number' && typeof iat === 'number' && exp > iat
      ? undefined
      : `iat is ${JSON.stringify(iat)}, exp ${JSON.stringify(exp)}`,
  );

/** `iat` is a number, and no further than five minutes from the time of the answer. */
export const idTokenHasIssuedAt = () =>
  ofIdToken('issued-at', 'iat of now', ({ claims: { iat }, history }) => {
    const now = answeredAt(history);
    if (typeof iat !== 'number') return `iat is ${JSON.stringify(iat)}`;
    return now === undefined || Math.abs(iat - now) < 300 ? undefined : `iat is ${iat}, the answer of ${now}`;
  });

/** `auth_time` is a number, and no later than `iat`. */
export const idTokenHasAuthTime = () =>
  ofIdToken('auth-time', 'auth_time', ({ claims: { auth_time, iat } }) =>
    typeof auth_time === 'number' && auth_time <= Number(iat) + 1
      ? undefined
      : `auth_time is ${JSON.stringify(auth_time)}`,
  );

/** `alg` is one that the metadata name, and not `none`. */
export const idTokenHasAlgorithm = () =>
  ofIdToken('algorithm', 'alg of the metadata', ({ header: { alg }, history }) => {
    const offered = metadataIn(history)?.id_token_signing_alg_values_supported;
    if (!Array.isArray(offered)) return { unknown: 'the metadata name no algorithm' };
    return alg !== 'none' && offered.includes(alg) ? undefined : `alg is ${JSON.stringify(alg)}`;
  });

/** `kid` names one key of the set that an earlier step read, of the type of `alg`; it may be missing where there is one key. */
export const idTokenHasKey = () =>
  ofIdToken('key', 'kid of a published key', ({ header: { kid, alg }, history }) => {
    const keys = keysIn(history);
    if (keys === undefined) return { unknown: 'no keys were read' };
    if (kid === undefined && keys.length === 1) return undefined;
    const named = keys.filter((key) => key.kid === kid);
    if (named.length !== 1) return `kid is ${JSON.stringify(kid)}, of ${named.length} keys`;
    const kinds: { readonly [alg: string]: string } = { RS: 'RSA', PS: 'RSA', ES: 'EC', Ed: 'OKP' };
    const wanted = kinds[String(alg).slice(0, 2)];
    return wanted === undefined || named[0]?.kty === wanted ? undefined : `alg is ${alg}, kty ${named[0]?.kty}`;
  });

/** This claim of a refreshed ID token is what the first one said. */
export const idTokenKeeps = (claim: 'iss' | 'sub' | 'aud' | 'auth_time') =>
  ofIdToken(`the first ${claim}`, `${claim} as before`, ({ claims, first, history }) => {
    if (issuedIn(history).length < 2) return { unknown: 'the refresh brought no ID token' };
    if (claim === 'auth_time' && (claims[claim] === undefined || first[claim] === undefined)) return undefined;
    const same = JSON.stringify([claims[claim]].flat()) === JSON.stringify([first[claim]].flat());
    return same ? undefined : `${claim} is ${JSON.stringify(claims[claim])}, was ${JSON.stringify(first[claim])}`;
  });

/** UserInfo is about the user of the ID token. */
export function userinfoIsOfSubject(): PairableOracle {
  const expected = 'sub of the ID token';
  return oracle(
    'userinfoIsOfSubject()',
    (history) => {
      const last = exchangesOfStep(history, judgedStep(history)?.step).at(-1);
      const [, sub] = /"sub"\s*:\s*"([^"]*)"/.exec(last?.exchange.response?.body.text ?? '') ?? [];
      const claims = issuedIn(history).at(-1)?.payload as Claims | undefined;
      if (claims === undefined || last === undefined)
        return { holds: 'unknown', observed: 'no ID token', expected, evidence: [] };
      return {
        holds: sub === claims.sub ? 'yes' : 'no',
        observed: sub === undefined ? 'no sub' : 'a sub',
        expected,
        evidence: [last.seq],
      };
    },
    { good: '{"sub":"248289761001"}, as in the ID token', bad: '{"email":"alice@example.com"}' },
  );
}
