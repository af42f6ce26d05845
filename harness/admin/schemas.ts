import { z } from 'zod';
import { isPublicSet } from '../../mocks/idp/registration/registration-metadata.ts';
import type { Lifetimes, Policy } from '../model/issuing.ts';
import type { Json } from '../model/json.ts';
import { endpoints } from '../model/parties.ts';

/** A text in a request; nothing sensible is longer. */
const text = z.string().min(1).max(2048);
const texts = z.array(text).max(100);
const seconds = z.number().min(0).max(1e10);
const json = z.record(z.string(), z.unknown());

const time = String.raw`\d{1,12}(\.\d{1,6})?(ms|s|m|h|d)`;

/** A length of time. */
const duration = z
  .string()
  .regex(new RegExp(`^${time}$`), "expected a length of time like '30s'")
  .meta({ id: 'Duration', description: 'A number and ms, s, m, h or d.', examples: ['30s'] });

/** A length of time, forth or back. */
export const shift = z
  .string()
  .regex(new RegExp(`^-?${time}$`), "expected a length of time like '30s' or '-5m'")
  .meta({ id: 'Shift', description: 'A duration; with a minus sign, back.', examples: ['30s', '-5m'] });

const keySet = z
  .object({ keys: z.array(json).min(1).max(50) })
  .refine((value) => isPublicSet(value as unknown as Json), 'expected a JWK Set of public keys');

