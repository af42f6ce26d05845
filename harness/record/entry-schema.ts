import { z } from 'zod';
import type { Exchange } from '../model/exchange.ts';
import type { Entry } from '../model/history.ts';
import type { Json } from '../model/json.ts';
import type { Link } from '../model/parties.ts';

export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
export const milliseconds = z.number().describe('Milliseconds.');
const sinceBegin = z.number().describe('Milliseconds since the history began.');
const phase = z.enum(['control-before', 'stimulus', 'control-after']);
const link = z
  .custom<Link>(
    (text) => typeof text === 'string' && /^[^→]+→[^→]+$/u.test(text),
    'Expected two parties with an arrow between them',
  )
  .meta({ type: 'string', pattern: '^[^→]+→[^→]+$' });

const json: z.ZodType<Json> = z
  .lazy(() => z.union([z.null(), z.boolean(), z.number(), z.string(), list(json), z.record(z.string(), json)]))
  .meta({ id: 'Json' });

const headers = list(z.tuple([z.string(), z.string()]).readonly()).meta({ id: 'Headers' });
const body = z
  .object({
    text: z.string().describe('Redacted; the beginning only when `cut` is there.'),
    bytes: z.number().describe('Length on the wire.'),
    cut: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Body' });

const timings = z
  .object({
    blocked: milliseconds,
    dns: milliseconds.exactOptional(),
    connect: milliseconds.exactOptional(),
    tls: milliseconds.exactOptional(),
    send: milliseconds,
    wait: milliseconds,
    receive: milliseconds,
  })
  .describe('Where the time went, on the far side of the link; adds up to `endedAt` - `startedAt`.');

const side = z.enum(['near', 'far']);
const endError = z
  .object({
    code: z.string().describe('An errno, a TLS or a parser code.'),
    message: z.string(),
    alert: z.string().describe('The TLS alert behind it (RFC 8446 §6): `unknown_ca`.').exactOptional(),
  })
  .meta({ id: 'EndError' });

/** An exchange as any 1.x writes it. */
export const writtenExchange = z
  .object({
    id: z.string(),
    correlation: z.string().exactOptional(),
    startedAt: sinceBegin,
    endedAt: sinceBegin,
    request: z.object({ method: z.string(), path: z.string(), headers, body }).exactOptional(),
    response: z.object({ status: z.number(), headers, body }).exactOptional(),
    end: z.enum([
      'complete',
      'unresolved',
      'resolved',
      'refused',
      'reset',
      'truncated',
      'hung',
      'tls-failed',
      'closed',
      'timed-out',
    ]),
    error: z
      .object({ side, code: z.string(), message: z.string() })
      .describe('What went wrong below HTTP first.')
      .exactOptional(),
    errors: z
      .object({ near: endError.exactOptional(), far: endError.exactOptional() })
      .describe('What went wrong at each end of the link.')
      .exactOptional(),
    timings: timings.exactOptional(),
    stream: z
      .object({ near: z.number(), far: z.number() })
      .describe('Bytes that passed without HTTP, from each end.')
      .exactOptional(),
    faults: list(z.string()),
  })
  .meta({ id: 'Exchange' });

/** Before 1.2 one end was told of. */
const exchange = writtenExchange.transform((read): Exchange => {
  if (read.error === undefined || read.errors !== undefined) return read;
  const { side: of, code, message } = read.error;
  return { ...read, errors: { [of]: { code, message } } };
});

const party = z.string().describe("Whose it is; the judged target's when absent.").exactOptional();
const stamp = { seq: z.number().describe('Position in the history, from 0.'), at: sinceBegin };
/** One entry of a history. */
export const entry = z
  .discriminatedUnion('kind', [
    z.object({
      ...stamp,
      kind: z.literal('fault-applied'),
      fault: z.string(),
      on: z.string(),
    }),
    z.object({
      ...stamp,
      kind: z.literal('fault-met'),
      fault: z.string(),
      by: z.enum(['exchange', 'token', 'difference']),
    }),
    z.object({ ...stamp, kind: z.literal('fault-cleared'), fault: z.string() }),
    z.object({ ...stamp, kind: z.literal('exchange'), link, exchange }),
    z.object({
      ...stamp,
      kind: z.literal('token'),
      ref: z.string(),
      header: json.exactOptional(),
      payload: json.exactOptional(),
      digest: z.string(),
    }),
    z.object({ ...stamp, kind: z.literal('step-begun'), step: z.string(), phase, does: z.string() }),
    z.object({
      ...stamp,
      kind: z.literal('step'),
      step: z.string(),
      phase,
      does: z.string(),
      outcome: z.enum(['accepted', 'refused', 'indeterminate']),
      detail: z.string(),
      took: milliseconds,
      from: z.enum(['previous', 'twin']).exactOptional(),
      actor: z.string().exactOptional(),
      token: z.string().describe('The marker of the token that the step was about.').exactOptional(),
    }),
    z.object({ ...stamp, kind: z.literal('log'), stream: z.string(), line: z.string(), party }),
    z.object({
      ...stamp,
      kind: z.literal('target'),
      event: z.enum(['started', 'ready', 'exited', 'not-ready']),
      detail: z.string(),
      party,
    }),
    z.object({ ...stamp, kind: z.literal('page'), step: z.string(), url: z.string(), text: z.string(), party }),
    z.object({ ...stamp, kind: z.literal('told'), step: z.string(), text: z.string(), party }),
    z.object({
      ...stamp,
      kind: z.literal('measure'),
      what: z.string(),
      milliseconds,
      declared: milliseconds.exactOptional(),
      over: z.literal(true).describe('It was not yet at its end when nobody waited any longer.').exactOptional(),
    }),
    z.object({ ...stamp, kind: z.literal('count'), what: z.string(), count: z.number() }),
    z.object({ ...stamp, kind: z.literal('deadline'), what: z.string(), milliseconds }),
    z.object({ ...stamp, kind: z.literal('attribution-doubt'), why: z.string() }),
  ])
  .meta({ id: 'Entry' }) satisfies z.ZodType<Entry>;
