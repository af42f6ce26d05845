import type { AskIdp, Authorize, Change, Changes, ClientAuthentication, Lifetime } from '../../model/step.ts';

export const lifetimes: { readonly [L in Lifetime]: string } = {
  codeLifetime: 'code',
  accessTokenLifetime: 'access token',
  refreshTokenLifetime: 'refresh token',
};

const deeds: { readonly [W in AskIdp['what']]: string } = {
  redeem: 'redeem the code',
  refresh: 'use the refresh token',
  'client-credentials': 'ask for a token by client credentials',
  token: 'ask the token endpoint',
  introspect: 'introspect the token',
  'revoke-at-idp': 'revoke the token',
  userinfo: 'ask for UserInfo',
  discovery: 'read the discovery document',
  jwks: 'read the key set',
};

/** A request to the IdP in words. */
export function describeAsk(step: AskIdp): string {
  const { of, client, authentication, token, parameters, query, method, headers, encoding, body, until } = step;
  return sentence(
    deeds[step.what],
    of && of !== 'login' && `of '${of}'`,
    token && token !== 'access_token' && `(the ${token})`,
    client && `as the ${client} client`,
    authentication && authenticating(authentication),
    changed('with', parameters),
    step.in === 'query' && 'with its parameters in the URL',
    changed('and in the URL', query),
    method && `by ${method}`,
    changed('with the fields', headers),
    encoding && encoding !== 'form' && (encoding === 'none' ? 'without a body' : `as ${encoding}`),
    body !== undefined && 'with another body',
    until && `until it is ${until.outcome}`,
  );
}

/** An authorization request and its login in words. */
export function describeAuthorize(step: Authorize): string {
  const { keep, client, parameters, pkce, method, headers, user = 'consents', browser } = step;
  return sentence(
    'authorize',
    keep && keep !== 'login' && `'${keep}'`,
    client && `for the ${client} client`,
    pkce === false && 'without PKCE',
    changed('with', parameters),
    method && `by ${method}`,
    changed('with the fields', headers),
    browser && `in the browser '${browser}'`,
    user !== 'consents' && `where the user ${user}`,
  );
}

function authenticating({ by, id, secret, header, encoded, claims, assertion }: ClientAuthentication): string {
  return sentence(
    'authenticated',
    by && `by ${by}`,
    id !== undefined && `with ${one('client_id', id)}`,
    secret !== undefined && (secret === null ? 'without a secret' : 'with another secret'),
    header !== undefined && 'with another Authorization',
    encoded === false && 'not form-encoded',
    claims && 'with other claims',
    assertion !== undefined && (assertion === null ? 'without an assertion' : 'with another assertion'),
  );
}

const changed = (before: string, changes: Changes | undefined): string | undefined => {
  const all = Object.entries(changes ?? {}).map(([name, change]) => one(name, change));
  return all.length === 0 ? undefined : `${before} ${all.join(', ')}`;
};

function one(name: string, change: Change): string {
  if (change === null) return `no ${name}`;
  if (typeof change === 'function') return `another ${name}`;
  return [change]
    .flat()
    .map((value) => `${name}=${value.length > 60 ? `${value.slice(0, 60)}…` : value}`)
    .join(' and ');
}

const sentence = (...parts: readonly (string | false | undefined)[]) =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
