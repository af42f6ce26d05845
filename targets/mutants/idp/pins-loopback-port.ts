import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('pins-loopback-port', [policyOff({ what: 'freesLoopbackPorts' })], {
  summary: 'wants the registered port of a loopback redirect URI',
  caughtBy: ['idp/redirect-uri-native/highest-port', 'idp/redirect-uri-native/any-port'],
});
