import { STATUS_CODES } from 'node:http';
import type { Exchange, RecordedBody, Timings } from '../../harness/model/exchange.ts';
import type { EntryOf } from '../../harness/model/history.ts';
import type { Headers } from '../../harness/model/http.ts';
import { sentCookies, setCookies, valuesOf } from './cookies.ts';
import { parametersOf, partiesOf, urlOf, type Whereabouts } from './url.ts';

/** What links speak on both sides. */
const httpVersion = 'HTTP/1.1';
/** As Chrome names the type of what has none. */
const noType = 'x-unknown';

/**
 * An exchange as an entry of HAR 1.2. What the record does not know is absent or -1, as the format wants it. An exchange without an answer has the status 0 and `_error`, as Chrome writes failed
 * requests.
 *
 * @param about `began`: when the history began, in milliseconds since 1970; `pageref`: the phase, if it is of one
 */
export function harEntry(
  { link, exchange }: EntryOf<'exchange'>,
  about: { readonly began: number; readonly pageref: string | undefined; readonly where: Whereabouts },
) {
  const { began, pageref, where } = about;
  const { id, correlation, startedAt, endedAt, request, response, end, error, errors, timings, stream, faults } =
    exchange;
  const spent = timings && harTimings(timings);
  // The phases add up to it (HAR 1.2, entries).
  const time = micro(spent ? total(spent) : Math.max(0, endedAt - startedAt));
  return {
    ...(pageref !== undefined && { pageref }),
    startedDateTime: new Date(began + startedAt).toISOString(),
    time,
    request: harRequest(request, where, stream),
    response: harResponse(response, end === 'complete' ? undefined : (error?.code ?? end)),
    cache: {},
    timings: spent ?? unknownTimings(time),
    _id: id,
    _link: { name: link, ...partiesOf(link) },
    ...(correlation !== undefined && { _correlation: correlation }),
    _faults: faults,
    _end: end,
    ...(error && { _error: error }),
    ...(errors && { _errors: errors }),
    ...(stream && { _stream: stream }),
  };
}

/** There, `connect` holds the TLS handshake as well (HAR 1.2, timings). */
function harTimings({ blocked, dns = -1, connect, tls, send, wait, receive }: Timings) {
  const both = connect === undefined && tls === undefined ? -1 : micro((connect ?? 0) + (tls ?? 0));
  return { blocked, dns, connect: both, ssl: tls ?? -1, send, wait, receive };
}

function total({ ssl, ...parts }: ReturnType<typeof harTimings>): number {
  return Object.values(parts).reduce((sum, part) => sum + Math.max(0, part), 0);
}

/** Milliseconds to the microsecond. */
function micro(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

function unknownTimings(time: number) {
  return {
    blocked: -1,
    dns: -1,
    connect: -1,
    ssl: -1,
    // These three must not be negative (HAR 1.2, timings).
    send: 0,
    wait: time,
    receive: 0,
    comment: 'Begin and end are known; all between them stands under wait.',
  };
}

function harRequest(request: Exchange['request'], where: Whereabouts, stream: Exchange['stream']) {
  if (request === undefined)
    return {
      method: '-',
      url: urlOf('/', where),
      httpVersion: '',
      headers: [],
      cookies: [],
      queryString: [],
      headersSize: -1,
      bodySize: stream?.near ?? 0,
      comment: stream ? 'A connection that carries no HTTP.' : 'No request came: the connection never became HTTP.',
    };
  const { method, path, headers, body } = request;
  const query = path.indexOf('?');
  return {
    method,
    url: urlOf(path, where, valuesOf(headers, 'host')[0]),
    httpVersion,
    headers: harHeaders(headers),
    cookies: sentCookies(headers),
    queryString: query < 0 ? [] : parametersOf(path.slice(query + 1)),
    ...((body.bytes > 0 || body.text !== '') && { postData: postData(headers, body) }),
    headersSize: -1,
    bodySize: body.bytes,
  };
}

/** `params` beside `text`, as browsers write both. */
function postData(headers: Headers, body: RecordedBody) {
  const mimeType = valuesOf(headers, 'content-type')[0] ?? noType;
  const form = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mimeType.trim());
  return { mimeType, text: body.text, ...(form && { params: parametersOf(body.text) }), ...comment(headers, body) };
}

function harResponse(response: Exchange['response'], error: string | undefined) {
  const _error = error !== undefined && { _error: error };
  if (response === undefined)
    return {
      status: 0,
      statusText: '',
      httpVersion: '',
      headers: [],
      cookies: [],
      content: { size: 0, mimeType: noType },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ..._error,
    };
  const { status, headers, body } = response;
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion,
    headers: harHeaders(headers),
    cookies: setCookies(headers),
    content: {
      size: body.bytes,
      mimeType: valuesOf(headers, 'content-type')[0] ?? noType,
      text: body.text,
      ...comment(headers, body),
    },
    redirectURL: valuesOf(headers, 'location')[0] ?? '',
    headersSize: -1,
    bodySize: body.bytes,
    ..._error,
  };
}

/** What of a body is not as it was on the wire. */
function comment(headers: Headers, { cut, text }: RecordedBody): { readonly comment?: string } {
  const coded = valuesOf(headers, 'content-encoding').some((coding) => coding.toLowerCase() !== 'identity');
  const said = [
    ...(cut ? ['Cut: the text is only the beginning.'] : []),
    ...(coded ? ['The text is without its content coding, the size is that on the wire.'] : []),
    ...(text.includes('\ufffd') ? ['U+FFFD stands for what is no text.'] : []),
  ];
  return said.length === 0 ? {} : { comment: said.join(' ') };
}

function harHeaders(headers: Headers) {
  return headers.map(([name, value]) => ({ name, value }));
}
