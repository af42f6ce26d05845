import { z } from 'zod';
import type { RunEvent } from '../model/event.ts';
import { entry, list, milliseconds } from './entry-schema.ts';

export { schemaVersion } from './version.ts';

/*
 * The schema of a run's record: one event a line. Objects keep only what is known here, so that a reader ignores what a
 * newer minor version added.
 */

const role = z.enum(['client', 'gateway', 'idp', 'chain']);
const property = z.enum(['safe', 'signal', 'diagnosis', 'discretion', 'resilience']);
const expectedOutcome = z.enum(['refuse', 'accept', 'either', 'observe']);
const value = z.enum(['pass', 'note', 'warn', 'fail', 'inconclusive', 'not-applicable', 'waived']);
const requirement = z
  .object({
    id: z.string(),
    level: z.enum(['MUST', 'SHOULD', 'MAY']),
    quote: z.string(),
    href: z.string(),
    cwe: list(z.string()).exactOptional(),
    asvs: list(z.string()).exactOptional(),
  })
  .meta({ id: 'Requirement' });

const finding = z.object({
  oracle: z.string(),
  requirement,
  value,
  holds: z.enum(['yes', 'no', 'unknown']),
  observed: z.string(),
  expected: z.string(),
  evidence: list(z.number()).describe('`seq` of the entries that show it.'),
  held: z.string().exactOptional(),
  said: z
    .object({ cause: z.string(), audience: z.enum(['caller', 'operator']), texts: list(z.string()) })
    .exactOptional(),
});
const propertyVerdict = z.object({ value, findings: list(finding) }).meta({ id: 'PropertyVerdict' });
const graded = z
  .object({
    grade: z.enum(['D0', 'D1', 'D2', 'D3', 'D4']),
    text: z.string().exactOptional(),
    misleading: z.string().exactOptional(),
  })
  .meta({ id: 'Graded' });
const gate = z.object({
  id: z.enum(['control-before', 'fault-met', 'explicit-outcome', 'oracles', 'control-after']),
  open: z.boolean(),
  because: z.string(),
});
const verdict = z
  .object({
    scenario: z.string(),
    target: z.string(),
    value,
    because: z.string(),
    expected: expectedOutcome,
    gates: list(gate),
    properties: z.object({
      safe: propertyVerdict,
      signal: propertyVerdict,
      diagnosis: propertyVerdict,
      discretion: propertyVerdict,
      resilience: propertyVerdict,
    }),
    diagnosis: z.object({ caller: graded, operator: graded }),
  })
  .meta({ id: 'Verdict' });

const scenarioCard = z
  .object({
    id: z.string(),
    role,
    cause: z.string(),
    summary: z.string(),
    remedy: z.string(),
    isolation: z.enum(['shared', 'exclusive', 'fresh']),
    needs: list(z.string()),
    expected: expectedOutcome,
    faults: list(z.object({ id: z.string(), on: z.string(), summary: z.string() })),
    stimulus: list(z.string()),
    expectations: list(z.object({ property, oracle: z.string(), requirement })),
  })
  .meta({ id: 'ScenarioCard' });

const declared = z
  .object({
    value: z
      .templateLiteral([z.number(), z.enum(['ms', 's', 'm', 'h', 'd'])])
      .describe('A duration: `250ms`, `30s`, `10m`, `1h`, `2d`.'),
    source: z.string().describe('Where the documentation says so.'),
  })
  .meta({ id: 'Declared' });
const targetCard = z
  .object({
    id: z.string(),
    role,
    summary: z.string(),
    driver: z.string(),
    image: z.string().exactOptional(),
    capabilities: list(z.string()),
    declares: z.object({
      leeway: declared.exactOptional(),
      keyCache: declared.exactOptional(),
      keyRefresh: declared.exactOptional(),
      introspectionCache: declared.exactOptional(),
      recovery: declared.exactOptional(),
      deadline: declared.exactOptional(),
    }),
  })
  .meta({ id: 'TargetCard' });

/** One event of a run: one line of its record. */
export const runEvent = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('run-started'),
      schema: z
        .string()
        .regex(/^\d+\.\d+$/)
        .describe('`major.minor` of this schema.'),
      failwell: z.string(),
      node: z.string(),
      seed: z.number(),
      at: z.string().describe('ISO 8601.'),
      replay: z.string(),
      scenarios: list(scenarioCard),
      targets: list(targetCard),
      planned: z.number(),
    }),
    z.object({ type: z.literal('scenario-started'), scenario: z.string(), target: z.string() }),
    z.object({
      type: z.literal('history-began'),
      scenario: z.string(),
      target: z.string(),
      at: z.string().describe('ISO 8601.'),
    }),
    z.object({ type: z.literal('entry'), scenario: z.string(), target: z.string(), entry }),
    z.object({
      type: z.literal('scenario-finished'),
      scenario: z.string(),
      target: z.string(),
      instance: z.string(),
      milliseconds,
      verdict,
      replay: z.string(),
      curl: z.string().exactOptional(),
    }),
    z.object({
      type: z.literal('harness-error'),
      code: z.string(),
      message: z.string(),
      scenario: z.string().exactOptional(),
      target: z.string().exactOptional(),
    }),
    z.object({
      type: z.literal('run-finished'),
      milliseconds,
      totals: z.object({
        pass: z.number(),
        note: z.number(),
        warn: z.number(),
        fail: z.number(),
        inconclusive: z.number(),
        'not-applicable': z.number(),
        waived: z.number(),
      }),
      interrupted: z.boolean(),
      exit: z.number().describe('0, 1, 2, 3, 4 or 130.'),
    }),
  ])
  .meta({ id: 'RunEvent' }) satisfies z.ZodType<RunEvent>;
