import { correct, type Parts } from '../../reference/single-page/parts.ts';
import { mutant } from '../../reference/single-page/variant.ts';

export const parts: Parts = {
  ...correct,
  tell: `() => {
    console.error('login failed: wrong user name or password');
    show('You are not signed in', 'Your user name or password is wrong.');
  }`,
};

export default mutant('single-page/blames-password', parts, {
  summary: 'tells users that their password is wrong when its own requests fail',
  caughtBy: ['client/cors/token-endpoint', 'client/cors/api'],
});
