import { expect, test } from 'vitest';
import { plan } from '../../harness/run/plan.ts';
import { reasonsFor } from '../../harness/run/reasons.ts';
import { scenarios } from '../../scenarios/index.ts';
import hono from '../../targets/node/hono/target.ts';
import gateway from '../../targets/reference/gateway/target.ts';

test('what keeps scenarios from a target is counted by reason, and nothing is lost', () => {
  const planned = plan({ scenarios, targets: [gateway, hono] }, {});
  const reasons = reasonsFor(hono, planned);
  expect(reasons[0]).toMatch(/^\d+ × node\/hono does not declare the capability /);
  const counts = reasons.map((reason) => Number.parseInt(reason, 10));
  expect(counts).toEqual(counts.toSorted((one, other) => other - one));
  const away = planned.notApplicable.filter(({ target }) => target === hono).length;
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(away);
});
