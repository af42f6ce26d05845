import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** An OpenAPI document, as far as the tests look into it. */
export interface Document {
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: {
        readonly operationId: string;
        readonly requestBody?: object;
        readonly responses: { readonly [status: string]: { readonly content?: { readonly [type: string]: object } } };
      };
    };
  };
}

/** Every operation of a document. */
export const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );

/** Validates what a server takes and says against its document. */
export function createContract(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'https://document.example/', ...document });
  const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  const check = (parts: readonly string[], value: unknown) => {
    const $ref = `https://document.example/#/${parts.map((part) => encodeURIComponent(escaped(part))).join('/')}`;
    const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  return {
    /** What is wrong with an answer: nothing, if all is well. */
    wrongAnswer(
      path: string,
      method: string,
      answer: { status: number; type: string; body: unknown },
    ): readonly string[] {
      const { responses } = document.paths[path]![method.toLowerCase()]!;
      const status = `${answer.status}` in responses ? `${answer.status}` : `${Math.floor(answer.status / 100)}XX`;
      const described = responses[status];
      if (!described) return [`status ${answer.status} is not described`];
      if (!described.content) return answer.body === undefined ? [] : ['there is a body'];
      if (!(answer.type in described.content)) return [`${answer.type} is not described`];
      const place = ['paths', path, method.toLowerCase(), 'responses', status, 'content', answer.type, 'schema'];
      return check(place, answer.body);
    },
    /** What is wrong with a request's body. */
    wrongBody: (path: string, method: string, body: unknown): readonly string[] =>
      check(['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'], body),
  };
}
