import { processMutant } from '../../reference/idp/variant.ts';
import { leavesLock } from '../../reference/process/own-process.ts';

export default processMutant('leaves-a-lock', leavesLock, {
  summary: 'does not start where an earlier life has left its lock',
  caughtBy: ['idp/interruption/killed'],
});
