import { expect, test } from 'vitest';
import { countAnswers } from '../../harness/stage/user-agent/answers.ts';

const token = ['POST', 'https://idp.example/token'] as const;

test('the answer to a request may be told before and after it, and is not that to another one like it', () => {
  let time = 1;
  const answers = countAnswers(() => time);
  answers.answered(...token);
  const first = answers.asked(...token);
  expect(first()).toBe(1);
  const second = answers.asked(...token);
  expect(second()).toBeUndefined();
  time = 2;
  answers.answered('OPTIONS', token[1]);
  answers.answered('POST', `${token[1]}?other`);
  expect(second()).toBeUndefined();
  answers.answered(...token);
  expect([first(), second()]).toEqual([1, 2]);
});

test('a fragment is not sent; what was counted is forgotten', () => {
  const answers = countAnswers(() => 1);
  const before = answers.asked('GET', 'https://idp.example/#a');
  answers.forget();
  answers.answered('GET', 'https://idp.example/');
  expect(before()).toBeUndefined();
  expect(answers.asked('GET', 'https://idp.example/#b')()).toBe(1);
});
