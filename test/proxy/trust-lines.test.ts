import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { card } from '../../harness/commands/proxy-card.ts';
import type { ProxyStart } from '../../harness/proxy.ts';
import { folderOf } from '../cli/failwell.ts';
import { needing } from '../machine.ts';
import { json, proxied, served } from './fixtures.ts';

/** What the card says to a shell, by whom it is for, and how any client finds a forward proxy. */
function linesOf(said: string) {
  const [, finds = '', trusts = ''] = said.split(/^Your client (?:finds|trusts) it by.*$/m).map((part) => part.trim());
  const lines = [...(trusts || finds).matchAll(/^ *(\w+) {2,}(.+)$/gm)].map(
    ([, name = '', line = '']) => [name, line] as const,
  );
  return { environment: trusts === '' ? '' : finds, trust: new Map(lines) };
}

/** Runs it in a folder of its own, with nothing in the environment that would say otherwise. */
async function shell(script: string, files: { readonly [name: string]: string } = {}) {
  const folder = await folderOf(files);
  const own = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: process.env.HOME };
  return new Promise<{ readonly ok: boolean; readonly said: string }>((resolve) => {
    execFile('sh', ['-ec', script], { cwd: folder, env: own }, (problem, out, err) =>
      resolve({ ok: problem === null, said: out + err }),
    );
  });
}

const python = `
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode())
try:
    import requests
except ImportError:
    pass
else:
    print(requests.get(sys.argv[1]).text)
`;
const java = `
import java.io.InputStream;
import java.net.URI;
class Ask {
  public static void main(String[] arguments) throws Exception {
    try (InputStream body = URI.create(arguments[0]).toURL().openStream()) {
      System.out.println(new String(body.readAllBytes()));
    }
  }
}
`;
const files = { 'ask.py': python, 'Ask.java': java };

/** A request of each kind of client, as a shell command. */
const clients = [
  ['Node', [], (url: string) => `node -e 'fetch("${url}").then((answer) => answer.text()).then(console.log)'`],
  ['curl', ['curl'], (url: string) => `curl -sS ${url}`],
  ['Python', ['python'], (url: string) => `python3 ask.py ${url}`],
  // It would not ask a proxy for what is on this machine.
  ['Java', ['java'], (url: string) => `java -Dhttp.nonProxyHosts= Ask.java ${url}`],
] as const;

describe.each(['reverse', 'forward'] as const)('%s', (mode) => {
  async function asked() {
    const there = await served(
      json(() => 'trusted'),
      { secure: true },
    );
    const options: ProxyStart = { ca: there.ca, ...(mode === 'reverse' && { to: there.byName }) };
    const proxy = await proxied(options);
    const { environment, trust } = linesOf(card(proxy, options));
    const url = `${mode === 'reverse' ? proxy.url : there.byName}/hello`;
    return { there, proxy, environment, trust, url };
  }

  for (const [name, needs, ask] of clients)
    test(`${name} trusts it by its line, and not without`, needing(...needs), async () => {
      const { there, proxy, environment, trust, url } = await asked();
      const without = await shell(`${environment}\n${ask(url)}`, files);
      expect(without.said).not.toContain('"trusted"');
      expect(without.ok).toBe(false);
      // A shell that has had it before, from a proxy that ran before, has it again.
      const line = trust.get(name);
      const { ok, said } = await shell(`${environment}\n${line}\n${line}\n${ask(url)}`, files);
      expect(said).toContain('"trusted"');
      expect(ok).toBe(true);
      expect(there.seen.length).toBeGreaterThan(0);
      // Each of them came through it, and those without the line were seen to turn away.
      const { exchanges } = proxy.history();
      expect(exchanges.map(({ end }) => end)).toContain('tls-failed');
      expect(exchanges.filter(({ end }) => end === 'complete')).toHaveLength(there.seen.length);
    });

  test("Debian's store has it by its line", needing('debian', 'curl'), async () => {
    const { trust, environment, url } = await asked();
    const ask = `curl -sS ${url}`;
    expect(await shell(`${environment}\n${ask}`)).toMatchObject({ ok: false });
    const local = '/usr/local/share/ca-certificates';
    // In a namespace of its own, in which the store is a copy.
    const script = [
      `mkdir local store bin && cp -a /etc/ssl/certs/. store/ && printf '#!/bin/sh\\nexec "$@"\\n' > bin/sudo && chmod +x bin/sudo`,
      `export PATH="$PWD/bin:$PATH"`,
      `mount --bind local ${local} && mount --bind store /etc/ssl/certs`,
      trust.get('Debian'),
      environment,
      ask,
    ].join('\n');
    const { ok, said } = await shell(`unshare -rm sh -ec '${script.replaceAll("'", `'\\''`)}'`);
    expect(said).toContain('"trusted"');
    expect(ok).toBe(true);
  });
});

test('each line is for one that is tried here', async () => {
  const proxy = await proxied();
  const { environment, trust } = linesOf(card(proxy, {}));
  expect([...trust.keys()]).toEqual([...clients.map(([name]) => name), 'Debian']);
  expect(environment).toContain('export HTTP_PROXY=');
});
