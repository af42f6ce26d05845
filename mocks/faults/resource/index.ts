import type { AnyFault, Fault } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { textOf, withBody } from '../links/answer.ts';

/** The metadata of an API (RFC 9728 §2) on its way to a client; any other answer goes on as it is. */
function resourceFault(
  variant: string,
  summary: string,
  change: (document: JsonObject) => JsonObject,
  cause = 'attack/mix-up',
): Fault<'link/answer'> {
  return {
    id: `resource-metadata/${variant}`,
    layer: 'document',
    seam: 'link/answer',
    cause,
    summary,
    apply: (answer) => {
      const document = answer.status === 200 ? metadataIn(textOf(answer)) : undefined;
      return document ? withBody(answer, JSON.stringify(change(document))) : answer;
    },
  };
}

function metadataIn(text: string): JsonObject | undefined {
  try {
    const document = JSON.parse(text);
    return typeof document?.resource === 'string' ? document : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 9728 §3.3: `resource` is the one that was asked for, or the document must not be used. */
export const resourceOther = () =>
  resourceFault('resource-other', 'resource is another API', (document) => ({
    ...document,
    resource: 'https://other-api.example',
  }));

export const resourceTrailingSlash = () =>
  resourceFault('resource-trailing-slash', 'resource differs by a trailing slash', ({ resource, ...others }) => ({
    ...others,
    resource: String(resource).endsWith('/') ? String(resource).slice(0, -1) : `${resource}/`,
  }));

/** The API has moved to another issuer: what the client has from the old one is not for the new one. */
export const authorizationServerOther = ({
  issuer = 'https://issuer.attacker.example',
}: {
  readonly issuer?: string;
} = {}) =>
  resourceFault('authorization-server-other', 'authorization_servers names another issuer', (document) => ({
    ...document,
    authorization_servers: [issuer],
  }));

export const authorizationServersMissing = () =>
  resourceFault(
    'authorization-servers-missing',
    'authorization_servers is missing',
    ({ authorization_servers: _, ...others }) => others,
    'idp/endpoints',
  );

/** Every fault of an API's metadata, with its defaults. */
export const resourceFaults: readonly AnyFault[] = [
  resourceOther(),
  resourceTrailingSlash(),
  authorizationServerOther(),
  authorizationServersMissing(),
];
