import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { needing } from '../machine.ts';
import { folderOf, start } from './failwell.ts';

const sh = async (script: string) => (await promisify(execFile)('/bin/sh', ['-c', script])).stdout;

/** Holds a scenario on a built-in target, does something meanwhile with what was printed, and lets it go. */
async function held(target: string, scenario: string, meanwhile: (lines: readonly string[]) => Promise<void>) {
  const folder = await folderOf({
    'failwell.config.mts': "export default { targets: ['*.target.mts'] };",
    'a.target.mts': `export { default } from 'ROOT/targets/${target}/target.ts';`,
  });
  const args = ['run', '-s', scenario, '--hold', '-r', 'ndjson', '--exit-zero'];
  const { child, said, done } = start(args, { folder, stdin: 'pipe' });
  await expect.poll(() => said.stderr, { timeout: 60_000 }).toContain('Press Enter');
  await meanwhile(said.stderr.split('\n').filter((line) => line.startsWith('  ')));
  child.stdin!.write('\n');
  expect((await done).exit).toBe(0);
  return readFileSync(join(folder, 'failwell-report/run.ndjson'), 'utf8');
}

test('an IdP: the curl line comes to what was judged, and its secrets are in no record', {
  timeout: 90_000,
}, async () => {
  let basic = '';
  const record = await held('reference/idp', 'idp/client-authentication/wrong-secret', async ([exported, curl]) => {
    expect(curl).toMatch(/^ {2}curl -i --cacert "\$CA" -X POST .*-H 'Authorization: Basic '"\$BASIC" --data /);
    basic = /BASIC='([^']+)'/.exec(exported!)![1]!;
    const answer = await sh(`${exported}\n${curl} -s`);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain('invalid_client');
  });
  expect(record).toContain('\\"$BASIC\\"');
  expect(record).not.toContain(basic);
});

test('an IdP after a login: what the code was redeemed with is in variables', { timeout: 90_000 }, async () => {
  await held('reference/idp', 'idp/code/verifier-wrong', async ([exported, curl]) => {
    expect(exported).toMatch(/ CODE='[^']+'.* CODE_VERIFIER='[^']+'/);
    expect(curl).toMatch(/--data 'grant_type=authorization_code&code='"\$CODE"'&redirect_uri=/);
    expect(await sh(`${exported}\n${curl} -s`)).toContain('invalid_grant');
  });
});

test('a client without pages: its last instruction', { timeout: 90_000 }, async () => {
  await held('reference/client', 'client/wrong-secret/by-itself', async ([exported, line]) => {
    expect(line).not.toMatch(/"client_secret":"(?!'"\$CLIENT_SECRET)/);
    const instruction = JSON.parse(await sh(`${exported}\n${line!.replace(/\| …$/, '| cat')}`));
    expect(instruction).toMatchObject({ do: 'client-credentials', ca_file: expect.any(String) });
    expect(instruction.client_secret).toMatch(/./);
  });
});

test('a web application: the request with which its user began', { timeout: 90_000 }, async () => {
  await held('node/passport-openidconnect', 'client/wrong-secret/log-in', async ([exported, curl]) => {
    expect(exported).toContain("USER_NAME='alice'");
    expect(await sh(`${exported}\n${curl} -s`)).toMatch(/^location: https:\/\/[\w.]+:\d+\/authorize\?/im);
  });
});

test('a browser: the address at which its user began', { ...needing('browser'), timeout: 120_000 }, async () => {
  await held('reference/single-page', 'client/clock-skew/slow-2h', async ([url]) => {
    expect(url).toMatch(/^ {2}https:\/\/127\.0\.0\.1:\d+\/login$/);
    expect(await sh(`curl -ksi ${url}`)).toMatch(/^HTTP\/1\.1 200 [\s\S]*<html/);
  });
});

test('a chain: the last instruction of its client, whose API is behind the gateway', { timeout: 90_000 }, async () => {
  await held('chain/reference', 'chain/client-side/secret-rotated', async ([exported, line]) => {
    const instruction = JSON.parse(await sh(`${exported}\n${line!.replace(/\| …$/, '| cat')}`));
    expect(instruction).toMatchObject({ do: 'finish-login', call: expect.stringContaining('https://gateway.') });
    expect(line).not.toContain(instruction.client_secret);
  });
});
