import type { AnyFault } from '../../harness/model/fault.ts';
import { idpFaults } from './idp/all.ts';
import { linkFaults } from './links/all.ts';
import { proofFaults } from './proof/index.ts';
import { resourceFaults } from './resource/index.ts';
import { tokenFaults } from './token/all.ts';

/** Every fault there is, with its usual parameters. */
export const faults: readonly AnyFault[] = [
  ...tokenFaults,
  ...proofFaults,
  ...idpFaults,
  ...resourceFaults,
  ...linkFaults,
];
