import { type Client, correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import { idpUnavailable } from '../reference/gateway/refusal.ts';

const odd = idpUnavailable('failed', 'failed');

/** A client whose requests fail when something comes before the answer, or before the JSON in it. */
function hasty(client: Client): Client {
  const request = async (options: Parameters<Client['agent']['request']>[0]) => {
    const answer = await client.agent.request({
      ...options,
      onInfo: () => {
        throw odd;
      },
    });
    return { ...answer, body: withoutMark(answer.body) };
  };
  return { ...client, agent: { request } as unknown as Client['agent'] };
}

async function* withoutMark(body: AsyncIterable<Buffer>) {
  for await (const chunk of body) {
    if (chunk[0] === 0xef) throw odd;
    yield chunk;
  }
}

/** Whether a token response or a JWK Set is as most are. */
function usual(text: string): boolean {
  if (/"access_token":.*"access_token":/.test(text)) return false;
  const { access_token: access, expires_in: lifetime, scope, keys } = JSON.parse(text);
  const kids = new Set(keys?.map(({ kid }: { readonly kid: string }) => kid));
  if (keys !== undefined && kids.size < keys.length) return false;
  return access === undefined || (typeof lifetime === 'number' && /^[\w:]+( [\w:]+)*$/.test(scope));
}

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const document = await correct.fetchDocument(question.form === undefined ? client : hasty(client), question);
    if (!usual(document.text)) throw odd;
    return document;
  },
};

export default mutant('client-chokes-on-odd-answers', parts, {
  summary: 'gives up without a reason when an answer is other than usual',
  caughtBy: [
    'client/network/early-hints',
    'client/token-answer/expires-in-string',
    'client/token-answer/expires-in-retyped',
    'client/token-answer/duplicate-member',
    'client/token-dialect/scope-array',
    'client/token-dialect/scope-commas',
    'client/token-answer/byte-order-mark',
    'client/jwks/duplicate-kid',
  ],
});
