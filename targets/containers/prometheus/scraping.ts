import { setTimeout as after } from 'node:timers/promises';
import type { Asking } from '../../../harness/drivers/asked.ts';
import { caFile } from '../../../harness/drivers/container/trust.ts';
import type { Instruction } from '../../../harness/model/client.ts';
import { FailwellError } from '../../../harness/model/error.ts';

/** Milliseconds between two looks at the state of its targets. */
const interval = 100;

/** What it must know, named as in an instruction. */
type Settings = Pick<Instruction, 'client_id' | 'client_secret' | 'token_endpoint' | 'scope'> & {
  /** A URL of the API. */
  readonly call: string;
};

/**
 * Its file, as scrape_config and oauth2 of its documentation show; JSON is YAML. With another number the same job counts
 * as changed: it begins anew, without a token.
 */
export function configuration({ client_id, client_secret, token_endpoint, scope, call }: Settings, number: number) {
  const tls_config = { ca_file: caFile };
  const job = {
    job_name: 'api',
    scheme: 'https',
    metrics_path: '/items/metrics',
    scrape_interval: '2s',
    scrape_timeout: '2s',
    sample_limit: 1000 + number,
    tls_config,
    oauth2: { client_id, client_secret, token_url: token_endpoint, scopes: scope.split(' '), tls_config },
    static_configs: [{ targets: [new URL(call).host] }],
  };
  return { '/etc/prometheus/prometheus.yml': JSON.stringify({ scrape_configs: [job] }) };
}

/** https://prometheus.io/docs/prometheus/latest/querying/api, "Targets", as far as it is read here. */
interface State {
  readonly data: {
    readonly activeTargets: readonly {
      readonly health: string;
      readonly lastError: string;
      readonly lastScrape: string;
    }[];
  };
}

async function nextScrape(url: string, signal: AbortSignal): Promise<State['data']['activeTargets'][number]> {
  const since = Date.now();
  for (;;) {
    const state = await fetch(`${url}/api/v1/targets?state=active`, { signal });
    const [target] = ((await state.json()) as State).data.activeTargets;
    if (target !== undefined && Date.parse(target.lastScrape) >= since) return target;
    await after(interval, undefined, { signal });
  }
}

let number = 0;

/**
 * It scrapes by itself, again and again: what it is told is to forget its token, and what it answers is what its page of
 * targets says of the next scrape.
 */
export const scraping: Asking = async (instruction, { url, signal, write, log }) => {
  if (instruction.do !== 'client-credentials' && instruction.do !== 'call') {
    throw new FailwellError('usage', `Prometheus has no users, so it cannot '${instruction.do}'.`);
  }
  if (instruction.do === 'client-credentials') {
    number += 1;
    await write?.(configuration(instruction, number));
    await fetch(`${url}/-/reload`, { method: 'POST', signal });
  }
  const { health, lastError } = await nextScrape(url, signal);
  if (health === 'up') return { ok: true, status: 200 };
  log('/api/v1/targets', lastError);
  return { ok: false, error: { name: 'ScrapeError', message: lastError } };
};
