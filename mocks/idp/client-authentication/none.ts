import type { Form } from '../form.ts';
import type { Attempt } from './attempt.ts';

/** RFC 6749 §3.2.1: a public client says who it is and proves nothing. */
export function none(form: Form): Attempt | undefined {
  const clientId = form.get('client_id');
  return clientId === undefined ? undefined : { methods: ['none'], clientId, prove: () => {} };
}
