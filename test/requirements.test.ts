import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Requirement } from '../harness/model/requirement.ts';

const folder = new URL('../harness/requirements/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'document.ts');

const documents = await Promise.all(
  files.map(async (file) => {
    const exported = Object.values(await import(new URL(file, folder).href)) as Record<string, Requirement>[];
    return { file, requirements: exported.flatMap((each) => Object.values(each)) };
  }),
);
const requirements = documents.flatMap((each) => each.requirements);

test('every document holds requirements', () => {
  for (const { file, requirements } of documents) expect(requirements.length, file).toBeGreaterThan(0);
  expect(requirements.length).toBeGreaterThan(90);
});

test('ids are unique and begin with the name of their file', () => {
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
  for (const { file, requirements } of documents) {
    const name = file
      .replace('.ts', '')
      .replace(/^openid-(core|discovery|registration|backchannel)$/, 'openid-connect-$1-1_0');
    for (const { id } of requirements) expect(id.split('/')[0]).toBe(name);
  }
});

test.each(requirements.map((each) => [each.id, each] as const))('%s is well formed', (id, requirement) => {
  expect(requirement.quote.length).toBeGreaterThan(20);
  expect(requirement.quote.length).toBeLessThanOrEqual(300);
  expect(requirement.quote).not.toMatch(/\n| {2}|[“”‘’…]/);
  expect(['MUST', 'SHOULD', 'MAY']).toContain(requirement.level);
  for (const cwe of requirement.cwe ?? []) expect(cwe).toMatch(/^CWE-\d{2,4}$/);
  for (const asvs of requirement.asvs ?? []) expect(asvs).toMatch(/^(?:[1-9]|1[0-7])\.\d{1,2}\.\d{1,2}$/);
  const [document, section] = id.split('/');
  if (document === 'practice') return;
  const href = document?.startsWith('rfc')
    ? `https://www.rfc-editor.org/rfc/${document}#section-${section}`
    : `https://openid.net/specs/${document}.html#rfc.section.${section}`;
  expect(requirement.href).toBe(href);
  expect(section).toMatch(/^\d+(?:\.\d+)*$/);
});

test('a quoted keyword is never stronger than the level', () => {
  for (const { id, level, quote } of requirements) {
    if (level === 'MUST') expect(/\b(?:SHOULD|MAY)\b/.test(quote) && !/\bMUST\b/.test(quote), id).toBe(false);
    if (id.startsWith('practice/')) expect(level, id).not.toBe('MUST');
  }
});

test('every practice has its paragraph in docs/practice.md, and none is left over', () => {
  const text = readFileSync(new URL('../docs/practice.md', import.meta.url), 'utf8');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map((match) => `docs/practice.md#${match[1]}`);
  const practices = requirements.filter(({ id }) => id.startsWith('practice/'));
  expect(practices.map(({ href }) => href)).toEqual(headings);
});
