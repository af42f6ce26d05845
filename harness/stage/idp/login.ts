import { createHash } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { FailwellError } from '../../model/error.ts';
import type { HttpAnswer, HttpRequest } from '../../model/http.ts';
import type { Page } from '../../model/page.ts';
import type { Authorize, RequestObject } from '../../model/step.ts';
import type { IdpWiring } from '../../model/target.ts';
import { formEncoded } from '../user-agent/form-encoded.ts';
import type { ConsoleLine } from '../user-agent/tab.ts';
import type { AgentRequest, UserAgent } from '../user-agent/user-agent.ts';
import { type Arrival, walk } from '../user-agent/walk.ts';
import { clientOf, type Occasion } from './ask.ts';
import { changed, filledIn, type Known, type Pairs, valuesOf } from './changes.ts';
import { walkInBrowser } from './in-browser.ts';
import type { Kept } from './kept.ts';
import type { Came } from './outcome.ts';
import { inFront, personOf } from './person.ts';

/** An authorization request and what the client remembers of it. */
interface Begun {
  readonly request: AgentRequest;
  readonly kept: Kept;
  /** The redirect URI that is asked for, if it is one at all. */
  readonly asked: string | undefined;
}

/** The right authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1), changed. */
function authorizationRequest(step: Authorize, scope: string, occasion: Occasion, known: Known): Begun {
  const { metadata, wiring, manners, random } = occasion;
  const role = step.client ?? 'confidential';
  const client = clientOf(wiring.clients, role);
  const [state, nonce, verifier] = [random.hex(16), random.hex(16), random.hex(32)];
  const more = Object.entries(manners.authorizationParameters ?? {}).map(
    ([name, value]) => [name, filledIn(value, { audience: wiring.audience })] as const,
  );
  const own = new Set(more.map(([name]) => name));
  const right: Pairs = [
    ['response_type', 'code'],
    ['client_id', client.id],
    ['redirect_uri', client.redirectUris[0] ?? ''],
    ['scope', scope],
    ['state', state],
    ['nonce', nonce],
    ...(step.pkce === false
      ? []
      : ([
          ['code_challenge', createHash('sha256').update(verifier).digest('base64url')],
          ['code_challenge_method', 'S256'],
        ] as const)),
  ];
  const named = { ...known, client_id: client.id, issuer: metadata.issuer, code_verifier: verifier };
  // Who does not ask for an ID token has no nonce for one.
  const asksOpenid = valuesOf('scope', step.parameters?.scope, scope, named).some((one) =>
    one.split(' ').includes('openid'),
  );
  const fitting = asksOpenid ? right : right.filter(([name]) => name !== 'nonce');
  const pairs = changed([...fitting.filter(([name]) => !own.has(name)), ...more], step.parameters, named);
  const sent = (name: string) => pairs.find(([other]) => other === name)?.[1];
  const [asked, challenge] = [sent('redirect_uri'), sent('code_challenge')];
  const url = new URL(metadata.at('authorization'));
  const encoded = formEncoded(step.byReference === undefined ? pairs : referenced(step.byReference, pairs, occasion));
  const post = step.method === 'POST';
  if (!post) url.search = [url.search.slice(1), encoded].filter((part) => part !== '').join('&');
  return {
    request: {
      method: step.method ?? 'GET',
      url: url.href,
      headers: changed(post ? [['Content-Type', 'application/x-www-form-urlencoded']] : [], step.headers, known),
      ...(post && { body: encoded }),
    },
    kept: {
      client: role,
      ...(asked !== undefined && { redirect_uri: asked }),
      ...(sent('state') !== undefined && { state }),
      ...(sent('nonce') !== undefined && { nonce }),
      ...(challenge !== undefined && { code_verifier: verifier, code_challenge: challenge }),
    },
    asked,
  };
}

/**
 * The parameters in a request object that the client publishes, and what stands beside the reference to it: what OAuth 2.0
 * requires of every authorization request (RFC 9101 §5, OpenID Connect Core §6.2).
 */
function referenced({ claims, signed, jwt, unregistered }: RequestObject, pairs: Pairs, occasion: Occasion): Pairs {
  const { metadata, now, key, publish, known } = occasion;
  if (key === undefined || publish === undefined)
    throw new FailwellError('usage', "This IdP fetches no request objects: ask for the capability 'request-uri'.");
  const stated = Object.fromEntries(pairs);
  const iat = Math.floor(now / 1000);
  const right = { ...stated, iss: stated.client_id ?? '', aud: metadata.issuer, iat, exp: iat + 300 };
  const object = key.sign(claims?.(right) ?? right, signed, 'oauth-authz-req+jwt');
  const uri = publish(
    valuesOf('request object', jwt, object, known)[0] ?? '',
    unregistered ? 'unregistered' : 'registered',
  );
  const beside = ['client_id', 'response_type', 'scope'];
  return [...pairs.filter(([name]) => beside.includes(name)), ['request_uri', uri]];
}

