import { type Document, jsonObject, type Question } from '../reference/gateway/fetch.ts';
import type { Gateway } from '../reference/gateway/parts.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

const raging = new WeakMap<Gateway, Set<string>>();

/** Goes on behind the caller's back until an answer can be used or the gateway stops. */
async function storm(gateway: Gateway, question: Question): Promise<void> {
  const urls = raging.get(gateway) ?? new Set();
  raging.set(gateway, urls);
  if (urls.has(question.url)) return;
  urls.add(question.url);
  let calm = false;
  while (!calm && !gateway.stopped.aborted) {
    const again = { ...question, until: performance.now() + 500 };
    calm = await correct
      .fetchDocument({ ...gateway, limits: { ...gateway.limits, retryPause: 0 } }, again)
      .then(usable)
      .then(
        () => true,
        () => false,
      );
  }
  urls.delete(question.url);
}

function usable(document: Document): Document {
  if (document.status !== 401) jsonObject(document);
  return document;
}

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    try {
      return usable(await correct.fetchDocument(gateway, question));
    } catch (error) {
      void storm(gateway, question);
      throw error;
    }
  },
};

export default mutant('retries-for-ever', parts, {
  summary: 'asks again and again, without a pause, for as long as the IdP fails',
  caughtBy: ['gateway/jwks-unreachable/refused', 'gateway/jwks-unreachable/status-500'],
});
