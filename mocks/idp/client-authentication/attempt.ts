import type { X509Certificate } from 'node:crypto';
import type { Call } from '../outgoing.ts';
import type { ClientKeys } from '../registration/client-keys.ts';
import type { Assertions } from './assertions.ts';
import type { AuthenticationMethod, RegisteredClient } from './registration.ts';

/** What there is to know about the IdP and the moment of the request. */
export interface Surroundings<C extends RegisteredClient = RegisteredClient> {
  readonly issuer: string;
  /** URLs. */
  readonly endpoints: {
    readonly token: string;
    readonly 'pushed-authorization'?: string;
    readonly 'backchannel-authentication'?: string;
  };
  readonly clients: { find(id: string): C | undefined };
  /** What is known of the request is noted here. */
  readonly about: { client?: string };
  readonly assertions: Assertions;
  /** Authorities of client certificates. */
  readonly clientAuthorities: readonly X509Certificate[];
  /** Milliseconds since 1970. */
  now(): number;
  insistsOn(what: 'authenticatesClients' | 'refetchesClientKeys'): boolean;
  readonly clientKeys: ClientKeys;
  /** How the IdP itself makes requests; it cannot when absent. */
  readonly call: Call | undefined;
}

/** Credentials that a request carries, and nothing proved yet. */
export interface Attempt {
  /** What these credentials may be meant as. */
  readonly methods: readonly AuthenticationMethod[];
  readonly clientId: string;
  /** Throws a `Refusal` (`invalid_client`) unless they are this client's, by this method. */
  prove(client: RegisteredClient, method: AuthenticationMethod, at: Surroundings): void | Promise<void>;
}
