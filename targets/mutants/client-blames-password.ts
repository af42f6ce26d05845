import { Failure } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  classify: (error) => {
    const { because } = correct.classify(error).facts;
    return new Failure({ code: 'login_failed', says: 'wrong user name or password', because });
  },
};

export default mutant('client-blames-password', parts, {
  summary: "tells users that their password is wrong when the application's secret is",
  caughtBy: ['client/wrong-secret/log-in', 'client/idp-certificate/expired'],
});
