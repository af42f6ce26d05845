import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers } from '../../../harness/model/http.ts';
import { withField, withoutField } from './answer.ts';

interface FieldOptions {
  /** Which field. Default `Authorization`, which an intermediary is most apt to touch. */
  readonly name?: string;
  /** Default `gateway/plugin` for `Authorization`, `request/headers` for the others. */
  readonly cause?: CauseId;
}

/** The field does not arrive. */
export function headerDropped(options: FieldOptions = {}): Fault<'link/request'> {
  return field('dropped', 'is stripped on the way', options, (headers, name) => withoutField(headers, name));
}

/** The field arrives twice, with the same value. */
export function headerDoubled(options: FieldOptions = {}): Fault<'link/request'> {
  return field('doubled', 'is doubled on the way', options, (headers, name) =>
    headers.flatMap((entry) => (entry[0].toLowerCase() === name ? [entry, entry] : [entry])),
  );
}

/** The field's name arrives in other letters, which mean the same (RFC 9110 §5.1): a must-accept. */
export function headerRecased(options: FieldOptions = {}): Fault<'link/request'> {
  return field('recased', 'arrives in other letters', options, (headers, name) =>
    headers.map(([field, value]) => [field.toLowerCase() === name ? swapped(field) : field, value]),
  );
}

/** The field arrives with this value, whether it was sent or not: what a proxy adds, or an attacker through one. */
export function headerSet({
  name,
  value,
  cause,
}: FieldOptions & { readonly name: string; readonly value: string }): Fault<'link/request'> {
  return {
    ...field('set', `arrives as ${value}`, { name, ...(cause === undefined ? {} : { cause }) }, (headers) => headers),
    apply: (request) => ({ ...request, headers: withField(request.headers, name, value) }),
  };
}

function swapped(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}

function field(
  variant: string,
  what: string,
  { name = 'Authorization', cause }: FieldOptions,
  change: (headers: Headers, name: string) => Headers,
): Fault<'link/request'> {
  const wanted = name.toLowerCase();
  return {
    id: `http/request-${wanted}-${variant}`,
    layer: 'http',
    seam: 'link/request',
    cause: cause ?? (wanted === 'authorization' ? 'gateway/plugin' : 'request/headers'),
    summary: `the ${name} field ${what}`,
    apply(request) {
      if (!request.headers.some(([field]) => field.toLowerCase() === wanted)) return request;
      return { ...request, headers: change(request.headers, wanted) };
    },
  };
}
