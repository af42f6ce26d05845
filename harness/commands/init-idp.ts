/** What a target of an IdP that runs elsewhere says, and what was found out about it in a sentence. */
export async function remoteTarget(issuer: string): Promise<{ readonly text: string; readonly said: string }> {
  const document = await discovered(issuer);
  const capabilities = capabilitiesOf(document ?? {});
  const said =
    document === undefined
      ? `${issuer} has no discovery document that could be read from here: check what the target says that it can do.`
      : `Read its discovery document: it can do ${capabilities.filter((name) => name !== 'unlogged').join(', ')}.`;
  const refreshes = capabilities.includes('refresh-token');
  // OpenID Connect Core §11: it must be consented to, so it is asked for. It comes first, as the last is left out at times.
  const offline = refreshes && has(document ?? {}, 'scopes_supported', 'offline_access');
  const scope = offline ? 'offline_access openid' : 'openid';
  const prompt = offline ? "\n    authorizationParameters: { prompt: 'consent' }," : '';
  const grants = ['authorization_code', ...(refreshes ? ['refresh_token'] : [])].map((grant) => `'${grant}'`);
  const text = `import { defineTarget, remote } from 'failwell';

export default defineTarget({
  id: 'mine/idp',
  role: 'idp',
  summary: 'our IdP at ${issuer}',
  // What scenarios may ask of it; 'failwell list scenarios --role idp --json' shows what each needs.
  capabilities: [
${capabilities.map((name) => `    '${name}',`).join('\n')}
  ],
  declares: {},
  idp: {
    issuer: () => '${issuer}',
    // A client and a user that it knows for tests: registered for this, and nobody's own.
    given: {
      clients: {
        confidential: {
          id: process.env.IDP_CLIENT_ID ?? 'failwell',
          secret: process.env.IDP_CLIENT_SECRET ?? '',
          redirectUris: [process.env.IDP_REDIRECT_URI ?? 'https://client.example/callback'],
          grantTypes: [${grants.join(', ')}],
          scope: '${scope}',
        },
      },
      user: {
        username: process.env.IDP_USER ?? 'alice',
        password: process.env.IDP_PASSWORD ?? '',
        email: process.env.IDP_EMAIL ?? 'alice@example.com',
      },
      scope: '${scope}',
    },
    scope: '${scope}',${prompt}
    // Requests leave at least so far apart.
    pace: '50ms',
  },
  // Its tokens are revoked and its users logged out behind a run. An authority of your own: { url, authority: pem }.
  driver: remote({ url: '${issuer}' }),
});
`;
  return { text, said };
}

interface Discovered {
  readonly [member: string]: unknown;
}

/** Its discovery document (OpenID Connect Discovery §4), where it can be read. */
async function discovered(issuer: string): Promise<Discovered | undefined> {
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5_000),
    });
    const document: unknown = await answer.json();
    return typeof document === 'object' && document !== null ? (document as Discovered) : undefined;
  } catch {
    return undefined;
  }
}

function has(document: Discovered, member: string, value: string): boolean {
  const values = document[member];
  return Array.isArray(values) && values.includes(value);
}

function capabilitiesOf(document: Discovered): readonly string[] {
  const found: readonly (readonly [capability: string, is: boolean])[] = [
    ['authorization-code', true],
    ['openid', true],
    ['client-secret', true],
    ['refresh-token', has(document, 'grant_types_supported', 'refresh_token')],
    ['pkce', has(document, 'code_challenge_methods_supported', 'S256')],
    ['introspection', 'introspection_endpoint' in document],
    ['revocation', 'revocation_endpoint' in document],
    ['userinfo', 'userinfo_endpoint' in document],
    ['form-post', has(document, 'response_modes_supported', 'form_post')],
    ['response-iss', document.authorization_response_iss_parameter_supported === true],
    ['unlogged', true],
  ];
  return found.filter(([, is]) => is).map(([capability]) => capability);
}
