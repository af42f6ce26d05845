import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Target } from '../../harness/model/target.ts';
import { correct, type Parts } from '../../targets/reference/client/parts.ts';

const folder = new URL('../../targets/mutants/', import.meta.url);
const all = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map(async (file): Promise<{ parts: Parts; default: Target }> => import(new URL(file, folder).href)),
);
/** The flaw of a process lies in none of its parts. */
const mutants = all.filter(({ default: { role, driver } }) => role === 'client' && driver.kind === 'in-process');

test.each(mutants)('$default.id differs from the reference in exactly one part', ({ parts, default: target }) => {
  expect(Object.keys(parts)).toEqual(Object.keys(correct));
  const changed = Object.keys(correct).filter((part) => parts[part as keyof Parts] !== correct[part as keyof Parts]);
  expect(changed).toHaveLength(1);
  expect(target).toMatchObject({
    id: expect.stringMatching(/^mutant\/client-/),
    flaw: { summary: expect.any(String) },
  });
  expect(target.flaw?.caughtBy).not.toEqual([]);
});
