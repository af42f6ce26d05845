import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { challenge, metadataUrl, type ProtectedResource, resourceMetadata } from './protected-resource.ts';

/** Fields by which a gateway tells an API who is calling. */
const identity =
  /^(authorization|cookie|x-(user|auth|access|forwarded|remote|consumer|credential|client|token|ssl).*|remote-user)$/i;

interface Api {
  handle(request: HttpRequest): Promise<HttpAnswer>;
}

/**
 * The protected API behind a gateway. It answers every request with 200 and says what reached it: method, path and
 * the identity fields, of those that carry credentials only the first word.
 * @param about publishes this as its metadata (RFC 9728), and asks for credentials where there are none; whether they
 * are right it does not know
 */
export function createApi(about?: ProtectedResource): Api {
  const place = about && new URL(metadataUrl(about));
  const wellKnown = place && `${place.pathname}${place.search}`;
  return {
    async handle({ method, path, headers }) {
      if (about && path === wellKnown) return described(about, method);
      if (about && !headers.some(([name]) => name.toLowerCase() === 'authorization')) return challenge(about);
      const seen = headers.filter(([name]) => identity.test(name)).map(([name, value]) => [name, shown(name, value)]);
      return answer(JSON.stringify({ method, path, identity: seen }), headers);
    },
  };
}

/** What it says, in JSON; to a scraper of metrics as a comment of the format that it reads. */
function answer(said: string, headers: HttpRequest['headers']): HttpAnswer {
  const scraped = headers.some(([name, value]) => name.toLowerCase() === 'accept' && value.includes('openmetrics'));
  const type = scraped ? 'text/plain; version=0.0.4' : 'application/json';
  return { status: 200, headers: [['content-type', type]], body: Buffer.from(scraped ? `# ${said}\n` : said) };
}

/** Pages of any origin may read it: without it they do not know whom to ask for a token. */
function described(about: ProtectedResource, method: string): HttpAnswer {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: [['allow', 'GET, HEAD']], body: nothing };
  const body = method === 'HEAD' ? nothing : Buffer.from(JSON.stringify(resourceMetadata(about)));
  const headers = [['content-type', 'application/json'] as const, ['access-control-allow-origin', '*'] as const];
  return { status: 200, headers, body };
}

const nothing = new Uint8Array();

// The API must not be the one that leaks the token.
const shown = (name: string, value: string) =>
  /authorization|cookie|token/i.test(name) ? (/^[A-Za-z]+(?= )/.exec(value)?.[0] ?? '…') : value;
