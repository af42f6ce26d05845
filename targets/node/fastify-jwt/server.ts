import fastifyJwt from '@fastify/jwt';
import Fastify, { type FastifyRequest } from 'fastify';
import buildGetJwks from 'get-jwks';
import { callApi } from '../upstream.ts';

interface Decoded {
  readonly header: { readonly kid: string; readonly alg: string };
  readonly payload: { readonly iss: string };
}

const issuer = process.env.ISSUER!;

const fastify = Fastify({
  logger: true,
  // Every line of a request names its path; without this only the first one does.
  childLoggerFactory: (logger, bindings, options, request) => logger.child({ ...bindings, url: request.url }, options),
});
const getJwks = buildGetJwks({ issuersWhitelist: [issuer], providerDiscovery: true });

fastify.register(fastifyJwt, {
  decode: { complete: true },
  secret: (_request: FastifyRequest, token: unknown) => {
    const { header, payload } = token as Decoded;
    return getJwks.getPublicKey({ kid: header.kid, domain: payload.iss, alg: header.alg });
  },
  verify: { allowedIss: issuer, allowedAud: process.env.AUDIENCE! },
});

fastify.addHook('onRequest', async (request) => {
  await request.jwtVerify();
});

fastify.all('/*', async (request, reply) => {
  const log = (line: string) => request.log.error(line);
  const { status, contentType, body } = await callApi(request.method, request.url, log);
  return reply.code(status).type(contentType).send(body);
});

await fastify.listen({ host: process.env.HOST!, port: Number(process.env.PORT) });
