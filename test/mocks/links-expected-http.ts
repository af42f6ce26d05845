import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import { drips } from '../../mocks/faults/links/delivery.ts';
import { type Expected, form, right, type Table, text, values } from './links-expected.ts';

const faults = linkFaults
  .filter(({ layer }) => layer === 'http')
  .map((fault) => (fault.id === 'http/drip' ? drips({ bytesPerSecond: 2000 }) : fault));

/** The answer says this of a field; a pattern, or nothing at all. */
const says = (name: string, what: RegExp | undefined, more: Expected = {}): Expected => ({
  ...more,
  saw: ({ headers }) => {
    const value = headers?.[name];
    if (what) expect([value].flat().join(', ')).toMatch(what);
    else expect(value).toBeUndefined();
  },
});
const arrives = (far: Expected['far']): Expected => ({ ...(far && { far }) });
/** The far end gets a field so often, by its exact name. */
const field = (name: string, times: number): Expected =>
  arrives(({ headers }) => expect(headers.filter(([other]) => other === name)).toHaveLength(times));
/** Both undici and Node read with llhttp, which gives up; curl differs. */
const unreadable = (curl: RegExp | null): Expected => ({
  code: { undici: /^(HTTPParserError|UND_ERR_\w+)$/, 'node:https': /^HPE_\w+$/, curl },
});
const cut = (code = /^(UND_ERR_SOCKET|ECONNRESET|curl:18)$/): Expected => ({ end: 'truncated', code });
const near = (name: string, at: number): Expected => ({
  saw: ({ headers }) => {
    const off = Date.parse(String(headers?.[name])) - Date.now() - at;
    // Whole seconds, and however long the answer took.
    expect(off).toBeLessThan(1000);
    expect(off).toBeGreaterThan(-30_000);
  },
});

/** curl shows an interim answer and then the final one; `undici` takes no 100 that it has not asked for. */
const interim = (status: number): Expected => ({
  code: { undici: status === 100 ? /^UND_ERR_SOCKET$/ : null },
  status: expect.toBeOneOf([status, 200]) as never,
  saw: (saw, client) => {
    if (client === 'curl') expect(text(saw)).toContain('HTTP/1.1 200');
    else if (!saw.code) expect(text(saw)).toBe(right);
  },
});

