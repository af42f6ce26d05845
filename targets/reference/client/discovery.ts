import { type Document, jsonObject, type Question, unusable } from '../gateway/fetch.ts';
import { Refusal } from '../gateway/refusal.ts';
import { shown } from '../gateway/text.ts';
import type { Client } from './parts.ts';

/** What the client needs of the issuer's metadata (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
export interface Metadata {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string;
  /** Its authorization responses carry `iss` (RFC 9207 §3). */
  readonly responsesNameIssuer: boolean;
}

/** Where the issuer's metadata comes from. */
export interface MetadataSource {
  /** Throws a `Refusal` when there is none of use. */
  current(): Promise<Metadata>;
  /** It is fetched again for the next question. */
  forget(): void;
}

/** Keeps the issuer's metadata. After a failure the next question waits, for as long as the IdP asks to be left alone. */
export function keepMetadata(client: Client): MetadataSource {
  const { limits } = client;
  let kept: { readonly metadata: Metadata; readonly at: number } | undefined;
  let failed: { readonly refusal: Refusal; readonly until: number } | undefined;
  return {
    forget() {
      kept = undefined;
    },
    async current() {
      const now = performance.now();
      if (kept && now - kept.at < limits.metadataCache) return kept.metadata;
      if (failed && now < failed.until) throw failed.refusal;
      try {
        const metadata = await client.parts.discover(client);
        kept = { metadata, at: now };
        failed = undefined;
        return metadata;
      } catch (error) {
        if (error instanceof Refusal && error.facts.retryAfter !== undefined)
          failed = { refusal: error, until: now + error.facts.retryAfter };
        throw error;
      }
    },
  };
}

/** Fetches the issuer's metadata. Throws a `Refusal` for what cannot be had or used. */
export async function discover(client: Client): Promise<Metadata> {
  const question: Question = {
    what: 'discovery document',
    url: `${client.wiring.issuer}/.well-known/openid-configuration`,
    until: performance.now() + client.limits.idpDeadline,
  };
  const document = await client.parts.fetchDocument(client, question);
  return client.parts.checkMetadata(document, client);
}

/** Discovery §4.3: the issuer "MUST be identical"; an endpoint without TLS would leak what is sent to it. */
export function checkMetadata(document: Document, { wiring }: Client): Metadata {
  const { question } = document;
  const metadata = jsonObject(document);
  if (metadata.issuer !== wiring.issuer) {
    throw unusable(question, `is not this issuer's: issuer is ${shown(metadata.issuer)}, expected '${wiring.issuer}'`);
  }
  const endpoint = (name: string) => {
    const url = metadata[name];
    if (typeof url === 'string' && URL.canParse(url) && url.startsWith('https://')) return url;
    throw unusable(
      question,
      `has ${name} ${url === undefined ? 'missing' : 'invalid'}: got ${shown(url)}, expected an https URL`,
    );
  };
  return {
    authorization_endpoint: endpoint('authorization_endpoint'),
    token_endpoint: endpoint('token_endpoint'),
    jwks_uri: endpoint('jwks_uri'),
    ...(metadata.userinfo_endpoint !== undefined && { userinfo_endpoint: endpoint('userinfo_endpoint') }),
    responsesNameIssuer: metadata.authorization_response_iss_parameter_supported === true,
  };
}
