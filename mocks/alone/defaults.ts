import type { Client } from '../idp/registration/client.ts';

/** Any port and path on this machine: nobody wants to register a redirection URI before the first try. */
const anywhereHere = ['http://localhost:*/*', 'http://127.0.0.1:*/*', 'https://localhost:*/*'];

/** The clients of a tenant that names none. Their secrets are made for tests and are no secrets. */
export const defaultClients: readonly [Client, ...Client[]] = [
  { id: 'web', secret: 'web-secret', redirectUris: anywhereHere },
  { id: 'native', public: true, redirectUris: [...anywhereHere, 'com.example.native:/callback'] },
];

export const defaultAudience = 'https://api.example';
export const defaultScope = 'read write';
