import { OAuth2Server } from 'oauth2-mock-server';
import { alg, serving } from '../serving.ts';

/** As its README sets it up. It asks for no credentials, so any will do. */
const server = new OAuth2Server();
await server.issuer.keys.generate(alg);
await server.start(0, '127.0.0.1');
const { port } = server.address();
serving({ token: `http://127.0.0.1:${port}/token`, jwks: `http://127.0.0.1:${port}/jwks` });
