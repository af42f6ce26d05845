import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { json, methodNotAllowed } from '../http/answer.ts';
import type { Keyring } from '../tokens/keyring.ts';

/** The JWK Set (RFC 7517 §5): public halves only. */
export const jwks: EndpointDefinition = {
  name: 'jwks',
  paths: (base) => [`${base}/jwks`],
  crossOrigin: true,
  handle({ method }, { keyring, through }) {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    const { set, answer } = correct(keyring.published);
    const changed = through('jwks', set);
    return changed === set ? answer : json(200, { ...changed });
  },
  metadata: ({ endpoints }) => ({ jwks_uri: endpoints.jwks }),
};

interface Document {
  readonly set: { readonly keys: readonly JsonObject[] };
  readonly answer: HttpAnswer;
}

const documents = new WeakMap<Keyring['published'], Document>();

/** Keys change far less often than they are asked for, so their document is written once. */
function correct(published: Keyring['published']): Document {
  let document = documents.get(published);
  if (!document) {
    const set = { keys: published.map(({ publicJwk }) => publicJwk) };
    document = { set, answer: json(200, set) };
    documents.set(published, document);
  }
  return document;
}
