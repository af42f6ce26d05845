import { defineTarget } from '../../../harness/define.ts';
import { idpOf } from './variant.ts';

export default defineTarget(idpOf('reference/idp', "Failwell's own mock IdP with nothing broken: how to fail well"));
