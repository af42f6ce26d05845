import { succeeds } from '../../harness/oracles/succeeds.ts';
import { interruptions } from '../interruption.ts';
import { discretion } from './expectations.ts';
import { work } from './stimuli.ts';

/** A client's life is interrupted, and it does its work afterwards. */
export default interruptions('client', { work: [work({ until: 'recovery' })], did: succeeds(), discretion });
