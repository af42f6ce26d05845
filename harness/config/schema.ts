import { z } from 'zod';
import { FailwellError } from '../model/error.ts';
import { declaredTimes } from '../model/step.ts';

const globs = z.array(z.string().min(1)).optional();

/** `failwell.config.ts`. */
export const configSchema = z.strictObject({
  targets: globs,
  scenarios: globs,
  words: globs,
  hosts: globs,
  out: z.string().min(1).optional(),
  pool: z.int().min(1).max(64).optional(),
});

const anyFunction = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'expected a function',
);
const id = z.string().regex(/^[@\w.-]+(?:\/[\w.-]+)+$/, "expected an id like 'acme/gateway'");
const role = z.enum(['client', 'gateway', 'idp', 'chain']);
const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, "expected a duration like '30s'");
const words = z.record(
  id,
  z.custom((value) => [value].flat().every((one) => one instanceof RegExp), 'expected a RegExp or an array of them'),
);

/** A file that default-exports a target. */
export const targetSchema = z.looseObject({
  id,
  role,
  summary: z.string(),
  capabilities: z.array(z.string()),
  declares: z.strictObject(
    Object.fromEntries(
      declaredTimes.map((time) => [time, z.object({ value: duration, source: z.string() }).optional()]),
    ),
  ),
  driver: z.looseObject({ kind: z.string(), start: anyFunction }),
  words: words.optional(),
});

const expected = z.array(
  z.looseObject({
    oracle: z.looseObject({ id: z.string(), judge: anyFunction }),
    requirement: z.looseObject({ id: z.string(), level: z.enum(['MUST', 'SHOULD', 'MAY']) }),
  }),
);
const scenario = z.looseObject({
  id,
  role,
  cause: id,
  summary: z.string(),
  remedy: z.string(),
  needs: z.array(z.string()),
  isolation: z.enum(['shared', 'exclusive', 'fresh']),
  faults: z.array(z.looseObject({})),
  stimulus: z.array(z.looseObject({ do: z.string() })).min(1),
  expect: z.looseObject({
    outcome: z.enum(['refuse', 'accept', 'either', 'observe']),
    properties: z.looseObject({
      safe: expected,
      signal: expected,
      diagnosis: expected,
      discretion: expected,
      resilience: expected,
    }),
  }),
});

/** A file that default-exports scenarios, or one. */
export const scenariosSchema = z.preprocess((value) => [value].flat(), z.array(scenario));

/** A file that default-exports words for causes. */
export const wordsSchema = words;

/** Returns the value itself. Throws a `FailwellError` (`config`) that names the file, the path in it and what was expected. */
export function parse(schema: z.ZodType, value: unknown, shown: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return value;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  const whole = shown.endsWith('.json') ? 'the object' : 'the default export';
  const what = path === '' ? whole : `'${path}'`;
  const why = (issue?.message ?? 'is not valid').replace(/^Invalid input: /, '');
  throw new FailwellError('config', `${shown}: ${what} is not right: ${why}; correct it there.`);
}
