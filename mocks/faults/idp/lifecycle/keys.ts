import { foreignKey } from '../../../forge/keys.ts';
import { family } from '../family.ts';

const fault = family('keys', { seam: 'keyring', layer: 'lifecycle', cause: 'idp/signing-keys' });

/** A rotation of which the JWK Set does not know yet, as when a cache stands before it. */
export const keysUnpublished = () =>
  fault('unpublished', 'it signs with a new key that its JWK Set lacks', (keys) => [foreignKey('new-key'), ...keys]);

/** A restore from a backup, or two nodes that each made their own: the name is right and the key another. */
export const keysUnpublishedSameKid = () =>
  fault('unpublished-same-kid', 'it signs with another key under the published kid', (keys) => [
    foreignKey(keys[0]?.kid ?? ''),
    ...keys.slice(1),
  ]);

/** Both are published; a client that holds on to the first key of the set fails. */
export const keysOtherPublished = () =>
  fault(
    'other-published',
    'it signs with another one of its published keys',
    (keys) => keys.toReversed(),
    'migration/key-rotation',
  );
