import type { HttpRequest } from '../model/http.ts';
import type { ByHand } from '../model/stage.ts';

type Secrets = ByHand['secrets'];

/** A text for a shell, in which variables stand for secrets and nothing can end its quotes. */
export function shellText(text: string, secrets: Secrets): string {
  // A longer one may hold a shorter one.
  const names = Object.keys(secrets)
    .filter((name) => secrets[name] !== '')
    .sort((one, other) => secrets[other]!.length - secrets[one]!.length);
  const parts = names.reduce<readonly (string | { readonly name: string })[]>(
    (before, name) =>
      before.flatMap((part) => {
        if (typeof part !== 'string') return [part];
        return part.split(secrets[name]!).flatMap((piece, index) => (index === 0 ? [piece] : [{ name }, piece]));
      }),
    [text],
  );
  const shown = parts.map((part) =>
    typeof part === 'string' ? (part === '' ? '' : `'${part.replaceAll("'", `'\\''`)}'`) : `"$${part.name}"`,
  );
  return shown.join('') || "''";
}

/** A request as a curl line; `$CA` stands for the file of the harness CA. */
export function curlLine(url: string, request: HttpRequest, secrets: Secrets, ca = true): string {
  const body = new TextDecoder().decode(request.body);
  return [
    ca ? 'curl -i --cacert "$CA"' : 'curl -i',
    request.method === 'GET' ? '' : `-X ${request.method}`,
    ...request.headers.map(([name, value]) => `-H ${shellText(`${name}: ${value}`, secrets)}`),
    body === '' ? '' : `--data ${shellText(body, secrets)}`,
    shellText(url + request.path, secrets),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
