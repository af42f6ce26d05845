import type { Exchange } from '../model/exchange.ts';
import type { Entry, EntryOf, History } from '../model/history.ts';
import type { Headers } from '../model/http.ts';

/** The entries of one kind, in order. */
export function entries<K extends Entry['kind']>(history: History, kind: K): readonly EntryOf<K>[] {
  return history.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

/** The step that is judged: the last of the stimulus that is no part of a parallel one. */
export function judgedStep(history: History): EntryOf<'step'> | undefined {
  return entries(history, 'step').findLast(({ phase, actor }) => phase === 'stimulus' && actor === undefined);
}

/** Where the stimulus begins: the target has nothing to answer for before it. */
export function stimulusBegins(history: History): number {
  return entries(history, 'step-begun').find(({ phase }) => phase === 'stimulus')?.seq ?? Number.POSITIVE_INFINITY;
}

/** The correlations of the controls. What carries one of them is not the stimulus's doing. */
export function controls(history: History): ReadonlySet<string> {
  return new Set(
    history.flatMap((entry) =>
      (entry.kind === 'step' || entry.kind === 'step-begun') && entry.phase !== 'stimulus' ? [entry.step] : [],
    ),
  );
}

/** Exchanges on links that end at `party` (or on this link alone: `client→idp`) and were caused by the stimulus, however late they came. */
export function exchangesTo(history: History, party: string): readonly EntryOf<'exchange'>[] {
  const begins = stimulusBegins(history);
  const others = controls(history);
  return entries(history, 'exchange').filter(
    ({ seq, link, exchange }) =>
      (link === party || link.endsWith(`→${party}`)) &&
      seq > begins &&
      !(exchange.correlation !== undefined && others.has(exchange.correlation)),
  );
}

/**
 * Those of them that began while the faults stood: once these are cleared, a request that was held up may rightly go
 * on. What no fault was placed for (a flawed token) stays wrong for ever.
 */
export function exchangesWhileBroken(history: History, party: string): readonly EntryOf<'exchange'>[] {
  const cleared = history.find(({ kind }) => kind === 'fault-cleared');
  return exchangesTo(history, party).filter(
    ({ exchange }) => cleared === undefined || exchange.startedAt <= cleared.at,
  );
}

/** The exchange by which the judged step was done: the one on the link from the party that drives the target. */
export function judgedExchange(history: History): EntryOf<'exchange'> | undefined {
  const step = judgedStep(history);
  return entries(history, 'exchange').findLast(
    ({ link, exchange }) => step !== undefined && exchange.correlation === step.step && link.startsWith('caller→'),
  );
}

/** Every exchange by which a step was done, in order: a login takes several. */
export function exchangesOfStep(history: History, step: string | undefined): readonly EntryOf<'exchange'>[] {
  return entries(history, 'exchange').filter(
    ({ link, exchange }) => step !== undefined && exchange.correlation === step && link.startsWith('caller→'),
  );
}

/** Where an answer redirects to; host and origin only where it names them. */
export function redirectedTo(response: NonNullable<Exchange['response']>):
  | {
      readonly origin: string;
      readonly host: string | undefined;
      readonly path: string;
      /** Those of its query and of its fragment. */
      readonly parameters: URLSearchParams;
    }
  | undefined {
  const [location] = fieldValues(response.headers, 'location');
  if (location === undefined || response.status < 300 || response.status > 399) return undefined;
  const [, origin = '', host, path = '', query = '', fragment = ''] =
    /^((?:[a-z][\w+.-]*:)?(?:\/\/([^/?#]*))?)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(location) ?? [];
  return { origin, host, path, parameters: new URLSearchParams([query, fragment].filter(Boolean).join('&')) };
}

/** The target's own log lines from the first fault or the stimulus on, without those about a control. */
export function logLines(history: History): readonly EntryOf<'log'>[] {
  const first = history.find(
    (entry) => entry.kind === 'fault-applied' || (entry.kind === 'step-begun' && entry.phase === 'stimulus'),
  );
  const others = [...controls(history)];
  return entries(history, 'log').filter(
    ({ seq, line, party }) =>
      party === undefined &&
      first !== undefined &&
      seq > first.seq &&
      !others.some((control) => line.includes(control)),
  );
}

/** What the user was shown when the judged step was over. */
export function judgedPage(history: History): EntryOf<'page'> | undefined {
  const step = judgedStep(history);
  return entries(history, 'page').findLast((page) => page.step === step?.step);
}

/** What the client told the code that uses it when the judged step was over. */
export function judgedSaying(history: History): EntryOf<'told'> | undefined {
  const step = judgedStep(history);
  return entries(history, 'told').findLast((told) => told.step === step?.step);
}

/** The parts of a parallel step. */
export function parts(history: History): readonly EntryOf<'step'>[] {
  return entries(history, 'step').filter(({ phase, actor }) => phase === 'stimulus' && actor !== undefined);
}

/** The values of a field, whatever its case. */
export function fieldValues(headers: Headers, name: string): readonly string[] {
  return headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}

const parameter = /([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))/g;

/** The schemes of the challenges in a field, in lower case; one field may hold several (RFC 9110 §11.6.1). */
export function schemesOf(field: string): readonly string[] {
  const bare = field.replace(/"(?:\\.|[^"\\])*"/g, '""');
  return bare.split(',').flatMap((part) => {
    const [, scheme] = /^\s*([\w!#$%&'*+.^`|~-]+)(?![ \t]*=)(?:[ \t]|$)/.exec(part) ?? [];
    return scheme === undefined ? [] : [scheme.toLowerCase()];
  });
}

/**
 * The OAuth error code that an answer carries: in `WWW-Authenticate` (RFC 6750 §3), in a JSON body (RFC 6749 §5.2), or in
 * a redirection (RFC 6749 §4.1.2.1).
 */
export function errorCode(response: NonNullable<Exchange['response']>): string | undefined {
  for (const field of fieldValues(response.headers, 'www-authenticate')) {
    for (const [, name, quoted, bare] of field.matchAll(parameter)) {
      if (name?.toLowerCase() === 'error' && (quoted ?? bare)) return quoted ?? bare;
    }
  }
  // Registered codes are in lower case: "error":"Unauthorized" is a status in words.
  const [, code] = /"error"\s*:\s*"([a-z][a-z0-9_.-]{0,99})"/.exec(response.body.text) ?? [];
  return code ?? redirectedTo(response)?.parameters.get('error') ?? undefined;
}

/** An answer in a few words: `401 invalid_token`. */
export function inWords(exchange: Exchange): string {
  if (exchange.response === undefined) return exchange.error?.code ?? exchange.end;
  return [exchange.response.status, errorCode(exchange.response)].filter((word) => word !== undefined).join(' ');
}

/** What a step of the stimulus read at an endpoint, as JSON. */
export function documentOf(history: History, where: RegExp): { readonly [name: string]: unknown } | undefined {
  for (const { seq, exchange } of entries(history, 'exchange')) {
    if (seq < stimulusBegins(history) || !where.test(exchange.request?.path ?? '')) continue;
    try {
      return JSON.parse(exchange.response?.body.text ?? '');
    } catch {
      return undefined;
    }
  }
  return undefined;
}
