import type { RunEvent, ScenarioCard, TargetCard } from '../../harness/model/event.ts';
import type { Entry, Occurrence } from '../../harness/model/history.ts';
import type { Role } from '../../harness/model/parties.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Property } from '../../harness/model/scenario.ts';
import {
  type Grade,
  type JudgedFinding,
  noVerdicts,
  type Verdict,
  type VerdictValue,
} from '../../harness/model/verdict.ts';
import { schemaVersion } from '../../harness/record/version.ts';

/** Text as a hostile target would print it: markup, an ANSI colour, a bell, a bidi override, half a surrogate pair. */
export const hostile =
  '</script><script>globalThis.owned=1</script><img src=x onerror="globalThis.owned=2">&amp;\u001b[31mred\u0007\u202etxt\ud800 ]]> \u0000';

const mustReject: Requirement = {
  id: 'rfc7519/4.1.4/expired',
  level: 'MUST',
  quote: 'the expiration time on or after which the JWT MUST NOT be accepted for processing',
  href: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4',
  cwe: ['CWE-613'],
};
const challenge: Requirement = {
  id: 'rfc6750/3/challenge',
  level: 'MUST',
  quote: 'the resource server MUST include the HTTP "WWW-Authenticate" response header field',
  href: 'https://www.rfc-editor.org/rfc/rfc6750#section-3',
};
const learns: Requirement = {
  id: 'practice/operator-learns-cause',
  level: 'SHOULD',
  quote: 'A refusal SHOULD leave a log line that names its root cause, with what was seen and what was expected.',
  href: 'docs/practice.md#operator-learns-cause',
};

const causes = [
  'token/expired',
  'token/audience',
  'token/issuer',
  'token/signature',
  'token/malformed',
  'idp/signing-keys',
  'idp/endpoints',
  'idp/clock-skew',
  'network/blocked',
  'network/intermittent',
  'gateway/upstream',
  'gateway/introspection',
];

const names = [
  'reference/gateway',
  'node/express-oauth2-jwt-bearer',
  'node/express-jwt',
  'node/passport-jwt',
  'node/fastify-jwt',
  'node/aws-jwt-verify',
  'node/hono',
  'node/koa-jwt',
];

/** What is broken for targets of each role. */
const causesOf: { readonly [R in Role]: readonly string[] } = {
  gateway: causes,
  client: ['token/expired', 'idp/signing-keys', 'attack/csrf'],
  idp: ['client/credentials', 'attack/code'],
  chain: ['idp/clock-skew'],
};

interface Size {
  readonly targets?: number;
  readonly variants?: number;
  /** Targets take these in turns. */
  readonly roles?: readonly Role[];
  /** How many log lines and exchanges each scenario has besides the usual ones. */
  readonly noise?: number;
  /** Stop after so many verdicts, without `run-finished`. */
  readonly killedAfter?: number;
  readonly interrupted?: boolean;
}

/** The events of a run with every kind of verdict: always the same ones for the same size. */
export function aRun({
  targets = 8,
  variants = 1,
  roles = ['gateway'],
  noise = 0,
  killedAfter = Number.POSITIVE_INFINITY,
  interrupted = false,
}: Size = {}): RunEvent[] {
  const cards = roles.flatMap((role) =>
    causesOf[role].flatMap((cause) => Array.from({ length: variants }, (_, v) => card(role, cause, v))),
  );
  const tested = names.slice(0, targets).map((id, i) => target(id, roles[i % roles.length]!));
  const pairs = tested.reduce((sum, { role }) => sum + causesOf[role].length * variants, 0);
  const events: RunEvent[] = [
    {
      type: 'run-started',
      schema: schemaVersion,
      failwell: '0.1.0',
      node: 'v24.0.0',
      seed: 4711,
      at: new Date(started).toISOString(),
      replay: 'failwell run --seed 4711',
      scenarios: cards,
      targets: tested,
      planned: pairs,
    },
  ];
  const totals = noVerdicts();
  let done = 0;
  tested.forEach((t, ti) => {
    cards.forEach((c, ci) => {
      if (c.role !== t.role || done++ >= killedAfter) return;
      const at = { scenario: c.id, target: t.id };
      const verdict = verdictOf(c, t.id, valueFor(ti, ci));
      totals[verdict.value] += 1;
      if (verdict.value !== 'not-applicable') {
        events.push({ type: 'scenario-started', ...at });
        const began = new Date(started + 1_000 * done).toISOString();
        events.push({ type: 'history-began', ...at, at: began });
        for (const entry of historyOf(c, verdict, noise)) events.push({ type: 'entry', ...at, entry });
      }
      const curl = `curl -i -H "Authorization: Bearer $TOKEN" http://127.0.0.1:4000/items/${ti}-${ci}`;
      const replay = `failwell run --scenario ${c.id} --target ${t.id} --seed 4711`;
      events.push({
        type: 'scenario-finished',
        ...at,
        instance: `${t.id}#1`,
        milliseconds: 120 + ci,
        verdict,
        replay,
        curl,
      });
    });
  });
  if (killedAfter === Number.POSITIVE_INFINITY) {
    events.push({
      type: 'harness-error',
      code: 'target-not-ready',
      message: `Target did not answer within 10 s: ${hostile}`,
      target: t8(tested),
    });
    events.push({ type: 'run-finished', milliseconds: 31_400, totals, interrupted, exit: interrupted ? 130 : 1 });
  }
  return events;
}

