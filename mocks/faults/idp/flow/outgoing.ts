import type { OutgoingPlan } from '../../../../harness/model/issuing.ts';
import { type Duration, milliseconds } from '../../../../harness/model/time.ts';
import { family } from '../family.ts';

const fault = family('outgoing', { seam: 'outgoing-request', layer: 'flow', cause: 'client/endpoints' });

const plans = (variant: string, summary: string, members: Partial<OutgoingPlan>) =>
  fault(variant, summary, (plan) => ({ ...plan, ...members }));

/** Nobody is told, and nothing is fetched. */
export const outgoingNone = () => plans('none', 'the IdP makes no requests of its own', { sent: false });
export const outgoingPatient = ({ patience = '1h' }: { readonly patience?: Duration } = {}) =>
  plans('patient', `the IdP waits ${patience} for an answer to its own requests`, { patience: milliseconds(patience) });
export const outgoingInsistent = ({ tries = 50 }: { readonly tries?: number } = {}) =>
  plans('insistent', `the IdP makes a request of its own ${tries} times over when it fails`, { tries });
export const outgoingTrusting = () =>
  plans('trusting', 'the IdP looks at no certificate when it makes requests of its own', { certificate: 'any' });
