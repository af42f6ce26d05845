import { base64Forms, viewsOf } from './encodings.ts';
import { compactJwt, type JwtRun, nextJwt, type TokenFacts, tokenFacts } from './jwt.ts';
import { createNeedles, enough, type Span, shortest } from './needles.ts';
import { keyBody, privateKeyPem, secretNumbers } from './private-key.ts';

/**
 * The secrets that one history may come across, and the one place that hides them. A secret becomes a marker:
 *
 * - `‹secret:client_secret#1›`, `‹token:access_token#1›`: all of it, plain, base64, percent-, JSON-, form- or HTML-encoded
 * - `…/part›`: half of it or more (at least 12 characters); of a JWT, header and payload with 12 characters of signature
 * - `…/signature›`, `…/unsigned›`: a JWT's signature alone, a JWT without it
 * - `Basic ‹basic:id:‹secret:client_secret#1››`: HTTP Basic credentials (RFC 7617 §2)
 * - `‹token:seen#1›`, `‹secret:private-key#1›`: a JWT, a PEM private key that nobody had made known
 */
export interface Secrets {
  /**
   * Makes a secret known and returns its marker's name, `client_secret#1`; the same value keeps its first name. What
   * would be found everywhere (under six characters, a word of the protocols) is not learnt: its name ends in `#0`.
   */
  learn(label: string, value: string): string;
  /** Makes a token known, JWT or opaque, and returns what may be kept of it. */
  learnToken(label: string, token: string): TokenFacts;
  /** Replaces every known secret by its marker. Adds to `seen` the names of the tokens it came across. */
  redact(text: string, seen?: Set<string>): string;
  /** The facts of a token, by its name. */
  token(ref: string): TokenFacts | undefined;
}