/** Milliseconds since 1970. */
const started = Date.parse('2026-01-02T03:04:05.678Z');

const t8 = (tested: readonly TargetCard[]) => tested.at(-1)!.id;

/** The first target passes all; the others go wrong in a fixed pattern. */
function valueFor(target: number, scenario: number): VerdictValue {
  if (target === 0) return scenario === 11 ? 'not-applicable' : 'pass';
  const pattern: readonly VerdictValue[] = [
    'pass',
    'warn',
    'pass',
    'fail',
    'pass',
    'note',
    'pass',
    'pass',
    'inconclusive',
    'pass',
    'warn',
    'not-applicable',
    'waived',
  ];
  return pattern[(scenario + target * 2) % pattern.length]!;
}

function card(role: Role, cause: string, variant: number): ScenarioCard {
  return {
    id: `${role}/${cause.replace('/', '-')}/v${variant}`,
    role,
    cause,
    summary: `A token that is wrong in the way '${cause}' says, sent to a running gateway.`,
    remedy: 'Check the claim against the configured value before the request is forwarded, and log both.',
    isolation: 'shared',
    needs: ['jwt'],
    expected: 'refuse',
    faults: [{ id: `${cause}-by-10m`, on: 'the token', summary: 'exp lies 10 minutes in the past' }],
    stimulus: ['call the API with a token: exp lies 10 minutes in the past'],
    expectations: [{ property: 'safe', oracle: 'neverReaches(api)', requirement: mustReject }],
  };
}

function target(id: string, role: Role): TargetCard {
  return {
    id,
    role,
    summary: `${id}, configured as its README says`,
    driver: 'process',
    capabilities: ['jwt'],
    declares: {},
  };
}

function verdictOf({ id: scenario }: ScenarioCard, target: string, value: VerdictValue): Verdict {
  const finding = (
    oracle: string,
    requirement: Requirement,
    worth: VerdictValue,
    observed: string,
    expected: string,
  ): JudgedFinding => ({
    holds: worth === 'pass' ? 'yes' : worth === 'inconclusive' ? 'unknown' : 'no',
    oracle,
    requirement,
    value: worth,
    observed,
    expected,
    evidence: [6, 9],
  });
  const is = (worth: VerdictValue, ...findings: JudgedFinding[]) => ({ value: worth, findings });
  const bad = (...of: VerdictValue[]) => (of.includes(value) ? value : 'pass');
  const grade: Grade = value === 'warn' ? 'D1' : value === 'fail' ? 'D0' : 'D4';
  const text = value === 'warn' ? 'invalid token' : `jwt expired, exp 09:00:00Z, now 09:10:02Z`;
  const told = finding('names(cause)', learns, bad('warn'), `${grade}: ${text}`, 'D3 or better');
  const none = is('not-applicable');
  const because =
    value === 'pass'
      ? 'it failed well'
      : `${value}: observed 500 Internal Server Error${value === 'fail' ? ` ${hostile}` : ''}, but should be 401`;
  return {
    scenario,
    target,
    value,
    because: value === 'not-applicable' ? `the target does not claim 'introspection'` : because,
    expected: 'refuse',
    gates:
      value === 'not-applicable'
        ? []
        : [
            { id: 'control-before', open: true, because: 'the control before was let through' },
            {
              id: 'fault-met',
              open: value !== 'inconclusive',
              because: value === 'inconclusive' ? 'the target never met token/expired-by-10m' : 'every fault was met',
            },
            { id: 'explicit-outcome', open: true, because: 'refused: 401 invalid_token' },
            { id: 'oracles', open: value === 'pass', because: 'as found' },
            { id: 'control-after', open: true, because: 'the control after came to 200' },
          ],
    properties:
      value === 'not-applicable'
        ? { safe: none, signal: none, diagnosis: none, discretion: none, resilience: none }
        : ({
            safe: is(
              'pass',
              finding('neverReaches(api)', mustReject, 'pass', 'nothing reached the API', 'nothing reaches the API'),
            ),
            signal: is(
              bad('fail', 'note', 'waived'),
              finding(
                'challenges(Bearer)',
                challenge,
                bad('fail', 'note', 'waived'),
                `500 without WWW-Authenticate${value === 'fail' ? ` ${hostile}` : ''}`,
                '401 with WWW-Authenticate: Bearer',
              ),
            ),
            diagnosis: is(bad('warn'), {
              ...told,
              said: { cause: 'token/expired', audience: 'operator', texts: [text] },
            }),
            discretion: is(
              bad('inconclusive'),
              finding('keepsSecrets()', learns, bad('inconclusive'), 'nothing leaked', 'nothing leaks'),
            ),
            resilience: is('pass'),
          } satisfies { [P in Property]: Verdict['properties'][P] }),
    diagnosis: { caller: { grade: 'D2' }, operator: { grade, text } },
  };
}

