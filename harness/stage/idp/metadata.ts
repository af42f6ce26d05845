import type { OpenLink } from '../../../mocks/links/link.ts';
import { FailwellError } from '../../model/error.ts';
import type { Headers } from '../../model/http.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Endpoint } from '../../model/parties.ts';

/** What an IdP says of itself, as far as the harness needs it. */
export interface Metadata {
  readonly issuer: string;
  readonly document: JsonObject;
  /** The `Date` of the answer that brought it (RFC 9110 §6.6.1). */
  readonly date?: string | undefined;
  /** The URL of an endpoint. Throws a `FailwellError` (`config`) when the IdP names none. */
  at(endpoint: Endpoint): string;
  /** Whether it names one. */
  has(endpoint: Endpoint): boolean;
  /** Which endpoint a path, with or without its query, belongs to. */
  endpointOf(path: string): Endpoint;
  readonly authenticationMethods: readonly string[] | undefined;
}

/** The members of the document by endpoint (RFC 8414 §2, OpenID Connect Discovery §3). */
const members: { readonly [E in Endpoint]?: string } = {
  authorization: 'authorization_endpoint',
  token: 'token_endpoint',
  introspection: 'introspection_endpoint',
  revocation: 'revocation_endpoint',
  userinfo: 'userinfo_endpoint',
  jwks: 'jwks_uri',
  registration: 'registration_endpoint',
  'end-session': 'end_session_endpoint',
  'pushed-authorization': 'pushed_authorization_request_endpoint',
  'device-authorization': 'device_authorization_endpoint',
};

/** Where a discovery document may be: OpenID Connect Discovery §4, RFC 8414 §3.1. */
function places(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
  ];
}

/**
 * Reads the discovery document of an issuer. Rejects with a `FailwellError` (`config`) when there is none, or when it is
 * another issuer's (RFC 8414 §3.3).
 */
export async function discover(
  issuer: string,
  link: Pick<OpenLink, 'send'>,
  headers: Headers,
  signal: AbortSignal,
): Promise<Metadata> {
  const tried: string[] = [];
  const failed: string[] = [];
  for (const url of new Set(places(issuer))) {
    const { pathname } = new URL(url);
    const { answer, error } = await link.send(
      { method: 'GET', path: pathname, headers: [['Accept', 'application/json'], ...headers], body: new Uint8Array() },
      { signal },
    );
    const document = answer?.status === 200 ? object(answer.body) : undefined;
    if (document !== undefined) {
      const date = answer?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
      return { ...metadataOf(issuer, document, url), date };
    }
    if (answer === undefined) failed.push(error?.code ?? 'no answer');
    tried.push(`${url} ${answer === undefined ? `came to ${error?.code ?? 'nothing'}` : `answered ${answer.status}`}`);
  }
  if (failed.length === tried.length) throw unreached(issuer, failed[0] ?? '');
  throw new FailwellError(
    'config',
    `No discovery document of ${issuer} was found (${tried.join('; ')}): correct the target's 'idp.issuer', or give it 'idp.metadata'.`,
  );
}

/** Codes of Node's TLS by which a certificate is not believed. */
const distrust = /CERT|SELF_SIGNED|ISSUER|ALTNAME|VERIFY/;

function unreached(issuer: string, code: string): FailwellError {
  const { origin } = new URL(issuer);
  const sentence = distrust.test(code)
    ? `The certificate of ${origin} is not trusted (${code}): give the target's driver the 'authority' that issued it, as in remote({ url, authority }), or mend the certificate.`
    : /^EPROTO|SSL|TLS|ECONNRESET|UND_ERR_SOCKET/.test(code)
      ? `${origin} ended the connection (${code}): correct http or https in its URL, or mend the server.`
      : `${origin} was not reached (${code}): start the server, or correct its URL.`;
  return new FailwellError('config', sentence);
}

/** @param from where the document was found */
export function metadataOf(issuer: string, document: JsonObject, from?: string): Metadata {
  if (document.issuer !== issuer) {
    throw new FailwellError(
      'config',
      `The discovery document at ${from ?? issuer} is of the issuer '${String(document.issuer)}' and not of '${issuer}': correct the target's 'idp.issuer'.`,
    );
  }
  const paths = new Map<string, Endpoint>();
  for (const [endpoint, member] of Object.entries(members) as [Endpoint, string][]) {
    const url = document[member];
    if (typeof url === 'string' && URL.canParse(url)) paths.set(new URL(url).pathname, endpoint);
  }
  if (from !== undefined) paths.set(new URL(from).pathname, 'discovery');
  const methods = document.token_endpoint_auth_methods_supported;
  return {
    issuer,
    document,
    at(endpoint) {
      const url = endpoint === 'discovery' ? from : document[members[endpoint] ?? ''];
      if (typeof url === 'string') return url;
      const named = members[endpoint] ?? endpoint;
      throw new FailwellError(
        'config',
        `The metadata of ${issuer} names no ${named}: let the target not declare the capability that needs it.`,
      );
    },
    has: (endpoint) => typeof document[members[endpoint] ?? ''] === 'string',
    endpointOf(path) {
      const bare = path.replace(/\?.*/s, '');
      return paths.get(bare) ?? 'other';
    },
    authenticationMethods: Array.isArray(methods) ? methods.map(String) : undefined,
  };
}

/** A JSON object in a body, if there is one. */
export function object(body: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
