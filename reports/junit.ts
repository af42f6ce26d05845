import type { Reporter } from '../harness/model/event.ts';
import type { VerdictValue } from '../harness/model/verdict.ts';
import { findingsOf } from './failures.ts';
import { fileNames, prepareFolder, writeWhole } from './folder.ts';
import { sectionOf } from './requirement-line.ts';
import { atTheEnd, countVerdicts, type RunSoFar, type ScenarioFinished } from './run-so-far.ts';
import { xml } from './text.ts';

/**
 * Writes `junit.xml` when the run ends, also after an interruption: a suite for each target, a case for each
 * scenario. A failed verdict is a `failure`, an inconclusive one and an error of the harness an `error`, one that
 * does not apply or is waived `skipped`; warnings and notes are printed by the case. Throws a `FailwellError`
 * (`config`) when the folder cannot be written to.
 */
export function junitReporter(folder: string): Reporter {
  prepareFolder(folder);
  return atTheEnd((run) => writeWhole(folder, fileNames.junit, junitXml(run)));
}

/** The run as JUnit XML. */
function junitXml(run: RunSoFar): string {
  const { started, ended, troubles } = run;
  const byTarget = Map.groupBy(run.finished, (f) => f.target);
  const totals = countVerdicts(run.finished);
  const attributes = {
    name: 'failwell',
    tests: run.finished.length + troubles.length,
    failures: totals.fail,
    errors: totals.inconclusive + troubles.length,
    skipped: totals['not-applicable'] + totals.waived,
    time: seconds(ended?.milliseconds ?? 0),
  };
  const suites = [...byTarget].map(([target, finished]) => suite(target, finished, run));
  const trouble = troubles.map((t) =>
    element('testcase', { classname: t.target ?? 'failwell', name: t.scenario ?? 'harness' }, [
      element('error', { type: t.code, message: t.message }, []),
    ]),
  );
  if (trouble.length > 0) {
    const many = { name: 'failwell harness', tests: trouble.length, failures: 0, errors: trouble.length, skipped: 0 };
    suites.push(element('testsuite', { ...many, timestamp: started?.at ?? '' }, trouble));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

function suite(target: string, finished: readonly ScenarioFinished[], { started, ended }: RunSoFar): string {
  const totals = countVerdicts(finished);
  const facts = {
    seed: started?.seed ?? '',
    replay: started?.replay ?? '',
    failwell: started?.failwell ?? '',
    node: started?.node ?? '',
    interrupted: ended?.interrupted ?? true,
  };
  const attributes = {
    name: target,
    tests: finished.length,
    failures: totals.fail,
    errors: totals.inconclusive,
    skipped: totals['not-applicable'] + totals.waived,
    time: seconds(finished.reduce((sum, f) => sum + f.milliseconds, 0)),
    timestamp: started?.at ?? '',
  };
  const known = Object.entries(facts).map(([name, value]) => element('property', { name, value }, []));
  return element('testsuite', attributes, [element('properties', {}, known), ...finished.map(testcase)]);
}

function testcase(finished: ScenarioFinished): string {
  const { verdict, target, scenario } = finished;
  const text = xml(told(finished));
  const message = verdict.because;
  const inside: { readonly [V in VerdictValue]: readonly string[] } = {
    pass: [],
    note: [element('system-out', {}, [text])],
    warn: [element('system-out', {}, [text])],
    fail: [element('failure', { type: failedProperties(finished), message }, [text])],
    inconclusive: [element('error', { type: 'inconclusive', message }, [text])],
    'not-applicable': [element('skipped', { message }, [])],
    waived: [element('skipped', { message: `waived: ${message}` }, [])],
  };
  return element(
    'testcase',
    { classname: target, name: scenario, time: seconds(finished.milliseconds) },
    inside[verdict.value],
  );
}

function failedProperties(finished: ScenarioFinished): string {
  return [...new Set(findingsOf(finished, 'fail').map((f) => f.property))].join(' ') || 'fail';
}

function told(finished: ScenarioFinished): string {
  const findings = (['fail', 'inconclusive', 'warn', 'note'] as const).flatMap((value) =>
    findingsOf(finished, value).map(
      ({ property, finding: f }) =>
        `${value} ${property} ${f.oracle}\n  observed: ${f.observed}\n  expected: ${f.expected}\n  ${f.requirement.level}: "${f.requirement.quote}" (${sectionOf(f.requirement)}, ${f.requirement.href})`,
    ),
  );
  const shut = finished.verdict.gates.filter((gate) => !gate.open).map((gate) => `gate ${gate.id}: ${gate.because}`);
  return [finished.verdict.because, ...findings, ...shut, `replay: ${finished.replay}`].join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

/** `inside` is XML already. */
function element(
  name: string,
  attributes: { readonly [name: string]: string | number | boolean },
  inside: readonly string[],
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${xml(String(value)).replace(/[\n\t]/g, ' ')}"`,
  );
  return inside.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${inside.join('\n')}</${name}>`;
}