const marker = /(‹(?:secret|token):[\w-]+#\d+(?:\/[a-z]+)?›)/;
const commonplace =
  /^(?:(.)\1*|undefined|bearer|client|access|tokens?|secrets?|password|passwd|changeme|garbage|invalid|credentials|authorization(?:[_-]code)?|client[_-](?:id|secret|credentials)|(?:access|refresh|id|invalid)[_-]token|unauthorized|forbidden)$/is;
/** Encodings within encodings that are looked through. */
const depths = 2;

export function createSecrets(): Secrets {
  const needles = createNeedles();
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const facts = new Map<string, TokenFacts>();
  /** Known JWTs by header and payload: their names, without and with the signature. */
  const jwts = new Map<string, { readonly name: string; readonly proof: string }[]>();
  let spaces = false;

  const nameFor = (kind: 'secret' | 'token', label: string, value: string, known: boolean): string => {
    const tidy = label.replace(/[^\w-]/g, '_');
    if (!known) return `${kind}:${tidy}#0`;
    const count = (counts.get(tidy) ?? 0) + 1;
    counts.set(tidy, count);
    const name = `${kind}:${tidy}#${count}`;
    names.set(value, name);
    return name;
  };

  const addBytes = (bytes: Buffer, from: number, name: string, most = Number.POSITIVE_INFINITY) => {
    for (const form of base64Forms(bytes, from)) {
      needles.add({ ...form, min: Math.min(most, enough(form.text.length - form.from)), name });
    }
  };
  const addNeedle = (text: string, from: number, name: string) => {
    // Broken JWTs share their beginnings with good ones: only all of one is a secret.
    const min = from === 0 && text.startsWith('eyJ') ? text.length : enough(text.length - from);
    needles.add({ text, from, min, head: false, tail: false, name });
    addBytes(Buffer.from(text), Buffer.byteLength(text.slice(0, from)), name);
    spaces ||= text.includes(' ');
  };

  const nameOf = (kind: 'secret' | 'token', label: string, value: string): string => {
    if (value.includes('PRIVATE KEY-----')) {
      const body = keyBody(value);
      const known = names.get(body);
      if (known !== undefined) return known;
      const name = nameFor(kind, label, body, true);
      // A line of a PEM is enough, and half a line where the number begins or ends.
      for (const number of secretNumbers(value)) addBytes(number, 0, name, 32);
      return name;
    }
    const known = names.get(value);
    if (known !== undefined) return known;
    if (value.length < shortest || commonplace.test(value)) return nameFor(kind, label, value, false);
    const name = nameFor(kind, label, value, true);
    const jwt = compactJwt(value);
    if (jwt === undefined) addNeedle(value, 0, name);
    else {
      const same = jwts.get(jwt.claims);
      if (same === undefined) jwts.set(jwt.claims, [{ name, proof: jwt.proof }]);
      else same.push({ name, proof: jwt.proof });
      if (jwt.proof.length >= shortest) addNeedle(value, jwt.claims.length + 1, name);
    }
    return name;
  };

  const learnToken = (label: string, token: string): TokenFacts => {
    const name = nameOf('token', label, token);
    const ref = name.slice(name.indexOf(':') + 1);
    const known = facts.get(ref) ?? tokenFacts(ref, token);
    if (!ref.endsWith('#0')) facts.set(ref, known);
    return known;
  };

  /** What a JWT-looking run is: a known token without (enough of) its signature, or one that nobody made known. */
  const jwtSpan = ({ start, claims, rest }: JwtRun): Span | undefined => {
    const known = jwts.get(claims);
    const [signature = ''] = rest;
    const end = start + claims.length;
    const exact = rest.length === 0 ? undefined : known?.find(({ proof }) => proof === signature);
    if (exact !== undefined) return tokenSpan(start, end + 1 + signature.length, exact.name, '');
    if (known?.[0] !== undefined && signature.length < 12) return tokenSpan(start, end, known[0].name, '/unsigned');
    const jwe = rest.length === 3 && rest.every((segment) => segment !== '');
    if (rest.length === 0 || !(known !== undefined || jwe || /^[^.]+\.eyJ/.test(claims))) return undefined;
    const proof = jwe ? rest.join('.') : signature;
    const { ref } = learnToken('seen', `${claims}.${proof}`);
    return tokenSpan(start, end + 1 + proof.length, `token:${ref}`, '');
  };

  /** What this text holds in plain sight. */
  const plainSpans = (text: string): Span[] => {
    const spans: Span[] = [];
    if (text.includes('PRIVATE KEY-----')) {
      for (const { 0: pem, index } of text.matchAll(privateKeyPem)) {
        spans.push({ start: index, end: index + pem.length, marker: `‹${nameOf('secret', 'private-key', pem)}›` });
      }
    }
    const found = needles.find(text);
    spans.push(...found);
    if (text.includes('eyJ')) {
      let at = 0;
      for (const { start, end } of [
        ...found.sort((a, b) => a.start - b.start),
        { start: text.length, end: text.length },
      ]) {
        for (let run = nextJwt(text, at, start); run !== undefined; run = nextJwt(text, at, start)) {
          const span = jwtSpan(run);
          if (span !== undefined) spans.push(span);
          at = span?.end ?? run.start + run.claims.indexOf('.');
        }
        at = Math.max(at, end);
      }
    }
    return spans;
  };

  const spansIn = (text: string, depth: number): Span[] => {
    const spans = plainSpans(text);
    if (depth === depths || !/[%\\&+]/.test(text)) return spans;
    for (const { text: inner, origin } of viewsOf(text, spaces)) {
      for (const span of spansIn(inner, depth + 1)) {
        spans.push({ ...span, start: origin[span.start] ?? 0, end: origin[span.end] ?? text.length });
      }
    }
    return spans;
  };

  /** HTTP Basic credentials that hold a secret, shown decoded. */
  const basicSpans = (text: string, seen: Set<string> | undefined): Span[] => {
    const spans: Span[] = [];
    for (const { 0: whole, 1: credentials = '', index } of text.matchAll(/\bbasic +([\w+/-]{8,}={0,2})/gi)) {
      const decoded = Buffer.from(credentials, 'base64').toString();
      const shown = /^[^\p{C}‹›]*$/u.test(decoded) ? redact(decoded, seen) : decoded;
      const end = index + whole.length;
      if (shown !== decoded) spans.push({ start: end - credentials.length, end, marker: `‹basic:${shown}›` });
    }
    return spans;
  };

  const redactPlain = (text: string, seen: Set<string> | undefined): string => {
    if (text.length < shortest) return text;
    const spans = spansIn(text, 0);
    if (text.includes('asic ')) spans.unshift(...basicSpans(text, seen));
    if (spans.length === 0) return text;
    let out = '';
    let at = 0;
    // Where two overlap, the earlier and longer one comes first and the other's marker stands for the rest.
    for (const { start, end, marker, token } of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (end <= at) continue;
      out += text.slice(at, Math.max(at, start)) + marker;
      at = end;
      if (token !== undefined) seen?.add(token);
    }
    return out + text.slice(at);
  };

  const redact = (text: string, seen?: Set<string>): string => {
    let known: number;
    let redacted = text;
    // What was learnt at its end may stand at its beginning too.
    do {
      known = names.size;
      redacted = redacted.includes('‹') ? redactBetween(redacted, seen) : redactPlain(redacted, seen);
    } while (names.size > known);
    return redacted;
  };

  /** Leaves markers that are there already as they are: every other piece is one. */
  const redactBetween = (text: string, seen: Set<string> | undefined): string =>
    text
      .split(marker)
      .map((piece, index) => {
        if (index % 2 === 0) return redactPlain(piece, seen);
        const ref = /^‹token:([^/›]+)/.exec(piece)?.[1];
        if (ref !== undefined) seen?.add(ref);
        return piece;
      })
      .join('');

  return {
    learn(label, value) {
      const name = nameOf('secret', label, value);
      return name.slice(name.indexOf(':') + 1);
    },
    learnToken,
    redact,
    token: (ref) => facts.get(ref),
  };
}

function tokenSpan(start: number, end: number, name: string, part: string): Span {
  const token = name.slice(name.indexOf(':') + 1);
  return { start, end, marker: `‹${name}${part}›`, token };
}
