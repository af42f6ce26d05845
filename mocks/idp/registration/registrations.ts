import type { Random } from '../../../harness/model/fault.ts';
import type { Client } from './client.ts';
import type { Clients } from './clients.ts';
import type { SoftwareIssuer } from './software-statement.ts';

/** Who may register clients, and whose word counts. */
export interface RegistrationPolicy {
  /** What a client must present as `Bearer` to register (RFC 7591 §1.2); nothing when absent. */
  readonly initialAccessToken?: string;
  /** Who may vouch for software (RFC 7591 §2.3); nobody when absent. */
  readonly softwareIssuers?: readonly SoftwareIssuer[];
}

/** A client that registered itself. */
export interface Registration {
  readonly client: Client;
  /** Reads, changes and deletes it (RFC 7592 §1.2). */
  readonly accessToken: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** The clients of one issuer that registered themselves, at most 10,000; the oldest one is forgotten. */
export interface Registrations {
  newId(): string;
  newSecret(): string;
  /** @param now seconds since 1970 */
  add(client: Client, now: number): Registration;
  find(id: string): Registration | undefined;
  /** The client has changed. */
  update(registration: Registration, client: Client): Registration;
  remove(id: string): void;
}

export function createRegistrations(clients: Clients, random: Random, most = 10_000): Registrations {
  const known = new Map<string, Registration>();

  function remove(id: string): void {
    known.delete(id);
    clients.remove(id);
  }

  function keep(registration: Registration): Registration {
    const { client } = registration;
    known.set(client.id, registration);
    clients.add(client);
    if (known.size > most) remove(known.keys().next().value as string);
    return registration;
  }

  return {
    newId: () => `client-${random.hex(12)}`,
    newSecret: () => random.hex(32),
    add: (client, issuedAt) => keep({ client, issuedAt, accessToken: random.hex(32) }),
    find(id) {
      const registration = known.get(id);
      // Whoever runs the IdP may have changed or removed the client meanwhile.
      const client = clients.find(id);
      return registration && client && { ...registration, client };
    },
    update: (registration, client) => keep({ ...registration, client }),
    remove,
  };
}
