import { afterAll, beforeAll, expect, test } from 'vitest';
import { idpAt } from '../../harness/commands/learn-target.ts';
import { stagesFor } from '../../harness/compose.ts';
import { asLogin } from '../../harness/config/login.ts';
import { lacksBrowser } from '../../harness/drivers/browser/lacks.ts';
import { type LearnOptions, learn } from '../../harness/learn/learn.ts';
import { prove } from '../../harness/learn/prove.ts';
import type { Question } from '../../harness/learn/questions.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import oidcProvider from '../../targets/node/oidc-provider/target.ts';
import { openScriptedOp, password, redirectUri, secret } from '../stage/scripted-op.ts';
import { openPlainOp } from './plain-op.ts';

let surroundings: Surroundings;
beforeAll(async () => {
  surroundings = await createSurroundings();
});
afterAll(() => surroundings[Symbol.asyncDispose]());

async function at(
  url: string,
  more: Partial<Pick<LearnOptions, 'inBrowser'>> & {
    readonly answers?: readonly string[];
    readonly password?: string;
  } = {},
) {
  const flags = { client: 'mine', clientSecret: secret, redirectUri, scope: 'openid', user: 'alice' };
  const walker = {
    ...(await idpAt(url, { ...flags, password: more.password ?? password })),
    open: stagesFor(surroundings, 1),
    signal: AbortSignal.timeout(100_000),
  };
  const asked: Question[] = [];
  const ask = async (question: Question) => {
    asked.push(question);
    return more.answers?.find((answer) => question.among.includes(answer));
  };
  const learning = learn({ ...walker, issuer: url, inBrowser: more.inBrowser === true, ask });
  return { walker, asked, learning };
}

test('forms are recognised, a link that says no is followed, and a server that lets any password in is told', {
  timeout: 120_000,
}, async () => {
  const walker = {
    target: oidcProvider,
    client: 'confidential',
    open: stagesFor(surroundings, 1),
    signal: AbortSignal.timeout(100_000),
  } as const;
  const ask = async () => expect.unreachable('nothing is to be asked');
  const { recipe, pages } = await learn({ ...walker, issuer: undefined, inBrowser: false, ask });
  expect(pages.map(({ as, deny }) => [as, deny])).toEqual([
    ['login', undefined],
    ['consent', { link: '[ Cancel ]' }],
  ]);
  expect(await prove(walker, asLogin(JSON.parse(JSON.stringify(recipe))), true)).toEqual({
    login: { holds: true, seen: 'a code; the token endpoint: 200' },
    wrongPassword: { holds: false, seen: 'a code' },
    denial: { holds: true, seen: 'access_denied' },
    needsPrompt: false,
  });
});

test('a name and a password on two pages, and what the second one says of a wrong password', {
  timeout: 120_000,
}, async () => {
  await using op = await openPlainOp([
    {
      html: '<title>Acme</title><form method=post action="ACTION"><input name=email type=email><button>Next</button></form>',
    },
    {
      html: '<title>Acme</title><form method=post action="ACTION"><input name=pw type=password><button>Go on</button></form>',
      wants: { pw: password },
      otherwise: '<p>That did not fit</p>',
    },
    {
      html: '<title>Acme</title><form method=post action="ACTION"><button name=yes>Agree</button><button name=no>Not today, cancel</button></form>',
      no: 'no',
    },
  ]);
  const { walker, learning } = await at(op.url);
  const { recipe } = await learning;
  expect(recipe).toEqual({
    issuer: op.url,
    pages: [
      { when: 'That did not fit', refuses: true },
      { when: expect.stringContaining('email'), fill: { email: '{username}' }, press: 'Next' },
      { when: expect.stringContaining('pw'), fill: { pw: '{password}' }, press: 'Go on' },
      { when: expect.any(String), press: 'Agree', deny: { press: 'Not today, cancel' } },
    ],
  });
  const proofs = await prove(walker, asLogin(recipe), true);
  expect([proofs.login, proofs.wrongPassword, proofs.denial].map((proof) => proof?.holds)).toEqual([true, true, true]);
});

test('what a page leaves open is asked once, and the answer is in the recipe', { timeout: 120_000 }, async () => {
  await using op = await openPlainOp([
    {
      html: '<title>Who?</title><form method=post action="ACTION"><input name=a><input name=b><button name=s value=x>→</button></form>',
      wants: { a: 'alice', b: password },
      otherwise: '<p>Once more</p>',
    },
  ]);
  const { walker, asked, learning } = await at(op.url, { answers: ['a', 'b', '→'] });
  const { recipe } = await learning;
  expect(asked.map(({ option }) => option)).toEqual(['username-field', 'password-field', 'press']);
  expect(recipe).toMatchObject({
    pages: [{ refuses: true }, { fill: { a: '{username}', b: '{password}' }, press: '→' }],
  });
  const { login, wrongPassword } = await prove(walker, asLogin(recipe), false);
  expect([login.holds, wrongPassword.holds]).toEqual([true, true]);
  const unanswered = await at(op.url);
  await expect(unanswered.learning).rejects.toThrow(
    "nothing on the page 'Who?' was recognised: if the page is a script, add --browser, else say what to do there by --username-field",
  );
});

test('a wrong password, and a server that is not there, are said in a sentence', { timeout: 120_000 }, async () => {
  const html =
    '<title>In</title><form method=post action="ACTION"><input name=user><input name=pw type=password><button>In</button></form>';
  await using op = await openPlainOp([{ html, wants: { pw: password } }]);
  const wrong = await at(op.url, { password: 'another' });
  await expect(wrong.learning).rejects.toThrow("the page 'In' came again: correct the user and the password.");
  const nobody = await at('http://127.0.0.1:9');
  await expect(nobody.learning).rejects.toThrow(
    'http://127.0.0.1:9 was not reached (ECONNREFUSED): start the server, or correct its URL.',
  );
});

test.skipIf(lacksBrowser() !== undefined)(
  'pages that are scripts are learnt in a browser, with the words by which they say no',
  { timeout: 240_000 },
  async () => {
    await using op = await openScriptedOp();
    const without = await at(op.url);
    await expect(without.learning).rejects.toThrow('if the page is a script, add --browser');
    const { walker, learning } = await at(op.url, { inBrowser: true });
    const { recipe, pages } = await learning;
    expect(pages.map(({ as }) => as)).toEqual(['login', 'consent']);
    expect(recipe).toMatchObject({
      browser: [
        { when: 'That is not your password', refuses: true },
        { does: [{ with: '{username}' }, { with: '{password}' }, { click: '#in' }] },
        { does: [{ click: '#yes' }], deny: [{ click: '#no' }] },
      ],
    });
    const proofs = await prove(walker, asLogin(recipe), true);
    expect([proofs.login, proofs.wrongPassword, proofs.denial].map((proof) => proof?.holds)).toEqual([
      true,
      true,
      true,
    ]);
  },
);
