import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Pool } from 'undici';

/** What a client made of a call: an answer, the code of its failure, or both when it failed half way. */
export interface Saw {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string | string[] | undefined };
  readonly body?: Buffer;
  readonly code?: string;
}

interface Client extends AsyncDisposable {
  readonly name: string;
  /** Posts a form if there is one. `headers`: name, value, name, value; `deadline` in milliseconds. */
  get(path: string, headers?: readonly string[], deadline?: number, form?: string): Promise<Saw>;
}

type Connect = (url: string, ca: string | undefined, folder: string) => Client;

const undici: Connect = (url, ca) => {
  const pool = new Pool(url, ca === undefined ? {} : { connect: { ca } });
  return {
    name: 'undici',
    async get(path, headers = [], deadline = 10_000, form?: string) {
      let begun: Saw = {};
      try {
        const signal = AbortSignal.timeout(deadline);
        // undici heeds a signal only once it is connected.
        const late = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        const answer = await Promise.race([pool.request({ ...how(form), path, headers: [...headers], signal }), late]);
        begun = { status: answer.statusCode, headers: answer.headers };
        return { ...begun, body: Buffer.from(await answer.body.arrayBuffer()) };
      } catch (problem) {
        return { ...begun, code: codeOf(problem) };
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
};

const node: Connect = (url, ca) => {
  const secure = url.startsWith('https:');
  const agent = secure ? new HttpsAgent({ keepAlive: true, ...(ca && { ca }) }) : new HttpAgent({ keepAlive: true });
  return {
    name: 'node',
    get: (path, headers = [], deadline = 10_000, form?: string) =>
      new Promise((resolve) => {
        const fields = headers.length > 0 ? [...headers, 'Host', new URL(url).host] : undefined;
        const { method } = how(form);
        const options = { agent, method, signal: AbortSignal.timeout(deadline), ...(fields && { headers: fields }) };
        const call = (secure ? httpsRequest : httpRequest)(url + path, options);
        call.on('error', (problem) => resolve({ code: codeOf(problem) }));
        call.on('upgrade', (_, socket) => {
          socket.destroy();
          resolve({ code: 'UPGRADED' });
        });
        call.on('response', async (answer: IncomingMessage) => {
          const begun = { status: answer.statusCode as number, headers: answer.headers };
          try {
            resolve({ ...begun, body: Buffer.concat(await answer.toArray()) });
          } catch (problem) {
            resolve({ ...begun, code: codeOf(problem) });
          }
        });
        call.end(form);
      }),
    async [Symbol.asyncDispose]() {
      agent.destroy();
    },
  };
};

const curl: Connect = (url, ca, folder) => {
  const file = `${folder}/ca.pem`;
  if (ca) writeFileSync(file, ca);
  return {
    name: 'curl',
    get: (path, given = [], deadline = 10_000, form?: string) =>
      new Promise((resolve) => {
        const fields = given.flatMap((name, at) => (at % 2 === 0 ? ['-H', `${name}: ${given[at + 1]}`] : []));
        const data = form === undefined ? [] : ['--data-raw', form];
        const trust = ca ? ['--cacert', file] : [];
        const options = [
          '-s',
          '-i',
          '--raw',
          '--noproxy',
          '*',
          '-m',
          String(deadline / 1000),
          ...data,
          ...trust,
          ...fields,
        ];
        const child = spawn('curl', [...options, url + path], { stdio: ['ignore', 'pipe', 'ignore'] });
        const chunks: Buffer[] = [];
        child.stdout.on('data', (chunk) => chunks.push(chunk));
        child.on('close', (code) => {
          const all = Buffer.concat(chunks);
          const end = all.indexOf('\r\n\r\n');
          const lines = all.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
          const headers: { [name: string]: string | string[] } = {};
          for (const line of lines.slice(1)) {
            const [name, value] = [line.split(':')[0]!.toLowerCase(), line.slice(line.indexOf(':') + 2)];
            headers[name] = name in headers ? [headers[name]!, value].flat() : value;
          }
          resolve({
            ...(end > 0 && {
              status: Number(lines[0]!.split(' ')[1]),
              headers,
              body: all.subarray(end + 4),
            }),
            ...(code !== 0 && { code: `curl:${code}` }),
          });
        });
      }),
    async [Symbol.asyncDispose]() {},
  };
};

const how = (form: string | undefined) => (form === undefined ? { method: 'GET' } : { method: 'POST', body: form });

function codeOf(problem: unknown): string {
  const { code, name, cause } = problem as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || (cause as Error | undefined)?.name === 'TimeoutError') return 'TIMEOUT';
  return typeof code === 'string' ? code : name;
}

/** Every client that this machine has. */
export const clients: readonly (readonly [string, Connect])[] = [
  ['undici', undici],
  ['node:https', node],
  ...(spawnSync('curl', ['--version']).status === 0 ? [['curl', curl] as const] : []),
];
