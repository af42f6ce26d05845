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

export function createClients(given: readonly [Client, ...Client[]]): Clients {
  const byId = new Map<string, Client>(given.map((client) => [client.id, client]));
  return {
    first: () => given[0],
    find: (id) => byId.get(id),
    list: () => [...byId.values()],
    add: (client) => void byId.set(client.id, client),
    remove: (id) => void byId.delete(id),
  };
}