/** Everything that can be registered about a client (RFC 7591 §2, in camel case). */
export const clientMembers = {
  id: text,
  secret: text.optional(),
  public: z.literal(true).optional(),
  redirectUris: texts.optional(),
  grantTypes: texts.optional(),
  responseTypes: texts.optional(),
  scope: text.optional(),
  tokenEndpointAuthMethod: z
    .enum([
      ...(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'] as const),
      ...(['tls_client_auth', 'self_signed_tls_client_auth', 'none'] as const),
    ])
    .optional(),
  tokenEndpointAuthSigningAlg: text.optional(),
  tlsClientAuthSubjectDn: text.optional(),
  tlsClientAuthSanDns: text.optional(),
  tlsClientAuthSanUri: text.optional(),
  tlsClientAuthSanIp: text.optional(),
  tlsClientAuthSanEmail: text.optional(),
  jwks: keySet.optional(),
  jwksUri: text.optional(),
  subjectType: z.enum(['public', 'pairwise']).optional(),
  idTokenSignedResponseAlg: text.optional(),
  idTokenEncryptedResponseAlg: text.optional(),
  idTokenEncryptedResponseEnc: text.optional(),
  userinfoSignedResponseAlg: text.optional(),
  userinfoEncryptedResponseAlg: text.optional(),
  userinfoEncryptedResponseEnc: text.optional(),
  introspectionSignedResponseAlg: text.optional(),
  introspectionEncryptedResponseAlg: text.optional(),
  introspectionEncryptedResponseEnc: text.optional(),
  accessTokenFormat: z.enum(['jwt', 'opaque']).optional(),
  accessTokenSigningAlg: text.optional(),
  customClaims: json.optional().describe('Further claims of its access tokens.'),
  dpopBoundAccessTokens: z.boolean().optional(),
  tlsClientCertificateBoundAccessTokens: z.boolean().optional(),
  postLogoutRedirectUris: texts.optional(),
  frontchannelLogoutUri: text.optional(),
  frontchannelLogoutSessionRequired: z.boolean().optional(),
  backchannelLogoutUri: text.optional(),
  backchannelLogoutSessionRequired: z.boolean().optional(),
  defaultMaxAge: seconds.optional(),
  defaultAcrValues: texts.optional(),
  requirePushedAuthorizationRequests: z.boolean().optional(),
  requireSignedRequestObject: z.boolean().optional(),
  requestObjectSigningAlg: text.optional(),
  requestUris: texts.optional(),
  authorizationSignedResponseAlg: text.optional(),
  authorizationEncryptedResponseAlg: text.optional(),
  authorizationEncryptedResponseEnc: text.optional(),
  authorizationDetailsTypes: texts.optional(),
  profile: json.optional(),
  backchannelTokenDeliveryMode: z.enum(['poll', 'ping']).optional(),
  backchannelClientNotificationEndpoint: text.optional(),
  backchannelUserCodeParameter: z.boolean().optional(),
};

export const client = z.strictObject(clientMembers).meta({ id: 'Client' });

export const user = z
  .strictObject({
    sub: text.max(255).describe('Subject identifier (OIDC Core §2).'),
    username: text,
    password: text,
    userCode: text.optional().describe('What a client must know of this user to ask by CIBA.'),
    claims: json.describe('Standard claims (OIDC Core §5.1), given out by scope.'),
    customClaims: json.optional().describe('Further claims of all tokens about this user and of UserInfo.'),
  })
  .meta({ id: 'User' });

const lifetimes = z.strictObject({
  accessToken: seconds.optional(),
  idToken: seconds.optional(),
  code: seconds.optional(),
  refreshTokenIdle: seconds.optional(),
  refreshTokenAbsolute: seconds.optional(),
  deviceCode: seconds.optional(),
  requestUri: seconds.optional(),
} satisfies { readonly [M in keyof Lifetimes]: z.ZodType });

const insists = z.boolean().optional();
const policy = z.strictObject({
  matchesRedirectUris: insists,
  freesLoopbackPorts: insists,
  authenticatesClients: insists,
  limitsGrants: insists,
  verifiesPkce: insists,
  demandsPkce: insists,
  codesSingleUse: insists,
  bindsCodes: insists,
  bindsRefreshTokens: insists,
  rotatesRefreshTokens: insists,
  limitsScopes: insists,
  keepsRefreshScope: insists,
  refusesUnknownScopes: insists,
  revokesOnReplay: insists,
  bindsRevocation: insists,
  heedsRevocation: insists,
  refetchesClientKeys: insists,
  limitsRequestUris: insists,
  verifiesRequestObjects: insists,
} satisfies { readonly [M in keyof Policy]: z.ZodType });

/** What can be said of a tenant in JSON. */
export const tenantMembers = {
  audience: text.optional().describe('What access tokens are for when nobody names another API.'),
  scope: text.optional().describe('Space-delimited scope values of that API.'),
  clients: z.array(client).min(1).max(1000).optional(),
  users: z.array(user).min(1).max(10_000).optional(),
  fakeUsers: z.int().min(0).max(10_000).optional().describe('How many made-up people can log in besides.'),
  lifetimes: lifetimes.optional().describe('Seconds.'),
  policy: policy.optional().describe('What it does not insist on.'),
  autoLogin: z.boolean().optional().describe('Users are logged in and consent without a page.'),
  acrValues: texts.min(1).optional(),
  plainPkce: z.boolean().optional(),
  signingAlgs: texts.min(1).optional(),
  accessTokenFormat: z.enum(['jwt', 'opaque']).optional(),
  resources: texts.optional().describe('APIs that tokens can be for, besides `audience`.'),
  authorizationDetailsTypes: texts.optional(),
  requirePushedRequests: z.boolean().optional(),
  requireSignedRequests: z.boolean().optional(),
  legacy: z
    .array(z.enum(['password', 'implicit']))
    .optional()
    .describe('Grants that OAuth 2.1 has left behind.'),
  trustedIssuers: z
    .array(z.strictObject({ issuer: text, jwks: keySet }))
    .optional()
    .describe('Whose assertions are worth tokens (RFC 7523).'),
  pollingInterval: seconds.optional().describe('Seconds between two polls (RFC 8628, CIBA).'),
  registration: z.strictObject({ initialAccessToken: text.optional() }).optional(),
  corsOrigins: texts.optional(),
  dpopNonce: z.enum(['required', 'offered', 'off']).optional(),
  clientAuthorities: z.array(z.string().max(65_536)).optional().describe('PEM (RFC 8705).'),
};

/** The documents and functions of an IdP. */
export const endpoint = z.enum(endpoints).meta({ id: 'Endpoint' });

const schedule = z
  .discriminatedUnion('when', [
    z.strictObject({ when: z.literal('always') }),
    z.strictObject({ when: z.literal('first'), count: z.int().min(1) }),
    z.strictObject({ when: z.literal('every'), nth: z.int().min(1) }),
    z.strictObject({ when: z.literal('between'), from: duration.optional(), to: duration.optional() }),
    z.strictObject({ when: z.literal('chance'), probability: z.number().min(0).max(1) }),
  ])
  .meta({
    id: 'Schedule',
    description:
      'When a fault acts. Numbers count the occasions on which it would change something; times run from its placing.',
  });

/** A fault and when and where it acts. */
export const placementMembers = {
  fault: text.describe('Id of a fault of the catalogue.'),
  schedule: schedule.optional().describe('Always, when absent.'),
  at: endpoint.optional().describe('Only at this endpoint.'),
  only: z
    .strictObject({
      client: text.optional(),
      token: z.string().min(1).max(65_536).optional(),
      request: z.int().min(1).optional(),
    })
    .optional()
    .describe('Only for this client, token or request number; not for faults on the wire.'),
};

/** Something that happens at a time. */
export const timelineStep = z
  .discriminatedUnion('do', [
    z.strictObject({
      at: duration,
      do: z.literal('place'),
      fault: text,
      options: z.strictObject({ schedule: placementMembers.schedule, at: placementMembers.at }).optional(),
    }),
    z.strictObject({ at: duration, do: z.literal('clear'), fault: text }),
    z.strictObject({ at: duration, do: z.literal('rotate-keys') }),
    z.strictObject({ at: duration, do: z.literal('drop-old-keys') }),
  ])
  .meta({ id: 'TimelineStep' });

export { json, text };
