import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { HttpRequest } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { withField, withoutField } from './answer.ts';

interface Blame {
  /** Default `request/encoding`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/request', layer: 'http', cause: 'request/encoding' });

/** Another method arrives, without the body where it has none; requests that have it already go on as they are. */
export function methodChanged({
  to = 'GET',
  cause = 'request/method',
}: Blame & { readonly to?: string } = {}): Fault<'link/request'> {
  return fault(
    `request-method-${to.toLowerCase()}`,
    `the request arrives as ${to}`,
    (request) => {
      if (request.method === to) return request;
      const changed = { ...request, method: to };
      return to === 'GET' || to === 'HEAD' ? emptied(changed) : changed;
    },
    cause,
  );
}

/** The body does not arrive, nor do the fields that speak of it. */
export function bodyDropped({ cause }: Blame = {}): Fault<'link/request'> {
  return fault(
    'request-body-dropped',
    'the body of the request is lost',
    (request) => (filled(request) ? emptied(request) : request),
    cause,
  );
}

/** A form arrives as a JSON object (RFC 6749 §3.2 wants a form). */
export function bodyAsJson({ cause }: Blame = {}): Fault<'link/request'> {
  return reformed('json', 'JSON', cause, (form) => ({
    type: 'application/json',
    text: JSON.stringify(Object.fromEntries(form)),
  }));
}

/** A form arrives in parts (RFC 7578). */
export function bodyAsMultipart({ cause }: Blame = {}): Fault<'link/request'> {
  const boundary = 'failwell-part';
  return reformed('multipart', 'multipart/form-data', cause, (form) => ({
    type: `multipart/form-data; boundary=${boundary}`,
    text: `${[...form]
      .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('')}--${boundary}--\r\n`,
  }));
}

/** The query does not arrive. */
export function queryDropped({ cause = 'request/headers' }: Blame = {}): Fault<'link/request'> {
  return fault(
    'request-query-dropped',
    'the query of the request is lost',
    (request) => (request.path.includes('?') ? { ...request, path: request.path.split('?')[0] as string } : request),
    cause,
  );
}

/** A slash after the path, which makes it another one. */
export function slashAppended({ cause = 'idp/endpoints' }: Blame = {}): Fault<'link/request'> {
  return fault(
    'request-slash-appended',
    'the path of the request ends with a slash more',
    (request) => {
      const [path, ...query] = request.path.split('?');
      return { ...request, path: [`${path}/`, ...query].join('?') };
    },
    cause,
  );
}

/** A form in another media type; whatever is no form goes on as it is. */
function reformed(
  variant: string,
  what: string,
  cause: CauseId | undefined,
  write: (form: URLSearchParams) => { readonly type: string; readonly text: string },
): Fault<'link/request'> {
  return fault(
    `request-body-${variant}`,
    `a form arrives as ${what}`,
    (request) => {
      const form = request.headers.some(
        ([name, value]) => name.toLowerCase() === 'content-type' && /^application\/x-www-form-urlencoded/i.test(value),
      );
      if (!form) return request;
      const { type, text } = write(new URLSearchParams(Buffer.from(request.body).toString()));
      return sized({ ...request, headers: withField(request.headers, 'Content-Type', type), body: Buffer.from(text) });
    },
    cause,
  );
}

const filled = ({ body }: HttpRequest) => body.byteLength > 0;

function emptied(request: HttpRequest): HttpRequest {
  const headers = withoutField(withoutField(request.headers, 'Content-Type'), 'Content-Length');
  return { ...request, headers, body: new Uint8Array() };
}

function sized(request: HttpRequest): HttpRequest {
  return { ...request, headers: withField(request.headers, 'Content-Length', String(request.body.byteLength)) };
}
