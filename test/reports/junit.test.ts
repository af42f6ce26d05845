import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junitReporter } from '../../reports/junit.ts';
import { xml } from '../../reports/text.ts';
import { aRun } from './a-run.ts';
import { folder, tell } from './paper.ts';
import { elementsOf } from './well-formed.ts';

async function written(events = aRun()): Promise<string> {
  using at = folder();
  await tell(junitReporter(at.path), events);
  return readFileSync(join(at.path, 'junit.xml'), 'utf8');
}

test('every verdict is a case, and each kind has its element', async () => {
  const text = await written();
  const seen = elementsOf(text);
  expect(seen.get('testsuite')).toBe(9);
  expect(seen.get('testcase')).toBe(97);
  expect(seen.get('failure')).toBe(6);
  expect(seen.get('error')).toBe(8);
  expect(seen.get('skipped')).toBe(14);
  expect(text).toContain('<property name="seed" value="4711"/>');
  expect(text).toContain('<testsuites name="failwell" tests="97" failures="6" errors="8" skipped="14" time="31.400">');
  expect(text).toContain('(RFC 6750 §3, https://www.rfc-editor.org/rfc/rfc6750#section-3)');
});

test('a killed run leaves the cases that were judged', async () => {
  const text = await written(aRun({ killedAfter: 14 }));
  expect(elementsOf(text).get('testcase')).toBe(14);
  expect(text).toContain('<property name="interrupted" value="true"/>');
});

test('any text is well-formed XML once escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      elementsOf(`<a b="${xml(text).replace(/[\n\t]/g, ' ')}">${xml(text)}</a>`);
    }),
  );
});
