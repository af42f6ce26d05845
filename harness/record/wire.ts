import type { Exchange } from '../model/exchange.ts';
import type { Secrets } from './secrets.ts';

/** Members and parameters whose values are secrets (RFC 6749 §4 to §6, RFC 7636 §4.5, RFC 7521 §4, OIDC Core §3.1.3.3). */
const tokenNames = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_assertion',
  'assertion',
  'subject_token',
  'actor_token',
  'logout_token',
  'token',
];
const secretNames = [
  'client_secret',
  'code_verifier',
  'password',
  'registration_access_token',
  'device_code',
  'auth_req_id',
];

const names = [...tokenNames, ...secretNames].join('|');
const member = new RegExp(`"(${names})"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'g');
/** In JSON, `code` is what frameworks call their error codes; as a parameter it is an authorization code (RFC 6749 §4.1.2). */
const parameter = new RegExp(`(?:^|[?&#])(${names}|code)=([^&#\\s]+)`, 'g');
const input = /<input\b[^>]*>/gi;
const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i');
const inputs = [attribute('name'), attribute('value')];
const filled = new RegExp(`^(?:${names}|code)$`);

/** Makes known what only the wire shows: secrets that a target or a real IdP made. Call it before redacting. */
export function learnFromWire(secrets: Secrets, { request, response }: Exchange): void {
  if (request !== undefined) {
    fromParameters(secrets, request.path);
    fromBody(secrets, request.body.text);
    for (const [name, value] of request.headers) {
      if (is(name, 'authorization')) fromAuthorization(secrets, value);
      else if (is(name, 'cookie')) for (const pair of value.split(';')) fromCookie(secrets, pair, request.path);
    }
  }
  if (response !== undefined) {
    fromBody(secrets, response.body.text);
    // What stands in the path of a URL is an address: an IdP's id of a pending login, which its cookie repeats.
    const address = response.headers.find(([name]) => is(name, 'location'))?.[1].replace(/[?#].*/s, '') ?? '';
    for (const [name, value] of response.headers) {
      if (is(name, 'set-cookie')) fromCookie(secrets, value.split(';', 1).join(), address);
      else if (is(name, 'location')) fromParameters(secrets, value);
    }
  }
}

function is(name: string, wanted: string): boolean {
  return name.length === wanted.length && name.toLowerCase() === wanted;
}

function fromBody(secrets: Secrets, text: string): void {
  if (text === '') return;
  if (!/^\s*[[{]/.test(text)) {
    fromParameters(secrets, text);
    fromInputs(secrets, text);
    return;
  }
  for (const [, name = '', value = ''] of text.matchAll(member)) {
    try {
      learn(secrets, name, JSON.parse(value) as string);
    } catch {
      // No JSON string after all.
    }
  }
}

function fromParameters(secrets: Secrets, text: string): void {
  if (!text.includes('=')) return;
  for (const [, name = '', value = ''] of text.matchAll(parameter)) {
    try {
      learn(secrets, name, decodeURIComponent(value.replaceAll('+', ' ')));
    } catch {
      learn(secrets, name, value);
    }
  }
}

/** Fields of a form that posts itself (OAuth 2.0 Form Post Response Mode §2). */
function fromInputs(secrets: Secrets, text: string): void {
  for (const [element] of text.matchAll(input)) {
    const [name, value] = inputs.map((which) => which.exec(element)?.slice(1).find(Boolean));
    if (name && value && filled.test(name)) learn(secrets, name, value.replaceAll(/&(?:amp|quot|lt|gt|#39);/g, plain));
  }
}

const plain = (entity: string) => ({ '&amp;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>' })[entity] ?? "'";

function fromAuthorization(secrets: Secrets, value: string): void {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(value) ?? [];
  if (/^(?:bearer|dpop)$/i.test(scheme)) learn(secrets, 'access_token', credentials);
  if (!/^basic$/i.test(scheme)) return;
  const pair = Buffer.from(credentials, 'base64').toString();
  const colon = pair.indexOf(':');
  if (colon >= 0) fromParameters(secrets, `client_secret=${pair.slice(colon + 1)}`);
}

/** Short cookies hold settings, not sessions. */
function fromCookie(secrets: Secrets, pair: string, address: string): void {
  const value = pair.slice(pair.indexOf('=') + 1).trim();
  if (value.length >= 12 && !address.includes(value)) learn(secrets, 'cookie', value);
}

function learn(secrets: Secrets, name: string, value: string): void {
  // A bare word is somebody's mistake, or a test's, and would be found everywhere.
  if (name !== 'password' && name !== 'client_secret' && /^[A-Za-z][a-z_ -]*$/.test(value)) return;
  if (tokenNames.includes(name) || /^eyJ[\w-]+\./.test(value)) secrets.learnToken(name, value);
  else secrets.learn(name, value);
}
