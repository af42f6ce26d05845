import { grants } from '../../harness/oracles/grants.ts';
import { interruptions } from '../interruption.ts';
import { discretion } from './expectations.ts';
import { authorize } from './stimuli.ts';

/** An IdP's life is interrupted, and a user logs in afterwards. */
export default interruptions('idp', {
  needs: ['authorization-code'],
  // The control afterwards redeems a code, too.
  work: [authorize()],
  did: grants(),
  discretion,
});
