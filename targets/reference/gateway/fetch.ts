import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from 'undici';
import { idpUnavailable, Refusal } from './refusal.ts';
import type { Limits } from './settings.ts';
import { kind, shown } from './text.ts';
import type { Members } from './token.ts';
import { inWords } from './wire.ts';

/** What it takes to ask. */
export interface Asker {
  readonly agent: Agent;
  readonly limits: Pick<Limits, 'connectDeadline' | 'idpDeadline' | 'retryPause' | 'longestRetryAfter' | 'document'>;
  /** Aborted when whoever asks stops. */
  readonly stopped: AbortSignal;
}

/** A question to the IdP. */
export interface Question {
  /** What is asked, for sentences: `JWKS`. */
  readonly what: string;
  readonly url: string;
  /** A form to post; without one it is a GET. */
  readonly form?: string;
  readonly headers?: { readonly [name: string]: string };
  /** On `performance.now()`'s scale, in milliseconds. */
  readonly until: number;
  /** It must not be asked twice: the first try may have been heard. */
  readonly once?: true;
}

export interface Document {
  readonly question: Question;
  readonly status: number;
  readonly type: string;
  /** `Content-Encoding`: none is asked for, and none is undone. */
  readonly encoding: string;
  readonly text: string;
  /** Where a redirect leads. */
  readonly location?: string;
  /** Milliseconds that the IdP asks to wait. */
  readonly retryAfter?: number;
}

/**
 * Asks the IdP: over https, without following redirects, within the question's deadline and a bounded size, and once
 * more after a pause when the first try failed in a way that passes. Throws a `Refusal` (503) that names the URL and
 * what happened; an answer of any status is returned.
 */
export async function fetchDocument(asker: Asker, question: Question): Promise<Document> {
  const { limits, stopped } = asker;
  if (!question.url.startsWith('https://')) throw unusable(question, 'is no https URL, so it is not asked');
  let first: unknown;
  try {
    const document = await ask(asker, question);
    if (document.status < 500 || document.retryAfter !== undefined || question.once) return document;
    first = document;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    first = error;
  }
  if (!question.once && question.until - performance.now() > 2 * limits.retryPause) {
    await pause(limits.retryPause, undefined, { signal: stopped });
    try {
      return await ask(asker, question);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      first = error;
    }
  }
  if (first instanceof Error) throw unreachable(asker, question, first);
  return first as Document;
}

/** Without a byte order mark, which RFC 8259 §8.1 allows to ignore. */
const utf8 = new TextDecoder();

async function ask({ agent, limits }: Asker, question: Question): Promise<Document> {
  const left = Math.max(1, Math.ceil(question.until - performance.now()));
  const target = new URL(question.url);
  const { statusCode, headers, body } = await agent.request({
    origin: target.origin,
    path: target.pathname + target.search,
    method: question.form === undefined ? 'GET' : 'POST',
    headers: { accept: 'application/json', ...question.headers },
    ...(question.form !== undefined && { body: question.form }),
    signal: AbortSignal.timeout(left),
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.document) throw unusable(question, `must be at most ${limits.document} bytes, got more`);
    chunks.push(chunk);
  }
  const retryAfter =
    statusCode === 429 || statusCode === 503 ? waiting(headers['retry-after'], limits.longestRetryAfter) : undefined;
  return {
    question,
    status: statusCode,
    type: String(headers['content-type'] ?? 'no type'),
    encoding: String(headers['content-encoding'] ?? 'identity'),
    text: utf8.decode(Buffer.concat(chunks)),
    ...(typeof headers.location === 'string' && { location: headers.location }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** `Retry-After` in milliseconds, from its seconds or its date (RFC 9110 §10.2.3). */
function waiting(value: string | string[] | undefined, longest: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longest);
}

/** The JSON object in an answer with status 200. Throws a `Refusal` (503) that says what was there instead. */
export function jsonObject(document: Document): Members {
  const { question, status, type, encoding, text, retryAfter } = document;
  const coded = encoding === 'identity' ? '' : `, coded as ${shown(encoding)}`;
  const got = `status ${status}, ${shown(type)}${coded}, ${looksLike(text)}`;
  const wait = retryAfter === undefined ? 'Retry-After missing' : `Retry-After ${retryAfter / 1000} s`;
  if (status === 429) throw unusable(question, `is rate limited: got ${got}, ${wait}, expected status 200`, retryAfter);
  if (retryAfter !== undefined)
    throw unusable(question, `is overloaded: got ${got}, ${wait}, expected status 200`, retryAfter);
  if (status >= 300 && status < 400) {
    const where = shown(document.location);
    throw unusable(
      question,
      `answers status ${status}, a redirect to ${where} that is not followed, expected status 200`,
    );
  }
  if (status !== 200) throw unusable(question, `answers ${got}, expected status 200 with JSON`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable(question, `is not valid JSON: got ${got}, expected a JSON object`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unusable(question, `is ${kind(value)}, expected a JSON object: ${got}`);
  }
  return value as Members;
}

/** A document of the IdP's that cannot be used. */
export function unusable({ what, url }: Question, problem: string, retryAfter?: number): Refusal {
  return idpUnavailable(`${what} of the identity provider not usable`, `${what} ${url} ${problem}`, retryAfter);
}

function unreachable({ limits }: Asker, { what, url }: Question, error: Error): Refusal {
  const { short, long } = inWords(error, new URL(url), { connect: limits.connectDeadline, answer: limits.idpDeadline });
  return idpUnavailable(
    `${what} of the identity provider not available: ${short}`,
    `${what} ${url} not available: ${long}`,
  );
}

function looksLike(text: string): string {
  const start = text.slice(0, 200).trim().toLowerCase();
  if (start === '') return 'an empty body';
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'an HTML page';
  if (start.startsWith('<')) return 'XML or HTML';
  return /^[[{]/.test(start) ? `${text.length} bytes of JSON` : `${text.length} bytes of text`;
}
