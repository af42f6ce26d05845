import { setTimeout as pause } from 'node:timers/promises';
import { type Document, jsonObject, type Question } from '../reference/gateway/fetch.ts';
import type { Gateway } from '../reference/gateway/parts.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

const raging = new WeakMap<Gateway, Map<string, Promise<void>>>();

/** One a URL, until an answer can be used or the gateway stops, whether anybody still waits for it or not. */
function storm(gateway: Gateway, question: Question): Promise<void> {
  const storms = raging.get(gateway) ?? new Map<string, Promise<void>>();
  raging.set(gateway, storms);
  const known = storms.get(question.url);
  if (known) return known;
  const fresh = rage(gateway, question).finally(() => storms.delete(question.url));
  storms.set(question.url, fresh);
  return fresh;
}

async function rage(gateway: Gateway, question: Question): Promise<void> {
  const hasty = { ...gateway, limits: { ...gateway.limits, retryPause: 0 } };
  while (!gateway.stopped.aborted) {
    const again = correct.fetchDocument(hasty, { ...question, until: performance.now() + 500 });
    const calm = await again.then(usable).then(
      () => true,
      () => false,
    );
    if (calm) return;
    // A storm, but one that a record can hold.
    await pause(10, undefined, { signal: gateway.stopped }).catch(() => {});
  }
}

function usable(document: Document): Document {
  if (document.status !== 401) jsonObject(document);
  return document;
}

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const { fetchDocument } = correct;
    try {
      return usable(await fetchDocument(gateway, question));
    } catch {
      const left = question.until - performance.now();
      await Promise.race([storm(gateway, question), pause(Math.max(0, left), undefined, { signal: gateway.stopped })]);
      return fetchDocument(gateway, { ...question, until: performance.now() + 100 });
    }
  },
};

export default mutant('retries-for-ever', parts, {
  summary: 'asks again and again, with hardly a pause, for as long as the IdP fails',
  caughtBy: ['gateway/jwks-unreachable/status-404', 'gateway/jwks-unreachable/status-500'],
});