/** Sends a user to the authorization endpoint and takes what comes back to the client. */
export async function authorize(options: {
  readonly step: Authorize;
  /** The scope that the right request asks for. */
  readonly scope: string;
  readonly occasion: Occasion;
  readonly user: IdpWiring['user'];
  readonly agent: UserAgent;
  /** What other steps have got, for parameters that name it. */
  readonly known: Known;
  readonly signal: AbortSignal;
  /** Told of the request with which it begins. */
  readonly begun: (request: HttpRequest) => void;
  /** Told of the page that the user is left with. */
  readonly shown: (page: Page) => void;
  /** The browser of a login that needs a real one, and what its console shows. */
  readonly browser: Browser | undefined;
  readonly log: (line: ConsoleLine) => void;
}): Promise<Came> {
  const { step, occasion, agent, signal, shown } = options;
  const { request, kept, asked } = authorizationRequest(step, options.scope, occasion, options.known);
  const { origin: home, pathname, search } = new URL(request.url);
  const { method, headers = [], body = '' } = request;
  options.begun({ method, path: pathname + search, headers, body: new TextEncoder().encode(body) });
  const registered = clientOf(occasion.wiring.clients, step.client ?? 'confidential').redirectUris;
  const stops = (url: string) =>
    new URL(url).origin !== home || [...registered, asked].some((uri) => leadsTo(url, uri));
  const { user: does = 'consents' } = step;
  const person = personOf(options.user, does);
  const { login } = occasion.manners;
  if (typeof login === 'object' && 'browser' in login) {
    const { browser, log } = options;
    if (browser === undefined) return { outcome: 'indeterminate', detail: 'no browser was started' };
    const leaves = does === 'leaves';
    const walked = await walkInBrowser({ browser, login, person, leaves, agent, request, signal, stops, log });
    return cameOf(walked.arrival, registered, kept, shown, walked.refused);
  }
  const somebody = inFront(person, login);
  const act = does === 'leaves' ? () => undefined : somebody.act;
  const arrival = await walk({ agent, request, signal, stops, act });
  return cameOf(arrival, registered, kept, shown, somebody.refused);
}

/** Whether a URL is that redirect URI with a response. */
const leadsTo = (url: string, uri: string | undefined) =>
  uri !== undefined && uri !== '' && (url === uri || url.startsWith(`${uri}?`) || url.startsWith(`${uri}#`));

function cameOf(
  arrival: Arrival,
  registered: readonly string[],
  kept: Kept,
  shown: (page: Page) => void,
  refused: boolean,
): Came {
  switch (arrival.at) {
    case 'nothing':
      return { outcome: 'indeterminate', detail: arrival.sent.error?.code ?? arrival.sent.end };
    case 'nowhere':
      return { outcome: 'indeterminate', detail: arrival.why };
    case 'page': {
      const { page, answer } = arrival;
      shown(page);
      const title = page.html.title === '' ? '' : ` '${page.html.title}'`;
      if (page.status >= 400) return { outcome: 'refused', detail: `${page.status} page${title}${errorIn(answer)}` };
      if (refused) return { outcome: 'refused', detail: `${page.status} page${title} that says no` };
      return { outcome: 'indeterminate', detail: `${page.status} page${title}` };
    }
    case 'elsewhere':
      return response(arrival, registered, kept);
  }
}

function errorIn({ body }: HttpAnswer): string {
  const [, code] = /"error"\s*:\s*"([\w.-]{1,100})"/.exec(new TextDecoder().decode(body.slice(0, 4096))) ?? [];
  return code === undefined ? '' : ` ${code}`;
}

/** An authorization response (RFC 6749 §4.1.2), wherever it went. */
function response(
  { url, posted }: Extract<Arrival, { at: 'elsewhere' }>,
  registered: readonly string[],
  kept: Kept,
): Came {
  const { searchParams, hash, origin, pathname } = new URL(url);
  const all = [...searchParams, ...new URLSearchParams(hash.slice(1)), ...(posted ?? [])];
  const get = (name: string) => all.find(([other]) => other === name)?.[1];
  const [code, error] = [get('code'), get('error')];
  const away = registered.some((uri) => leadsTo(url, uri)) ? '' : ` at ${origin}${pathname}`;
  if (error !== undefined) return { outcome: 'refused', detail: `${error}${away}` };
  const token = get('access_token') ?? get('id_token');
  if (code === undefined && token === undefined)
    return { outcome: 'indeterminate', detail: `led to ${origin}${pathname} with neither a code nor an error` };
  const state = kept.state === undefined || get('state') === kept.state ? '' : ', state not returned';
  return {
    outcome: 'accepted',
    detail: `${code === undefined ? 'tokens' : 'a code'}${away}${state}`,
    kept: { ...kept, ...(code !== undefined && { code }) },
  };
}
