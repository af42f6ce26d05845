import { json } from '../../../idp/http/answer.ts';
import { editing } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('discovery', { seam: 'discovery-answer', layer: 'policy', cause: 'idp/endpoints' });

/** The document is somewhere else than where its issuer says. */
export const discoveryNotFound = () =>
  fault('not-found', 'there is no metadata at its place: 404', () => json(404, { error: 'not_found' }));
/** RFC 8414 §3.3: a document for another issuer must not be used. */
export const discoveryArray = () =>
  fault(
    'array',
    'the metadata is an array with the document',
    editing((document) => [document]),
  );
export const discoveryError200 = () =>
  fault('error-with-200', 'an error is answered with status 200', () =>
    json(200, { error: 'temporarily_unavailable' }),
  );
