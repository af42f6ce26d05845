import { readFile } from 'node:fs/promises';
import { remote } from '../drivers/remote.ts';
import { FailwellError } from '../model/error.ts';
import type { ClientRole } from '../model/step.ts';
import type { RegisteredClient, Target } from '../model/target.ts';

/** What a command line says of an IdP that no target describes. */
export interface IdpFlags {
  readonly client?: string;
  readonly clientSecret?: string;
  readonly redirectUri?: string;
  readonly scope: string;
  readonly user?: string;
  readonly password?: string;
  readonly register?: string | true;
  readonly authority?: string;
  readonly parameter?: readonly string[];
}

/** An IdP that runs at this URL, as a target, and the client that sends its user there. */
export async function idpAt(
  issuer: string,
  flags: IdpFlags,
): Promise<{ readonly target: Target<'idp'>; readonly client: ClientRole }> {
  const { client, clientSecret: secret, redirectUri, scope, user, password, register, authority, parameter } = flags;
  const missing = [
    ...(register === undefined && client === undefined ? ['--client (or --register)'] : []),
    ...(register === undefined && redirectUri === undefined ? ['--redirect-uri'] : []),
    ...(user === undefined ? ['--user'] : []),
    ...(password === undefined ? ['--password'] : []),
  ];
  if (missing.length > 0 || user === undefined || password === undefined)
    throw new FailwellError('usage', `To log in at ${issuer} somebody must be known there: add ${missing.join(', ')}.`);
  const role: ClientRole = register === undefined && secret === undefined ? 'public' : 'confidential';
  const own: RegisteredClient = {
    id: client ?? '',
    ...(secret !== undefined && { secret }),
    redirectUris: [redirectUri ?? ''],
    grantTypes: ['authorization_code'],
    scope,
  };
  const parameters = Object.fromEntries((parameter ?? []).map(pairOf));
  const pem = authority === undefined ? undefined : await readPem(authority);
  const target: Target<'idp'> = {
    id: `remote/${new URL(issuer).hostname}`,
    role: 'idp',
    summary: `the IdP at ${issuer}`,
    capabilities: ['authorization-code', 'openid', 'unlogged', ...(role === 'public' ? [] : ['client-secret'])],
    declares: {},
    idp: {
      issuer: () => issuer,
      scope,
      ...(parameter && { authorizationParameters: parameters }),
      ...(register === undefined
        ? {}
        : { registers: typeof register === 'string' ? { initialAccessToken: register } : {} }),
      given: {
        clients: register === undefined ? { [role]: own } : {},
        user: { username: user, password, email: '' },
      },
    },
    driver: remote({ url: issuer, ...(pem !== undefined && { authority: pem }) }),
  };
  return { target, client: role };
}

function pairOf(text: string): readonly [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new FailwellError('usage', `'${text}' is no parameter: write --parameter name=value.`);
  return [name, value];
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new FailwellError('usage', `${file} cannot be read: name the file of the authority in PEM.`, { cause });
  }
}
