import { createCodes } from './authorization/codes.ts';
import { createInteractions, type LogoutInteraction } from './authorization/interactions.ts';
import { createPushedRequests } from './authorization/pushed-requests.ts';
import { boundedMap } from './bounded.ts';
import { createAssertions } from './client-authentication/assertions.ts';
import { authorityOf } from './client-authentication/certificate.ts';
import type { Household } from './endpoint.ts';
import { offeredGrants } from './grants/index.ts';
import type { IdpOptions } from './options.ts';
import { createGuesses } from './other-device/guesses.ts';
import { createPendingRequests } from './other-device/pending.ts';
import { createClientKeys } from './registration/client-keys.ts';
import { createClients } from './registration/clients.ts';
import { createRegistrations } from './registration/registrations.ts';
import { createDpop } from './sender-constraint/dpop.ts';
import { createSessions } from './sessions/sessions.ts';
import { createUsers, defaultUsers } from './sessions/users.ts';
import { createFamilies } from './tokens/families.ts';
import { createKeyring } from './tokens/keyring.ts';
import { algorithmsFor, usualAlgorithm } from './tokens/signing.ts';
import { createTokens } from './tokens/tokens.ts';

/** Everything that an IdP holds, new. Rejects with a `FailwellError` (`config`) for an algorithm that nothing here can sign with. */
export async function furnish(options: IdpOptions): Promise<Omit<Household, 'endpoints'>> {
  const { issuer, audience, scope, random, attackerUrl } = options;
  const { signingAlgs = ['RS256', 'ES256'], legacy = [] } = options;
  const algs = [...signingAlgs, ...options.clients.flatMap(algorithmsFor)] as [string, ...string[]];
  const keyring = await createKeyring(random, options.keySlot ?? 0, algs);
  const tokens = createTokens(issuer, keyring);
  const clients = createClients(options.clients, (client) => {
    // Published at once: clients that hold a JWK Set may be slow to look for new keys.
    for (const alg of algorithmsFor(client)) void keyring.keyFor(alg);
  });
  return {
    issuer,
    attackerUrl,
    audience,
    random,
    scopes: scope.split(' ').filter(Boolean),
    challengeMethods: options.plainPkce ? ['S256', 'plain'] : ['S256'],
    acrs: options.acrValues ?? ['1'],
    resources: options.resources,
    authorizationDetailsTypes: options.authorizationDetailsTypes ?? [],
    requires: { pushed: options.requirePushedRequests ?? false, signed: options.requireSignedRequests ?? false },
    pushedRequests: createPushedRequests(random),
    userinfoRequests: boundedMap(),
    autoLogin: options.autoLogin ?? false,
    clientAlg: usualAlgorithm(signingAlgs),
    accessTokenFormat: options.accessTokenFormat ?? 'jwt',
    clients,
    clientKeys: createClientKeys(),
    logouts: createInteractions<LogoutInteraction>(issuer, random),
    registrations: createRegistrations(clients, random),
    registrationPolicy: options.registration ?? {},
    call: options.call,
    assertions: createAssertions(options.assertions),
    users: createUsers(options.users ?? defaultUsers),
    keyring,
    tokens,
    sessions: createSessions(issuer, random),
    interactions: createInteractions(issuer, random),
    codes: createCodes(random),
    families: createFamilies(random, tokens.revoke),
    pending: createPendingRequests(random, options.pollingInterval),
    deviceInteractions: createInteractions(issuer, random),
    guesses: createGuesses(),
    legacy,
    grants: offeredGrants({ legacy }, options.grants),
    trustedIssuers: options.trustedIssuers ?? [],
    dpop: createDpop(options.dpopNonce ?? 'off', random.hex(32)),
    pairwiseSalt: random.hex(16),
    mtlsOrigin: options.mtlsOrigin,
    clientCertificates: options.clientCertificates ?? Boolean(options.mtlsOrigin ?? options.clientAuthorities?.length),
    clientAuthorities: (options.clientAuthorities ?? []).map(authorityOf),
  };
}
