import type { Expected } from '../../harness/model/scenario.ts';
import {
  answersDocument,
  hasLongKeys,
  hasMembers,
  hasNoEmptyLists,
  isOfItsIssuer,
  keepsKidsApart,
  lists,
  namesTypes,
  namesUses,
  publishesNoSecret,
  usesHttps,
} from '../../harness/oracles/documents.ts';
import { accept } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { openidDiscovery } from '../../harness/requirements/openid-discovery.ts';
import { rfc7517 } from '../../harness/requirements/rfc7517.ts';
import { rfc7518 } from '../../harness/requirements/rfc7518.ts';
import { discretion, endures } from './expectations.ts';
import { readDiscovery, readJwks } from './stimuli.ts';
import { table } from './table.ts';

const reads = (...signal: readonly Expected[]) => accept({ signal, discretion, resilience: endures });
const found = grants().by(openidDiscovery.answeredAsJson);
const keys = { does: readJwks(), cause: 'idp/signing-keys', needs: ['openid'] };

/** OpenID Connect Discovery §3 and RFC 7517: what an IdP publishes about itself. */
export default table(
  {
    family: 'documents',
    cause: 'idp/endpoints',
    remedy:
      'Make the metadata of the configuration that is in force, with every required member, and publish the public half of each key under a kid of its own.',
    needs: ['openid'],
  },
  {
    'metadata-form': {
      summary: 'The metadata are JSON, and say so.',
      does: readDiscovery(),
      expect: reads(answersDocument().by(openidDiscovery.answeredAsJson)),
    },
    issuer: {
      summary: 'The metadata are those of the issuer under which they are found.',
      does: readDiscovery(),
      expect: reads(found, isOfItsIssuer().by(openidDiscovery.issuerIdentical)),
    },
    'required-members': {
      summary: 'The metadata have every member that they must have.',
      does: readDiscovery(),
      expect: reads(
        hasMembers(
          'issuer',
          'authorization_endpoint',
          'token_endpoint',
          'jwks_uri',
          'response_types_supported',
          'subject_types_supported',
          'id_token_signing_alg_values_supported',
        ).by(openidDiscovery.requiredMembers),
      ),
    },
    'response-types': {
      summary: 'The metadata list the response type by which users log in here.',
      does: readDiscovery(),
      expect: reads(lists('response_types_supported', 'code').by(openidDiscovery.requiredMembers)),
      needs: ['authorization-code'],
    },
    rs256: {
      summary: 'The metadata list RS256 for ID tokens.',
      does: readDiscovery(),
      expect: reads(lists('id_token_signing_alg_values_supported', 'RS256').by(openidDiscovery.rs256Included)),
    },
    'empty-lists': {
      summary: 'The metadata have no list without an element.',
      does: readDiscovery(),
      expect: reads(hasNoEmptyLists().by(openidDiscovery.noEmptyLists)),
    },
    https: {
      summary: 'Every URL of the metadata has the scheme https.',
      does: readDiscovery(),
      expect: reads(usesHttps().by(openidDiscovery.jwksByHttps)),
      needs: ['https'],
    },
    'keys-private': {
      summary: 'The published keys have no private and no symmetric part.',
      ...keys,
      expect: accept({
        safe: [publishesNoSecret().by(openidDiscovery.noPrivateKeys)],
        discretion,
        resilience: endures,
      }),
    },
    'keys-typed': {
      summary: 'Each published key says of what type it is.',
      ...keys,
      expect: reads(namesTypes().by(rfc7517.typePresent)),
    },
    'keys-apart': {
      summary: 'No two published keys have the same kid.',
      ...keys,
      expect: reads(keepsKidsApart().by(rfc7517.distinctKids)),
    },
    'keys-used': {
      summary: 'Where some published keys are for encryption, each says what it is for.',
      ...keys,
      expect: reads(namesUses().by(openidDiscovery.useWhereMixed)),
    },
    'keys-long': {
      summary: 'The published RSA keys have at least 2048 bits.',
      ...keys,
      expect: reads(hasLongKeys().by(rfc7518.rsaKeySize)),
    },
  },
);
