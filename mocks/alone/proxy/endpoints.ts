import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { Endpoint } from '../../../harness/model/parties.ts';

/** Where metadata says that endpoints are (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
const members: { readonly [member: string]: Endpoint } = {
  jwks_uri: 'jwks',
  token_endpoint: 'token',
  introspection_endpoint: 'introspection',
  revocation_endpoint: 'revocation',
  authorization_endpoint: 'authorization',
  userinfo_endpoint: 'userinfo',
  pushed_authorization_request_endpoint: 'pushed-authorization',
  device_authorization_endpoint: 'device-authorization',
  backchannel_authentication_endpoint: 'backchannel-authentication',
  registration_endpoint: 'registration',
  end_session_endpoint: 'end-session',
  check_session_iframe: 'check-session',
};

/** The places that tell where the others are; an issuer's path stands before or behind them. */
const discovery = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?:\/|$)/;

/** @param path with or without a query */
export const isDiscovery = (path: string) => discovery.test(path.split('?', 1).join());

/** Which endpoint an URL is, as far as the discovery of its IdP has told. */
export interface Endpoints {
  /** @param path with or without a query */
  at(origin: string, path: string): Endpoint;
  /** Reads what an IdP says of itself, if this is it. */
  learn(path: string, answer: HttpAnswer): void;
}

/** More than any IdP has; whatever comes then is not learnt. */
const most = 10_000;

export function createEndpoints(): Endpoints {
  const known = new Map<string, Endpoint>();
  return {
    at(origin, path) {
      const [plain = ''] = path.split('?', 1);
      if (discovery.test(plain)) return 'discovery';
      if (plain.endsWith('/.well-known/webfinger')) return 'webfinger';
      return known.get(origin + plain) ?? 'other';
    },
    learn(path, { status, body }) {
      if (status !== 200 || !isDiscovery(path)) return;
      for (const [member, value] of Object.entries(objectIn(body))) {
        const endpoint = members[member];
        if (endpoint === undefined || typeof value !== 'string' || !URL.canParse(value)) continue;
        const { origin, pathname } = new URL(value);
        if (known.size < most) known.set(origin + pathname, endpoint);
      }
    },
  };
}

function objectIn(body: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
