import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import oauth2Server from '../../targets/node/node-oauth2-server/target.ts';
import oauth2MockServer from '../../targets/node/oauth2-mock-server/target.ts';
import oidcProvider from '../../targets/node/oidc-provider/target.ts';
import reference from '../../targets/reference/idp/target.ts';
import { essence, type Ran, runOn } from '../run/engine.ts';

const quick = scenarios.filter(({ role, slow }) => role === 'idp' && slow !== true);

const failed = ({ verdicts }: Ran) =>
  [...verdicts].flatMap(([pair, { value }]) => (value === 'fail' ? [pair.replace(/^\S+ /, '')] : [])).toSorted();
const undecided = ({ verdicts }: Ran) =>
  [...verdicts].flatMap(([pair, { value, because }]) => (value === 'inconclusive' ? [`${pair}: ${because}`] : []));

/** Checked by hand against each server, and explained in docs/findings-idp.md. */
const known = [
  {
    target: oidcProvider,
    fails: [
      'idp/code/no-redirect-uri',
      'idp/login-page/frames',
      'idp/redirect-uri-token/empty',
      'idp/request-encoding/accept-html-refused',
      'idp/request-method/authorization-post',
      'idp/scope-login/empty',
      'idp/scope-login/omitted',
      // It grants no scope at all in place of an unknown one, and does not say so.
      'idp/scope/beginning-only',
      'idp/scope/in-capitals',
      'idp/scope/long',
      'idp/scope/unknown',
      'idp/scope/wildcard',
      'idp/scope/with-commas',
    ],
  },
  {
    target: oauth2Server,
    fails: [
      'idp/authorization-parameters/state-twice',
      'idp/code/without-authentication',
      'idp/scope-refresh/narrower-then-whole',
    ],
  },
];

test.each(known)(
  '$target.id fails at what is known of it, and every scenario comes to a verdict',
  {
    timeout: 240_000,
  },
  async ({ target, fails }) => {
    const ran = await runOn([target], quick, { pool: 2 });
    expect(undecided(ran)).toEqual([]);
    expect(failed(ran)).toEqual(fails);
  },
);

test('a server that checks nothing is caught at each thing that it does not check', { timeout: 120_000 }, async () => {
  const some = quick.filter(({ id }) => /^idp\/(?:redirect-uri|code)\/(?:other|by-another|twice)/.test(id));
  const ran = await runOn([oauth2MockServer], some, { pool: 1 });
  expect(failed(ran)).toEqual([
    'idp/code/by-another-client',
    'idp/code/other-redirect-uri',
    'idp/code/twice',
    'idp/redirect-uri/other-host',
  ]);
});

test('the verdicts on the reference are the same whatever runs beside them and in which order', {
  timeout: 240_000,
}, async () => {
  const alone = await runOn([reference], quick, { pool: 1 });
  expect(alone.exit).toBe(0);
  for (const options of [{ pool: 3 }, { pool: 2, shuffle: 1 }])
    expect(essence(await runOn([reference], quick, options)), JSON.stringify(options)).toEqual(essence(alone));
});