const expected: { readonly [id: string]: Expected } = {
  'http/redirect-nowhere': says('location', undefined, { status: 302 }),
  'http/content-type-text-plain': says('content-type', /^text\/plain$/),
  'http/content-type-text-html': says('content-type', /^text\/html$/),
  'http/content-type-application-octet-stream': says('content-type', /^application\/octet-stream$/),
  'http/content-type-missing': says('content-type', undefined),
  'http/content-type-doubled': {
    told: ({ headers }) => expect(values(headers, 'content-type')).toEqual(['application/json', 'text/html']),
    // Node knows the first of them only.
    saw: ({ headers }, client) =>
      expect([headers?.['content-type']].flat()).toEqual(
        client === 'node:https' ? ['application/json'] : ['application/json', 'text/html'],
      ),
  },
  'http/charset-utf-16': { saw: ({ body }) => expect(body?.toString('utf16le')).toBe(`\ufeff${right}`) },
  'http/charset-unknown': says('content-type', /charset=x-none$/),
  'http/request-authorization-dropped': field('Authorization', 0),
  'http/request-authorization-doubled': field('Authorization', 2),
  'http/request-authorization-recased': field('AUTHORIZATION', 1),
  'http/request-content-type-dropped': field('Content-Type', 0),
  'http/request-content-type-doubled': field('Content-Type', 2),
  'http/request-content-type-recased': field('CONTENT-TYPE', 1),
  ...Object.fromEntries(
    ['X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-For'].flatMap((name) => {
      const id = `http/request-${name.toLowerCase()}`;
      return [
        [`${id}-dropped`, field(name, 0)],
        [`${id}-doubled`, field(name, 2)],
        [`${id}-recased`, field(name.toUpperCase(), 1)],
      ];
    }),
  ),
  'http/request-cookie-dropped': field('Cookie', 0),
  'http/request-x-forwarded-host-set': arrives(({ headers }) =>
    expect(values(headers, 'x-forwarded-host')).toEqual(['attacker.example']),
  ),
  'http/request-x-forwarded-proto-set': arrives(({ headers }) =>
    expect(values(headers, 'x-forwarded-proto')).toEqual(['http']),
  ),
  'http/request-method-get': arrives(({ method, body }) => expect([method, body.byteLength]).toEqual(['GET', 0])),
  'http/request-method-put': arrives(({ method, body }) => expect([method, String(body)]).toEqual(['PUT', form])),
  'http/request-body-dropped': arrives(({ method, body }) => expect([method, body.byteLength]).toEqual(['POST', 0])),
  'http/request-body-json': arrives(({ headers, body }) => {
    expect(values(headers, 'content-type')).toEqual(['application/json']);
    expect(JSON.parse(String(body))).toEqual({ grant_type: 'client_credentials', scope: 'a b' });
  }),
  'http/request-body-multipart': arrives(async ({ headers, body }) => {
    const sent = new Response(Buffer.from(body), { headers: headers.map(([name, value]) => [name, value]) });
    expect([...(await sent.formData())]).toEqual([...new URLSearchParams(form)]);
  }),
  'http/request-query-dropped': arrives(({ path }) => expect(path).toBe('/jwks')),
  'http/request-slash-appended': arrives(({ path }) => expect(path).toBe('/jwks/?a=1')),
  'http/truncated': { ...cut(), status: 200 },
  'http/reset-mid-answer': { end: 'reset', code: /^(UND_ERR_SOCKET|ECONNRESET|curl:56)$/ },
  'http/reset-before-answer': { end: 'reset', code: /^(UND_ERR_SOCKET|ECONNRESET|curl:(52|56))$/ },
  'http/close-before-answer': cut(/^(UND_ERR_SOCKET|ECONNRESET|curl:52)$/),
  'http/hang': { end: 'hung', code: /^(TIMEOUT|curl:28)$/, told: (answer) => expect(answer).toBeUndefined() },
  'http/stall-mid-answer': {
    end: 'hung',
    code: /^(TIMEOUT|curl:28)$/,
    told: ({ body }) => expect(body.byteLength).toBe(Math.floor(right.length / 2)),
  },
  'http/drip': { saw: (saw) => expect(text(saw)).toBe(right), takes: 150 },
  'http/length-missing': says('content-length', undefined),
  'http/length-too-small': {
    code: { 'node:https': /^HPE_/ },
    saw: (saw) => saw.code ?? expect(text(saw)).toBe(right.slice(0, Math.floor(right.length / 2))),
  },
  'http/length-twice': unreadable(/^curl:(18|8)$/),
  'http/length-garbage': unreadable(/^curl:8$/),
  'http/chunk-size-garbage': unreadable(/^curl:56$/),
  'http/last-chunk-missing': { code: /^(UND_ERR_SOCKET|ECONNRESET|curl:18)$/ },
  'http/length-and-chunks': unreadable(null),
  'http/status-line-garbage': unreadable(/^curl:(1|8)$/),
  'http/version-unknown': unreadable(/^curl:1$/),
  'http/reason-missing': { saw: (saw) => expect(text(saw)).toBe(right) },
  'http/headless': { ...unreadable(/^curl:1$/), end: 'truncated' },
  'http/field-injected': says('x-injected', /^yes$/, {
    told: ({ headers }) => expect(values(headers, 'x-request-id')[0]).toContain('\r\n'),
  }),
  'http/bare-cr': unreadable(null),
  'http/nul-in-field': unreadable(/^curl:8$/),
  'http/space-before-colon': unreadable(null),
  'http/folded-field': unreadable(null),
  'http/field-oversized': unreadable(/^curl:(27|56)$/),
  'http/many-fields': unreadable(/^curl:56$/),
  'http/interim-100': interim(100),
  'http/interim-102': interim(102),
  'http/interim-103': interim(103),
  'http/interim-103-flood': { status: expect.toBeOneOf([103, 200]) as never },
  'http/switching-protocols': { end: 'truncated', code: /^(UND_ERR_SOCKET|UPGRADED|curl:\d+)$/ },
  'http/gzip-garbage': { saw: ({ body }) => expect(() => gunzipSync(body!)).toThrow('incorrect header') },
  'http/gzip-cut': { saw: ({ body }) => expect(() => gunzipSync(body!)).toThrow('unexpected end') },
  'http/gzip-plain': says('content-encoding', /^gzip$/),
  'http/gzip-unsaid': {
    saw: ({ headers, body }) =>
      expect([headers?.['content-encoding'], String(gunzipSync(body!))]).toEqual([undefined, right]),
  },
  'http/gzip-twice': { saw: ({ body }) => expect(String(gunzipSync(gunzipSync(body!)))).toBe(right) },
  'http/gzip-bomb': {
    saw: ({ body }) => {
      expect(body!.byteLength).toBeLessThan(100_000);
      expect(gunzipSync(body!).byteLength).toBe(64 * 1024 * 1024);
    },
  },
  'http/coding-unknown': says('content-encoding', /^x-none$/),
  'http/proxy-forbidden': says('via', /proxy/, { status: 403 }),
  'http/proxy-authentication-required': says('proxy-authenticate', /Basic/, { status: 407 }),
  'http/captive-portal': says('content-type', /^text\/html$/, { status: 511 }),
  'http/cors-missing': says('access-control-allow-origin', undefined),
  'http/cors-wildcard': says('access-control-allow-origin', /^\*$/),
  'http/cors-other-origin': says('access-control-allow-origin', /^https:\/\/other\.example$/),
  'http/cors-doubled': {
    told: ({ headers }) => expect(values(headers, 'access-control-allow-origin')).toHaveLength(2),
    // Node joins them.
    saw: ({ headers }) =>
      expect([headers?.['access-control-allow-origin']].flat().join(', ')).toBe(
        'https://app.example, https://app.example',
      ),
  },
  'http/cors-null': says('access-control-allow-origin', /^null$/),
  'http/cors-credentials-missing': says('access-control-allow-credentials', undefined),
  'http/cors-headers-missing': says('access-control-allow-headers', undefined),
  'http/cors-methods-missing': says('access-control-allow-methods', undefined),
  'http/cors-preflight-refused': { status: 401 },
  'http/cookies-stripped': says('set-cookie', undefined),
  'http/cookies-other-domain': says('set-cookie', /^sid=1; Path=\/; SameSite=Lax; Domain=other\.example$/),
  'http/cookies-other-path': says('set-cookie', /^sid=1; SameSite=Lax; Path=\/nowhere$/),
  'http/cookies-expired': says('set-cookie', /Max-Age=0$/),
  'http/cookies-same-site-strict': says('set-cookie', /^sid=1; Path=\/; SameSite=Strict$/),
  'http/cache-stale': says('age', /^604800$/),
  'http/cache-for-ever': says('cache-control', /^public, max-age=31536000, immutable$/),
  'http/cache-never': says('expires', /^0$/),
  'http/date-ahead': near('date', 600_000),
  'http/date-behind': near('date', -600_000),
  'http/date-garbage': says('date', /^yesterday$/),
};

function expectationOf({ id }: AnyFault): Expected | undefined {
  const status = /^http\/status-(\d+)$/.exec(id)?.[1];
  if (status) {
    const body = status === '204' || status === '304' ? '' : right;
    return { status: Number(status), saw: (saw) => expect(text(saw)).toBe(body) };
  }
  const [, what, code = '302'] = /^http\/redirect-(elsewhere|loop)-?(\d+)?$/.exec(id) ?? [];
  if (what) return says('location', what === 'loop' ? /^\?again$/ : /\.invalid\/$/, { status: Number(code) });
  const [, away, hint = ''] = /^http\/(rate-limited|unavailable(?:-for-now)?)-?(.*)$/.exec(id) ?? [];
  if (away) {
    const status = away === 'rate-limited' ? 429 : 503;
    if (hint === 'date') return { ...near('retry-after', 2000), status };
    if (hint === 'no-hint' || away === 'unavailable') return says('retry-after', undefined, { status });
    return says('retry-after', { absurd: /^31536000$/, garbage: /^soon$/ }[hint] ?? /^1$/, { status });
  }
  return expected[id];
}

export const http: Table = { faults, expectationOf };
