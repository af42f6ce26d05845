import type { Client } from './client.ts';

/** The clients that are registered at one issuer. */
export interface Clients {
  /** The one that minted tokens are issued to. */
  first(): Client;
  find(id: string): Client | undefined;
  list(): readonly Client[];
  /** Adds a client, or takes the place of the one with its id. */
  add(client: Client): void;
  remove(id: string): void;
}

/** @param added told of each client that is to be added; what it throws keeps the client out */
export function createClients(
  given: readonly [Client, ...Client[]],
  added: (client: Client) => void = () => {},
): Clients {
  const byId = new Map<string, Client>(given.map((client) => [client.id, client]));
  return {
    first: () => given[0],
    find: (id) => byId.get(id),
    list: () => [...byId.values()],
    add(client) {
      added(client);
      byId.set(client.id, client);
    },
    remove: (id) => void byId.delete(id),
  };
}
