import { correct, type Parts } from '../../reference/single-page/parts.ts';
import { mutant } from '../../reference/single-page/variant.ts';

export const parts: Parts = {
  ...correct,
  ask: `async (url, init = {}) => {
    for (;;) {
      try {
        return await fetch(url, init);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }`,
};

export default mutant('single-page/retries-for-ever', parts, {
  summary: 'sends a request that failed again every 50 ms, and says nothing',
  caughtBy: ['client/cors/discovery', 'client/cors/token-endpoint'],
});