function historyOf({ faults }: ScenarioCard, verdict: Verdict, noise: number): Entry[] {
  const body = verdict.value === 'fail' ? hostile : '{"error":"invalid_token"}';
  const fault = faults[0]!.id;
  const exchange = (id: string, path: string, status: number, text: string, flawed: readonly string[] = []) => ({
    id,
    startedAt: 3,
    endedAt: 9,
    request: {
      method: 'GET',
      path,
      headers: [
        ['authorization', 'Bearer ‹token:control#1›'],
        ['x-odd', verdict.value === 'fail' ? hostile : 'no'],
      ] as const,
      body: { text: '', bytes: 0 },
    },
    response: { status, headers: [['content-type', 'application/json']] as const, body: { text, bytes: text.length } },
    end: 'complete' as const,
    faults: flawed,
  });
  const payload = { iss: 'https://127.0.0.1:4001', aud: 'api', exp: 1_700_000_600, scope: 'read', sub: 'alice' };
  const occurrences: Occurrence[] = [
    {
      kind: 'token',
      ref: 'control#1',
      header: { alg: 'RS256', kid: 'k1' },
      payload,
      digest: 'sha256:0011223344556677',
    },
    { kind: 'step-begun', step: 'c1', phase: 'control-before', does: 'call the API with a valid token' },
    { kind: 'exchange', link: 'caller→gateway', exchange: exchange('x1', '/items/c1', 200, '{"items":[]}') },
    {
      kind: 'step',
      step: 'c1',
      phase: 'control-before',
      does: 'call the API with a valid token',
      outcome: 'accepted',
      detail: '200',
      took: 8,
    },
    {
      kind: 'token',
      ref: 'judged#1',
      header: { alg: 'RS256', kid: 'k1' },
      payload: { ...payload, exp: 1_699_999_000, sub: verdict.value === 'fail' ? hostile : 'alice' },
      digest: 'sha256:8899aabbccddeeff',
    },
    {
      kind: 'step-begun',
      step: 's1',
      phase: 'stimulus',
      does: 'call the API with a token: exp lies 10 minutes in the past',
    },
    {
      kind: 'exchange',
      link: 'caller→gateway',
      exchange: exchange('x2', '/items/s1', verdict.value === 'fail' ? 500 : 401, body, [fault]),
    },
    { kind: 'fault-met', fault, by: 'token' },
    {
      kind: 'exchange',
      link: 'gateway→idp',
      exchange: {
        id: 'x3',
        startedAt: 5,
        endedAt: 7,
        end: 'refused',
        faults: [],
        error: { side: 'far', code: 'ECONNREFUSED', message: `connect ECONNREFUSED ${hostile}` },
        errors: {
          near: { code: 'ECONNRESET', message: 'the link reset the connection' },
          far: { code: 'ECONNREFUSED', message: `connect ECONNREFUSED ${hostile}` },
        },
      },
    },
    {
      kind: 'log',
      stream: 'stderr',
      line: `\u001b[31m[gateway] jwt expired, exp 09:00:00Z, now 09:10:02Z ${verdict.value === 'fail' ? hostile : ''}`,
    },
    ...Array.from(
      { length: noise },
      (_, i): Occurrence => ({ kind: 'log', stream: 'stdout', line: `${i} `.repeat(300) }),
    ),
    ...Array.from(
      { length: noise },
      (_, i): Occurrence => ({
        kind: 'exchange',
        link: 'gateway→idp',
        exchange: exchange(`n${i}`, '/jwks', 200, '<'.repeat(9_000)),
      }),
    ),
    {
      kind: 'step',
      step: 's1',
      phase: 'stimulus',
      does: 'call the API with a token',
      outcome: 'refused',
      detail: '401 invalid_token',
      took: 6,
    },
    { kind: 'step-begun', step: 'c2', phase: 'control-after', does: 'call the API with a valid token' },
    { kind: 'exchange', link: 'caller→gateway', exchange: exchange('x4', '/items/c2', 200, '{"items":[]}') },
    { kind: 'exchange', link: 'gateway→api', exchange: exchange('x5', '/items/c2', 200, '{"items":[]}') },
    {
      kind: 'step',
      step: 'c2',
      phase: 'control-after',
      does: 'call the API with a valid token',
      outcome: 'accepted',
      detail: '200',
      took: 8,
    },
  ];
  return occurrences.map((occurrence, seq) => ({ seq, at: seq * 2, ...occurrence }) as Entry);
}
