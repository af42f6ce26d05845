import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const signature = refusesToken({ cause: 'token/signature', by: rfc8725.validateAllOperations });
const unknown = acceptsOrRefusesToken({ cause: 'idp/signing-keys' });

/** RFC 8725 §3.10: kid is a value that the sender chose; what it is looked up in must stand that. */
export default [
  ...forged(
    {
      family: 'token-key-id',
      cause: 'token/signature',
      isolation: 'fresh',
      remedy: "Use kid only to choose among the issuer's published keys; never as a path, a query, a command or a URL.",
    },
    {
      traversal: { flaw: token.keyIdTraversal(), expect: signature },
      sql: { flaw: token.keyIdSql(), expect: signature },
      url: { flaw: token.keyIdUrl(), expect: signature },
      jwk: { flaw: token.keyIdJwk(), expect: signature },
    },
  ),
  ...forged(
    {
      family: 'token-key-id',
      cause: 'idp/signing-keys',
      isolation: 'fresh',
      remedy:
        'Say which kid was not found at which JWKS URL, and fetch the set again for an unknown one, at a bounded rate.',
    },
    {
      unknown: { flaw: token.keyIdUnknown(), expect: unknown },
      missing: { flaw: token.keyIdMissing(), expect: unknown },
      blank: { flaw: token.keyIdBlank(), expect: unknown },
      null: { flaw: token.keyIdNull(), expect: unknown },
      number: { flaw: token.keyIdNumber(), expect: unknown },
      prototype: { flaw: token.keyIdPrototype(), expect: unknown },
      command: { flaw: token.keyIdCommand(), expect: unknown },
      'foreign-key': {
        flaw: token.foreignKey(),
        expect: refusesToken({ cause: 'idp/signing-keys', by: rfc8725.validateAllOperations }),
      },
    },
  ),
];
