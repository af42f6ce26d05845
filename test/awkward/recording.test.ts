import { expect, test } from 'vitest';
import { startHistory } from '../../harness/record/recorder.ts';
import { createSecrets } from '../../harness/record/secrets.ts';

test('pages and the tokens of steps are redacted like everything else, and a page keeps its lines', () => {
  const secrets = createSecrets();
  secrets.learnToken('access_token', '2YotnFZFEjr1zCsicMWpAA');
  const { record, entries } = startHistory({ secrets, now: () => 0 });
  const step = {
    step: 'fw-1',
    phase: 'stimulus',
    does: 'revoke',
    outcome: 'accepted',
    detail: 'revoked',
    took: 0,
  } as const;
  record({ kind: 'step', ...step, token: '2YotnFZFEjr1zCsicMWpAA' });
  record({
    kind: 'page',
    step: 'fw-1',
    url: 'https://127.0.0.1:41013/#access_token=2YotnFZFEjr1zCsicMWpAA',
    text: 'Hello\nyour token is 2YotnFZFEjr1zCsicMWpAA\u0007',
    party: 'client',
  });
  expect(entries).toMatchObject([
    { kind: 'token', ref: 'access_token#1' },
    { kind: 'step', token: '‹token:access_token#1›' },
    {
      kind: 'page',
      url: 'https://127.0.0.1:41013/#access_token=‹token:access_token#1›',
      text: 'Hello\nyour token is ‹token:access_token#1›',
      party: 'client',
    },
  ]);
});
