import type { HttpRequest } from '../../../harness/model/http.ts';
import type { Form } from '../http/form.ts';
import type { Attempt } from './attempt.ts';
import { checkIssued, checkRegistered } from './certificate.ts';

/**
 * A client that says no more than who it is: a public one proves nothing (RFC 6749 §3.2.1), another one has proved
 * itself in the TLS handshake (RFC 8705 §2).
 */
export function none(form: Form, { clientCertificate }: HttpRequest): Attempt | undefined {
  const clientId = form.get('client_id');
  if (clientId === undefined) return undefined;
  return {
    methods: ['none', 'tls_client_auth', 'self_signed_tls_client_auth'],
    clientId,
    prove(client, method, at) {
      if (method === 'tls_client_auth') return checkIssued(client, clientCertificate, at);
      if (method === 'self_signed_tls_client_auth') checkRegistered(client, clientCertificate);
    },
  };
}
