import { authorizationServerError } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

const always = authorizationServerError();
const ofErrors: typeof always = {
  ...always,
  apply: (response, random) => (response.parameters.error === undefined ? response : always.apply(response, random)),
};

export default mutant('authorization-errors-as-server-error', [ofErrors], {
  summary: 'says server_error of whatever is wrong with an authorization request',
  caughtBy: ['idp/pkce/method-unknown', 'idp/pkce/no-challenge'],
});
