import { createServer } from 'node:http';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { accessLog } from '../access-log.ts';
import type { IdpSettings } from '../idp-driver.ts';

const { host, port }: IdpSettings = JSON.parse(process.env.SETTINGS!);
const issuer = new OAuth2Issuer();
issuer.url = `http://${host}:${port}`;
await issuer.keys.generate('RS256');
const service = new OAuth2Service(issuer);

createServer((request, response) =>
  accessLog(request, response, () => service.requestHandler(request, response)),
).listen(port, host);
