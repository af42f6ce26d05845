import type { Agent } from 'undici';
import type { ClientWiring } from '../../../harness/model/target.ts';
import { type Document, fetchDocument, type Question } from '../gateway/fetch.ts';
import { cacheKeys, type KeySource, keysIn } from '../gateway/keys.ts';
import { type Choice, checkSignature, chooseKeys, verify } from '../gateway/signature.ts';
import { checkCritical, type Jwt, parseToken } from '../gateway/token.ts';
import { authorizationRequest, checkResponseIssuer, checkState, codeOf, newLogin } from './authorization.ts';
import { callApi } from './call.ts';
import { renewsRefused, type Session } from './deeds.ts';
import { checkMetadata, discover, keepMetadata, type MetadataSource } from './discovery.ts';
import { classify } from './failure.ts';
import {
  checkAccessTokenHash,
  checkIdAudience,
  checkIdAuthorizedParty,
  checkIdExpiry,
  checkIdIssuedAt,
  checkIdIssuer,
  checkIdSubject,
  checkIdToken,
  checkNonce,
} from './id-token.ts';
import { explain, write } from './log.ts';
import type { Limits } from './settings.ts';
import { authenticate, checkTokens, oauthError, readTokens, requestTokens } from './token-endpoint.ts';
import { askUserInfo, checkUserInfo, readUserInfo } from './userinfo.ts';

/** Keeps the issuer's keys; an unknown kid has them fetched again (OIDC Core §10.1.1). */
function keepKeys(client: Client): KeySource {
  return cacheKeys(
    client.limits,
    () => client.parts.fetchKeys(client),
    (cause) => client.log('stderr', `level=warn cause="${cause}"`),
  );
}

/** The issuer's keys, from where its metadata says. */
async function fetchKeys(client: Client) {
  const { jwks_uri: url } = await client.metadata.current();
  const until = performance.now() + client.limits.idpDeadline;
  return keysIn(await client.parts.fetchDocument(client, { what: 'JWKS', url, until }));
}

/** Parts that the gateway has, too. Here they are shown the whole client. */
const common: {
  readonly fetchDocument: (client: Client, question: Question) => Promise<Document>;
  readonly parseToken: (token: string, client: Client) => Jwt | undefined;
  readonly chooseKeys: (jwt: Jwt, client: Client) => Promise<Choice>;
} = { fetchDocument, parseToken, chooseKeys };

/**
 * Everything that the client does, as small parts that find one another through `Client`. A variant of the client is
 * another record: `{ ...correct, checkState: (_, pending) => pending }`.
 */
export const correct = {
  ...common,
  keepMetadata,
  discover,
  checkMetadata,
  keepKeys,
  fetchKeys,
  newLogin,
  authorizationRequest,
  checkState,
  checkResponseIssuer,
  codeOf,
  authenticate,
  requestTokens,
  readTokens,
  oauthError,
  checkTokens,
  checkIdToken,
  checkCritical,
  checkSignature,
  verify,
  checkIdIssuer,
  checkIdAudience,
  checkIdAuthorizedParty,
  checkIdExpiry,
  checkIdIssuedAt,
  checkIdSubject,
  checkNonce,
  checkAccessTokenHash,
  askUserInfo,
  readUserInfo,
  checkUserInfo,
  callApi,
  renewsRefused,
  classify,
  explain,
  write,
};

export type Parts = typeof correct;

/** A running client, as its parts see it. */
export interface Client {
  readonly wiring: ClientWiring;
  readonly limits: Limits;
  readonly parts: Parts;
  readonly metadata: MetadataSource;
  readonly keys: KeySource;
  /** By the name of the browser's session. */
  readonly sessions: Map<string, Session>;
  /** Until when a URL must not be asked, on `performance.now()`'s scale. */
  readonly quietUntil: Map<string, number>;
  /** Connections to the IdP and the API. */
  readonly agent: Agent;
  /** Aborted when the client stops. */
  readonly stopped: AbortSignal;
  log(stream: 'stdout' | 'stderr', line: string): void;
  /** Ends the client at once, connections and all. */
  end(reason: string): void;
}
