import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('fetches-anything', [policyOff({ what: 'limitsRequestUris' })], {
  summary: 'fetches a request object from anywhere',
  caughtBy: ['idp/request-uri/unregistered'],
});
