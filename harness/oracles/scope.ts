import type { EntryOf, History } from '../model/history.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { entries, exchangesOfStep, judgedExchange, judgedStep, stimulusBegins } from './reading.ts';

type Values = ReadonlySet<string>;

const valuesOf = (scope: string): Values => new Set(scope.split(/\s+/).filter(Boolean));
const inWords = (values: Values) => (values.size === 0 ? 'nothing' : [...values].join(' '));
const same = (one: Values, other: Values) => one.size === other.size && [...one].every((value) => other.has(value));

/** The parameters of a request, in its URL and its body. */
const sentIn = ({ exchange: { request } }: EntryOf<'exchange'>) =>
  new URLSearchParams([request?.path.replace(/^[^?]*\??/, ''), request?.body.text].filter(Boolean).join('&'));

/** The scope of the stimulus's authorization request, if there was one. */
function authorized(history: History): Values | undefined {
  const [begins, ends] = [stimulusBegins(history), judgedStep(history)?.seq ?? 0];
  const asked = entries(history, 'exchange')
    .filter(({ seq, link }) => seq > begins && seq < ends && link.startsWith('caller→'))
    .map(sentIn)
    .find((parameters) => parameters.has('response_type') && parameters.has('client_id'));
  const scope = asked?.get('scope');
  return scope ? valuesOf(scope) : undefined;
}

/** What the answer to the judged step says of the scope, and what its access token does, if it can be read. */
function granted(history: History): { readonly said: Values | undefined; readonly held: Values | undefined } {
  const text = judgedExchange(history)?.exchange.response?.body.text ?? '';
  const said = scopeIn(text);
  const [, ref] = /"access_token"\s*:\s*"‹token:([^›"]+)›"/.exec(text) ?? [];
  const token = entries(history, 'token').find((entry) => entry.ref === ref);
  const payload = (token?.payload ?? {}) as { readonly [claim: string]: unknown };
  const { scope, scp } = { ...introspected(history), ...payload };
  const claim = scope ?? scp;
  const held = Array.isArray(claim) ? claim.join(' ') : claim;
  return {
    said: said === undefined ? undefined : valuesOf(said),
    held: typeof held === 'string' ? valuesOf(held) : undefined,
  };
}

/**
 * What introspection said of the token of the judged step, where somebody asked. `scope` is optional there (RFC 7662 §2.2):
 * only from who named the scope of an earlier token does no word of it mean that there is none.
 */
function introspected(history: History): { readonly [claim: string]: unknown } {
  const judged = judgedStep(history)?.seq ?? Number.POSITIVE_INFINITY;
  const answers = entries(history, 'step')
    .filter(({ actor, outcome }) => actor === 'introspection' && outcome === 'accepted')
    .map(({ seq, step }) => ({ seq, text: exchangesOfStep(history, step).at(-1)?.exchange.response?.body.text ?? '' }));
  const asked = answers.find(({ seq }) => seq > judged);
  if (asked === undefined) return {};
  const tells = answers.some(({ text }) => scopeIn(text) !== undefined);
  return { scope: scopeIn(asked.text) ?? (tells ? '' : undefined) };
}

function scopeIn(text: string): string | undefined {
  const [, literal] = /"scope"\s*:\s*("(?:\\.|[^"\\])*")/.exec(text) ?? [];
  return literal === undefined ? undefined : String(JSON.parse(literal));
}

/** Asks something of what was granted, and nothing where the answer was a no. */
function ofGranted(
  id: string,
  expected: string,
  judge: (
    history: History,
    asked: Values | undefined,
  ) => { readonly holds: 'yes' | 'no' | 'unknown'; observed: string },
  looks: NonNullable<PairableOracle['looks']>,
): PairableOracle {
  return oracle(
    id,
    (history) => {
      const step = judgedStep(history);
      const exchange = judgedExchange(history);
      const evidence = [exchange?.seq ?? step?.seq].filter((seq) => seq !== undefined);
      if (step === undefined || exchange === undefined || step.outcome === 'indeterminate')
        return { holds: 'unknown', observed: 'no answer', expected, evidence };
      if (step.outcome === 'refused') return { holds: 'yes', observed: `refused: ${step.detail}`, expected, evidence };
      const scope = sentIn(exchange).get('scope');
      return { ...judge(history, scope ? valuesOf(scope) : authorized(history)), expected, evidence };
    },
    looks,
  );
}

/**
 * Where another scope was granted than was asked for, the answer says which (RFC 6749 §3.3): no `scope` means that it is
 * the same (§5.1), which a token that can be read may contradict.
 */
export function saysGrantedScope(): PairableOracle {
  return ofGranted(
    'saysGrantedScope()',
    'the scope that was granted, unless it is what was asked for',
    (history, asked) => {
      const { said, held } = granted(history);
      if (said !== undefined) return { holds: 'yes', observed: `scope=${inWords(said)}` };
      if (held === undefined) return { holds: 'unknown', observed: 'no scope, and a token that nobody can read' };
      const wanted = asked ?? new Set();
      const observed = `no scope, and a token for ${inWords(held)} where ${inWords(wanted)} was asked for`;
      return { holds: same(held, wanted) ? 'yes' : 'no', observed };
    },
    { good: '{"access_token":"…","scope":"items:read"}', bad: '{"access_token":"…"}, for less than was asked for' },
  );
}

/**
 * Nothing is granted beyond these: what the request `asked` for, or what the user had `authorized`.
 */
export function grantsWithin(what: 'asked' | 'authorized'): PairableOracle {
  return ofGranted(
    `grantsWithin(${what})`,
    what === 'asked' ? 'no more than was asked for' : 'no more than the user granted',
    (history, asked) => {
      const limit = what === 'asked' ? asked : authorized(history);
      const { said, held } = granted(history);
      const found = [...(said ?? []), ...(held ?? [])];
      if (limit === undefined || (said === undefined && held === undefined))
        return { holds: 'unknown', observed: 'nothing says which scope it is' };
      const beyond = found.find((value) => !limit.has(value));
      if (beyond !== undefined) return { holds: 'no', observed: `${beyond} was granted` };
      return { holds: 'yes', observed: inWords(new Set(found)) };
    },
    { good: '"scope":"items:read"', bad: '"scope":"items:read admin"' },
  );
}

/** The last scope value that was asked for is not granted. */
export function withholdsLast(): PairableOracle {
  return ofGranted(
    'withholdsLast()',
    'the last value that was asked for is not granted',
    (history, asked) => {
      const last = [...(asked ?? [])].at(-1);
      const { said, held } = granted(history);
      if (last === undefined) return { holds: 'unknown', observed: 'none was asked for' };
      // Without a word of it, it is what was asked for (RFC 6749 §5.1).
      const has = said?.has(last) || held?.has(last) || (said === undefined && held === undefined);
      return { holds: has ? 'no' : 'yes', observed: has ? `${last} was granted` : `${last} was not granted` };
    },
    { good: '400 invalid_scope', bad: '"scope":"items:read items:write" for a client that may have items:read' },
  );
}
