import { stripVTControlCharacters } from 'node:util';
import type { EndError, Exchange, RecordedBody } from '../model/exchange.ts';
import type { Entry, Occurrence, Recording } from '../model/history.ts';
import type { Headers } from '../model/http.ts';
import type { Json } from '../model/json.ts';
import type { Secrets } from './secrets.ts';
import { learnFromWire } from './wire.ts';

/** What a body may take up in a record, and a header field or a log line. Characters. */
const bodyLimit = 16 * 1024;
const lineLimit = 8 * 1024;
/** What is looked at of a line that is longer, so that a secret on the edge is still seen whole. */
const looked = 4 * lineLimit;

/** Is given each exchange with its secrets as well, for whoever must see them; no record holds those. */
export type Keep = (redacted: Exchange, withSecrets: Exchange) => void;

/** A recording that is under way. */
export interface StartedRecording extends Recording {
  /** When it began, by its clock. */
  readonly began: number;
}

/**
 * Begins the history of one scenario. Every text that somebody else wrote is redacted on its way in, after what the
 * wire shows for the first time has been learnt; a `token` entry goes before the first entry in which a token shows.
 * A secret that appears in a log line before any wire showed it stays as it is there.
 */
export function startHistory(options: {
  readonly secrets: Secrets;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Gets every entry as it is recorded. */
  readonly emit?: (entry: Entry) => void;
  readonly keep?: Keep | undefined;
}): StartedRecording {
  const { secrets, now, emit, keep } = options;
  const began = now();
  const entries: Entry[] = [];
  const shown = new Set<string>();

  const push = (occurrence: Occurrence): Entry => {
    const entry: Entry = { seq: entries.length, at: rounded(now() - began), ...occurrence };
    entries.push(entry);
    emit?.(entry);
    return entry;
  };

  const showTokens = (seen: Set<string>) => {
    for (const ref of seen) {
      const facts = shown.has(ref) ? undefined : secrets.token(ref);
      if (facts === undefined) continue;
      shown.add(ref);
      const { header, payload, digest } = facts;
      push({
        kind: 'token',
        ref,
        ...redactedJson('header', header, secrets),
        ...redactedJson('payload', payload, secrets),
        digest,
      });
    }
  };

  return {
    began,
    entries,
    record(occurrence) {
      const seen = new Set<string>();
      const clean = redacted(occurrence, secrets, (text) => secrets.redact(text, seen));
      if (seen.size > 0) showTokens(seen);
      if (clean.kind === 'exchange' && occurrence.kind === 'exchange') keep?.(clean.exchange, occurrence.exchange);
      return push(clean);
    },
  };
}

/** The occurrence without secrets. Names that the harness itself gives (faults, steps, links) stay as they are. */
function redacted(occurrence: Occurrence, secrets: Secrets, redact: (text: string) => string): Occurrence {
  switch (occurrence.kind) {
    case 'log':
      return { ...occurrence, line: shortened(redact(printable(occurrence.line)), lineLimit) };
    case 'exchange':
      learnFromWire(secrets, occurrence.exchange);
      return { ...occurrence, exchange: redactedExchange(occurrence.exchange, redact) };
    case 'step-begun':
      return { ...occurrence, does: redact(occurrence.does) };
    case 'step':
      return {
        ...occurrence,
        does: redact(occurrence.does),
        detail: redact(occurrence.detail),
        took: rounded(occurrence.took),
        ...(occurrence.token !== undefined && { token: redact(occurrence.token) }),
      };
    case 'page':
      return {
        ...occurrence,
        url: redact(occurrence.url),
        text: shortened(redact(occurrence.text.split('\n').map(printable).join('\n')), bodyLimit),
      };
    case 'told':
      return { ...occurrence, text: shortened(redact(printable(occurrence.text)), bodyLimit) };
    case 'target':
      return { ...occurrence, detail: shortened(redact(printable(occurrence.detail)), lineLimit) };
    case 'measure':
      return { ...occurrence, milliseconds: rounded(occurrence.milliseconds) };
    case 'attribution-doubt':
      return { ...occurrence, why: redact(occurrence.why) };
    default:
      return occurrence;
  }
}

function redactedExchange(exchange: Exchange, redact: (text: string) => string): Exchange {
  const { request, response, error, errors } = exchange;
  const said = <E extends EndError>(at: E): E => ({ ...at, message: shortened(redact(at.message), lineLimit) });
  const body = ({ text, bytes, cut }: RecordedBody): RecordedBody => {
    const clean = redact(text);
    const short = shortened(clean, bodyLimit);
    return { text: short, bytes, ...((cut || short !== clean) && { cut: true }) };
  };
  const { method = '', path = '' } = request ?? {};
  const [cleanMethod = '', cleanPath = '', ...requestFields] = fields(
    [method, path, ...(request?.headers.flat() ?? [])],
    redact,
  );
  return {
    ...exchange,
    ...(request && {
      request: { method: cleanMethod, path: cleanPath, headers: pairs(requestFields), body: body(request.body) },
    }),
    ...(response && {
      response: { ...response, headers: pairs(fields(response.headers.flat(), redact)), body: body(response.body) },
    }),
    ...(error && { error: said(error) }),
    ...(errors && {
      errors: { ...(errors.near && { near: said(errors.near) }), ...(errors.far && { far: said(errors.far) }) },
    }),
  };
}

/** Many short texts at once, which takes a fraction of the time. */
function fields(texts: readonly string[], redact: (text: string) => string): string[] {
  const together = redact(texts.join('\n')).split('\n');
  // Only what never was a header field holds a line feed.
  const clean = together.length === texts.length ? together : texts.map(redact);
  return clean.map((text) => shortened(text, lineLimit));
}

function pairs(texts: readonly string[]): Headers {
  return Array.from({ length: texts.length / 2 }, (_, i) => [texts[2 * i] ?? '', texts[2 * i + 1] ?? ''] as const);
}

/** Milliseconds to the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** A line as a terminal would show it: without escape sequences, colours and control characters. */
function printable(line: string): string {
  const bounded = line.length > looked ? line.slice(0, looked) : line;
  return /\p{Cc}/u.test(bounded) ? stripVTControlCharacters(bounded).replace(/[\p{Cc}--\t]/gv, '') : bounded;
}

/** The beginning of a text; a marker or a character pair on the edge stays whole. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf('‹', limit - 1) > text.lastIndexOf('›', limit - 1) ? text.indexOf('›', limit) + 1 : 0;
  const cut = end > 0 && end - limit < 200 ? end : limit;
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut);
}

function redactedJson(
  name: 'header' | 'payload',
  value: Json | undefined,
  secrets: Secrets,
): { readonly [name: string]: Json } {
  if (value === undefined) return {};
  try {
    const text = JSON.stringify(value);
    const clean = secrets.redact(text);
    return { [name]: clean === text ? value : (JSON.parse(clean) as Json) };
  } catch {
    return {};
  }
}
