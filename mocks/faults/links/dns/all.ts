import type { AnyFault } from '../../../../harness/model/fault.ts';
import * as dns from './index.ts';

/** Every DNS fault, with its usual parameters. */
export const dnsFaults: readonly AnyFault[] = [
  dns.unknownName(),
  dns.serverFailure(),
  dns.refusedQuestion(),
  dns.withoutAddress(),
  dns.slow(),
  dns.unanswered(),
  dns.wrongAddress(),
  dns.wrongAddressFirst(),
];
