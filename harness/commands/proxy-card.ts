import type { ProxyStart, RunningProxy } from '../proxy.ts';
import { scheduleText } from './placed-fault.ts';

/** What there is to know of a running proxy, for programs. */
export function cardJson(proxy: RunningProxy, { to, har }: ProxyStart): object {
  return {
    url: proxy.url,
    ...(to !== undefined && { to }),
    ...(proxy.adminUrl && { adminUrl: proxy.adminUrl }),
    ...(proxy.ca && { caFile: proxy.ca.file }),
    ...(har !== undefined && { har }),
    faults: proxy.faults().map(({ fault, schedule = { when: 'always' }, at }) => ({
      fault: fault.id,
      schedule,
      ...(at && { at }),
    })),
  };
}

/** The same for people. */
export function card(proxy: RunningProxy, { to, har, only, insecureUpstream }: ProxyStart): string {
  const { url, adminUrl, ca } = proxy;
  const lines = [
    ...(to === undefined ? [`  proxy      ${url}`] : [`  here       ${url}`, `  there      ${to}`]),
    ...(only ? [`  opens up   ${only.join(', ')}; all else passes untouched`] : []),
    ...(insecureUpstream ? ['  careful    any certificate of the far end is taken'] : []),
    ...(adminUrl ? [`  admin API  ${adminUrl}   (${adminUrl}/openapi.json)`] : []),
    ...(har === undefined ? [] : [`  HAR        ${har}, written when it stops`]),
    ...(ca ? [`  CA         ${ca.file}`] : []),
  ];
  const broken = proxy
    .faults()
    .map(
      ({ fault, schedule, at }) =>
        `    ${fault.id}${at ? `@${at}` : ''}${schedule ? scheduleText(schedule) : ''}: ${fault.summary}`,
    );
  return [
    'The proxy runs.',
    '',
    ...lines,
    ...(broken.length > 0 ? ['  broken', ...broken] : []),
    ...(to === undefined ? ['', 'Your client finds it by:', '', ...environment(url)] : []),
    ...(ca ? ['', 'Your client trusts it by one of these:', '', ...trustLines(ca.file)] : []),
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}

function environment(url: string): string[] {
  const { hostname, port } = new URL(url);
  const host = hostname.replaceAll(/[[\]]/g, '');
  const java = ['http', 'https'].map((scheme) => `-D${scheme}.proxyHost=${host} -D${scheme}.proxyPort=${port}`);
  return [
    `  export HTTP_PROXY=${url} HTTPS_PROXY=${url} http_proxy=${url} https_proxy=${url}`,
    '  export NODE_USE_ENV_PROXY=1   # Node 24; clients there have agents of their own before',
    `  export JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS ${java.join(' ')}"   # Java`,
  ];
}

/** One line for each who has a store of its own. */
function trustLines(file: string): string[] {
  const quoted = /^[\w:/.=%-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
  const store = '-storetype PKCS12 -keystore failwell-ca.p12 -storepass changeit';
  const keytool = `rm -f failwell-ca.p12 && keytool -importcert -noprompt -alias failwell ${store} -file ${quoted}`;
  const java = '-Djavax.net.ssl.trustStore=$PWD/failwell-ca.p12 -Djavax.net.ssl.trustStorePassword=changeit';
  return [
    `  Node     export NODE_EXTRA_CA_CERTS=${quoted}`,
    `  curl     export CURL_CA_BUNDLE=${quoted}`,
    `  Python   export SSL_CERT_FILE=${quoted} REQUESTS_CA_BUNDLE=${quoted}`,
    `  Java     ${keytool} && export JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS ${java}"`,
    `  Debian   sudo cp ${quoted} /usr/local/share/ca-certificates/failwell.crt && sudo update-ca-certificates`,
  ];
}
