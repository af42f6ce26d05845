import { defineTarget } from '../../../harness/define.ts';
import { clientOf } from './variant.ts';

export default defineTarget(clientOf('reference/client', "Failwell's own client: how to fail well"));
