import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** An object of HAR 1.2: nothing in it but what the specification names and what begins with an underscore. */
const object = (required: object, optional: object = {}) => ({
  type: 'object',
  properties: { ...required, ...optional, comment: string },
  required: Object.keys(required),
  patternProperties: { '^_': {} },
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
const string = { type: 'string' } as const;
const boolean = { type: 'boolean' } as const;
const integer = (minimum: number) => ({ type: 'integer', minimum });
const time = { type: 'number', minimum: 0 };
const timeOrNone = { anyOf: [time, { const: -1 }] };
const date = { type: 'string', format: 'date-time' };

const pair = object({ name: string, value: string });
const cookie = object(
  { name: string, value: string },
  { path: string, domain: string, expires: date, httpOnly: boolean, secure: boolean },
);
const param = object({ name: string }, { value: string, fileName: string, contentType: string });
const both = {
  httpVersion: string,
  cookies: list(cookie),
  headers: list(pair),
  headersSize: integer(-1),
  bodySize: integer(-1),
};
const request = object(
  {
    ...both,
    method: { type: 'string', minLength: 1 },
    url: { type: 'string', format: 'uri' },
    queryString: list(pair),
  },
  { postData: object({ mimeType: string, text: string }, { params: list(param) }) },
);
const content = object(
  { size: integer(0), mimeType: string },
  { compression: integer(0), text: string, encoding: string },
);
const response = object({ ...both, status: integer(0), statusText: string, content, redirectURL: string });
const timings = object(
  { send: time, wait: time, receive: time },
  { blocked: timeOrNone, dns: timeOrNone, connect: timeOrNone, ssl: timeOrNone },
);
const creator = object({ name: string, version: string });
const page = object({
  startedDateTime: date,
  id: string,
  title: string,
  pageTimings: object({}, { onContentLoad: timeOrNone, onLoad: timeOrNone }),
});
const entry = object(
  { startedDateTime: date, time, request, response, cache: object({}), timings },
  { pageref: string, serverIPAddress: string, connection: string },
);
const log = object(
  { version: { const: '1.2' }, creator, entries: list(entry) },
  { browser: creator, pages: list(page) },
);

const ajv = new Ajv2020({ allErrors: true, strict: true });
formats.default(ajv);
const validate = ajv.compile<unknown>({ ...object({ log }), unevaluatedProperties: false });

interface Pair {
  readonly name: string;
  readonly value: string;
}
/** What the tests read of a HAR. */
export interface Har {
  readonly log: {
    readonly pages: readonly { readonly id: string; readonly title: string; readonly startedDateTime: string }[];
    readonly comment: string;
    readonly entries: readonly {
      readonly pageref?: string;
      readonly startedDateTime: string;
      readonly time: number;
      readonly request: {
        readonly method: string;
        readonly url: string;
        readonly httpVersion: string;
        readonly headers: readonly Pair[];
        readonly cookies: readonly Pair[];
        readonly queryString: readonly Pair[];
        readonly postData?: { readonly mimeType: string; readonly text: string; readonly params?: readonly Pair[] };
        readonly bodySize: number;
      };
      readonly response: {
        readonly status: number;
        readonly statusText: string;
        readonly headers: readonly Pair[];
        readonly cookies: readonly Pair[];
        readonly content: {
          readonly size: number;
          readonly mimeType: string;
          readonly text?: string;
          readonly comment?: string;
        };
        readonly redirectURL: string;
        readonly _error?: string;
      };
      readonly timings: { readonly [name: string]: number };
      readonly _link: { readonly name: string; readonly from: string; readonly to: string };
      readonly _correlation?: string;
      readonly _faults: readonly string[];
      readonly _end: string;
      readonly _error?: { readonly side: string; readonly code: string; readonly message: string };
      readonly _errors?: { readonly near?: { readonly code: string }; readonly far?: { readonly code: string } };
    }[];
  };
}

/** The text as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/); throws when it is none. */
export function harFrom(text: string): Har {
  const har: unknown = JSON.parse(text);
  if (!validate(har)) throw new Error(ajv.errorsText(validate.errors));
  const { log } = har as unknown as Har;
  // The traffic of a proxy has no phases.
  const pages = (log.pages ?? []).map(({ id }) => id);
  if (new Set(pages).size !== pages.length) throw new Error(`two pages with one id: ${pages}`);
  for (const { pageref, time, timings } of log.entries) {
    if (pageref !== undefined && !pages.includes(pageref)) throw new Error(`no page ${pageref}`);
    // ssl is a part of connect.
    const parts = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'].map((name) => timings[name] ?? -1);
    const sum = parts.filter((part) => part >= 0).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - time) > 0.001) throw new Error(`time is ${time}, its parts are ${sum}`);
  }
  const dates = log.entries.map(({ startedDateTime }) => Date.parse(startedDateTime));
  if (dates.some((date, i) => date < (dates[i - 1] ?? date))) throw new Error('the entries are not in order');
  return har as unknown as Har;
}
