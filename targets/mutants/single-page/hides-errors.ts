import { correct, type Parts } from '../../reference/single-page/parts.ts';
import { mutant } from '../../reference/single-page/variant.ts';

export const parts: Parts = {
  ...correct,
  tell: "() => show('Welcome', 'Nobody is signed in.')",
};

export default mutant('single-page/hides-errors', parts, {
  summary: 'shows its home page, and no word of what went wrong',
  caughtBy: [
    'client/cors/discovery',
    'client/cors/token-endpoint',
    'client/cors/token-endpoint-other-origin',
    'client/cors/token-endpoint-doubled',
    'client/cors/jwks',
    'client/cors/userinfo',
    'client/cors/userinfo-preflight-refused',
    'client/cors/userinfo-headers-missing',
    'client/cors/api',
    'client/cors/api-preflight-refused',
  ],
});
