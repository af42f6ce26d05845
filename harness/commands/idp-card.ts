import type { RunningIdp, Tenant } from '../idp.ts';
import { scheduleText } from './placed-fault.ts';

/** What there is to know of a running IdP, for programs. */
export function cardJson(idp: RunningIdp): object {
  return {
    issuer: idp.issuer,
    url: idp.url,
    ...(idp.adminUrl && { adminUrl: idp.adminUrl }),
    ...(idp.ca && { caFile: idp.ca.file }),
    tenants: idp.tenants().map(({ name, issuer, endpoints, clients, users, faults }) => ({
      name,
      issuer,
      endpoints,
      clients: clients.list(),
      users: users.list().map(({ sub, username, password }) => ({ sub, username, password })),
      faults: faults().map(({ fault, schedule = { when: 'always' }, at, only }) => ({
        fault: fault.id,
        schedule,
        ...(at && { at }),
        ...(only && { only }),
      })),
    })),
    curl: curl(idp),
  };
}

/** The same for people. Secrets are shown: they are made for tests. */
export function card(idp: RunningIdp): string {
  const [main, ...others] = idp.tenants() as [Tenant, ...Tenant[]];
  const line = curl(idp);
  return [
    `The IdP runs. Its secrets and passwords are made for tests; use it for nothing else.`,
    '',
    `  issuer     ${main.issuer}`,
    ...(main.issuer === idp.url ? [] : [`  listens    ${idp.url}`]),
    `  discovery  ${main.endpoints.discovery}`,
    ...(idp.adminUrl ? [`  admin API  ${idp.adminUrl}   (${idp.adminUrl}/openapi.json)`] : []),
    ...(idp.ca ? [`  CA         ${idp.ca.file}   (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE)`] : []),
    '',
    ...about(main),
    ...others.flatMap((tenant) => ['', `  tenant ${tenant.name}: ${tenant.issuer}`, '', ...about(tenant)]),
    '',
    ...(line ? ['A token:', '', `  ${line}`, ''] : []),
    'Ctrl-C stops it.',
  ].join('\n');
}

/** More than these would fill the screen. */
const shownUsers = 10;

function about({ clients, users, faults }: Tenant): string[] {
  const all = users.list();
  const names = [...clients.list().map(({ id }) => id), ...all.slice(0, shownUsers).map(({ username }) => username)];
  const width = Math.max(...names.map(({ length }) => length));
  return [
    '  clients',
    ...clients.list().map((client) => {
      const proof =
        client.secret === undefined ? (client.tokenEndpointAuthMethod ?? 'public') : `secret ${client.secret}`;
      const { redirectUris = [] } = client;
      return `    ${client.id.padEnd(width)}  ${proof}${redirectUris.length > 0 ? `   ${redirectUris.join(' ')}` : ''}`;
    }),
    '  users',
    ...all.slice(0, shownUsers).map(({ username, password, claims }) => {
      const name = typeof claims.name === 'string' ? `   ${claims.name}` : '';
      return `    ${username.padEnd(width)}  password ${password}${name}`;
    }),
    ...(all.length > shownUsers ? [`    and ${all.length - shownUsers} more (--json shows them all)`] : []),
    ...(faults().length > 0 ? ['  broken'] : []),
    ...faults().map(({ fault, schedule, at, only = {} }) => {
      const bound = [...(at ? [`at ${at}`] : []), ...Object.entries(only).map(([what, which]) => `${what} ${which}`)];
      const where = bound.length > 0 ? ` (${bound.join(', ')})` : '';
      return `    ${fault.id}${schedule ? scheduleText(schedule) : ''}: ${fault.summary}${where}`;
    }),
  ];
}

/** A line that gets a token as it stands, if a client has a secret to get one with. */
function curl({ clients, endpoints, url, ca }: RunningIdp): string | undefined {
  const able = clients
    .list()
    .find(({ secret, tokenEndpointAuthMethod: method = 'client_secret_basic', grantTypes }) => {
      const may = grantTypes?.includes('client_credentials') ?? true;
      return secret !== undefined && may && /^client_secret_(basic|post)$/.test(method);
    });
  if (able?.secret === undefined) return undefined;
  const { id, secret, tokenEndpointAuthMethod } = able;
  const proof =
    tokenEndpointAuthMethod === 'client_secret_post'
      ? `--data-urlencode ${quoted(`client_id=${id}`)} --data-urlencode ${quoted(`client_secret=${secret}`)}`
      : // RFC 6749 §2.3.1 wants both encoded before they are put together.
        `-u ${quoted(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`;
  const here = `${url}${new URL(endpoints.token).pathname}`;
  return `curl -s ${ca ? `--cacert ${quoted(ca.file)} ` : ''}${proof} -d grant_type=client_credentials ${here}`;
}

/** For a shell. */
const quoted = (text: string) => (/^[\w:/.=%-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
