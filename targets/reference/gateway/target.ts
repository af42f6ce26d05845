import { defineTarget } from '../../../harness/define.ts';
import { gatewayOf } from './variant.ts';

export default defineTarget(gatewayOf('reference/gateway', "Failwell's own gateway: how to fail well"));
