import { rfc } from './document.ts';

const { must, should } = rfc(9101);

/** The OAuth 2.0 Authorization Framework: JWT-Secured Authorization Request (JAR). */
export const rfc9101 = {
  contents: must(
    '5.2',
    'contents',
    'The contents of the resource referenced by the "request_uri" MUST be a Request Object and MUST be reachable by the authorization server',
  ),
  fetches: must(
    '5.2.3',
    'fetches',
    'the authorization server MUST send an HTTP "GET" request to the "request_uri" to retrieve the referenced Request Object',
  ),
  signatureValidated: must(
    '6.2',
    'signature-validated',
    'The authorization server MUST validate the signature of the JWS-signed [RFC7515] Request Object.',
    { cwe: ['CWE-347'] },
  ),
  invalidObject: must(
    '6.2',
    'invalid-object',
    'If the key is not associated with the client or if signature validation fails, the authorization server MUST return an "invalid_request_object" error to the client in response to the authorization request.',
  ),
  onlyInside: must(
    '6.3',
    'only-inside',
    'The authorization server MUST only use the parameters in the Request Object, even if the same parameter is provided in the query parameter.',
    { cwe: ['CWE-345'] },
  ),
  sameClient: must(
    '6.3',
    'same-client',
    'The client ID values in the "client_id" request parameter and in the Request Object "client_id" claim MUST be identical.',
    { cwe: ['CWE-345'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  invalidUri: should(
    '7',
    'invalid-uri',
    'The "request_uri" in the authorization request returns an error or contains invalid data.',
  ),
  verifiesServer: must(
    '8',
    'verifies-server',
    'HTTP clients MUST also verify the TLS server certificate, using DNS-ID [RFC6125], to avoid man-in-the-middle attacks.',
    { cwe: ['CWE-295'] },
  ),
};
