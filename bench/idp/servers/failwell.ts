import { servedIdp } from '../served-idp.ts';
import { alg, serving } from '../serving.ts';

const { endpoints } = await servedIdp([alg]);
serving({ token: endpoints.token, jwks: endpoints.jwks });
