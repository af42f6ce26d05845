import type { OpenLink } from '../../../mocks/links/link.ts';
import { FailwellError } from '../../model/error.ts';
import type { ClientRole } from '../../model/step.ts';
import type { IdpWiring, RegisteredClient } from '../../model/target.ts';
import type { Pairs } from './changes.ts';
import { type Metadata, object } from './metadata.ts';

type Clients = IdpWiring['clients'];

/** Clients that were registered for a run, and how to be rid of them. */
export interface Registered {
  readonly clients: Partial<Clients>;
  /** Removes them (RFC 7592 §2.3). */
  remove(signal: AbortSignal): Promise<void>;
}

/** How each client authenticates (RFC 7591 §2). */
const methods: { readonly [C in ClientRole]: string } = {
  confidential: 'client_secret_basic',
  other: 'client_secret_basic',
  public: 'none',
  assertion: 'client_secret_jwt',
  // Its secret must be one that the harness chooses.
  awkward: '',
  key: 'private_key_jwt',
  logout: 'client_secret_basic',
};

/**
 * Registers the clients that a scenario may need (RFC 7591 §3.1). Rejects with a `FailwellError` (`config`) when the IdP
 * refuses the first one; one of the others that it refuses is left out.
 */
export async function register(options: {
  readonly link: Pick<OpenLink, 'send'>;
  readonly metadata: Metadata;
  readonly wanted: Clients;
  /** What they may ask for. */
  readonly scope: string;
  readonly initialAccessToken: string | undefined;
  readonly marks: Pairs;
  readonly signal: AbortSignal;
}): Promise<Registered> {
  const { link, metadata, wanted, scope, initialAccessToken, marks, signal } = options;
  const endpoint = metadata.at('registration');
  const clients: { [C in ClientRole]?: RegisteredClient } = {};
  const managed: { readonly uri: string; readonly token: string }[] = [];
  const bearer = (token: string | undefined): Pairs =>
    token === undefined ? [] : [['Authorization', `Bearer ${token}`]];

  for (const [role, client] of Object.entries(wanted) as [ClientRole, RegisteredClient][]) {
    const method = methods[role];
    if (method === '') continue;
    const { answer } = await link.send(
      {
        method: 'POST',
        path: pathOf(endpoint),
        headers: [['Content-Type', 'application/json'], ...marks, ...bearer(initialAccessToken)],
        body: Buffer.from(
          JSON.stringify({
            client_name: `Failwell (${role})`,
            redirect_uris: client.redirectUris,
            grant_types: client.grantTypes,
            response_types: ['code'],
            scope,
            token_endpoint_auth_method: method,
            ...(role === 'public' && { application_type: 'native' }),
          }),
        ),
      },
      { signal },
    );
    const made = answer && answer.status < 300 ? object(answer.body) : undefined;
    if (typeof made?.client_id !== 'string') {
      if (role !== 'confidential') continue;
      const said = answer === undefined ? 'nothing' : `${answer.status} ${new TextDecoder().decode(answer.body)}`;
      throw new FailwellError(
        'config',
        `${endpoint} registered no client (it answered ${said.slice(0, 200)}): give the target's 'idp.registers' an initial access token, or name clients under 'idp.given'.`,
      );
    }
    const { client_id: id, client_secret: secret } = made;
    clients[role] = { ...without(client), scope, id, ...(typeof secret === 'string' && { secret }) };
    const { registration_client_uri: uri, registration_access_token: token } = made;
    if (typeof uri === 'string' && typeof token === 'string') managed.push({ uri, token });
  }
  return {
    clients: clients as Partial<Clients>,
    async remove(within) {
      for (const { uri, token } of managed) {
        const headers: Pairs = [...marks, ...bearer(token)];
        await link.send({ method: 'DELETE', path: pathOf(uri), headers, body: new Uint8Array() }, { signal: within });
      }
    },
  };
}

const pathOf = (url: string) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

const without = ({ secret: _, ...client }: RegisteredClient): RegisteredClient => client;
