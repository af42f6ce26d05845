import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { stagesFor } from '../harness/compose.ts';
import type { OpenStage, Stage } from '../harness/model/stage.ts';
import type { Target } from '../harness/model/target.ts';
import type { Surroundings } from '../harness/stage/surroundings.ts';

/** Running instances of one target, which outlive the runs that use them. */
export interface Instances extends AsyncDisposable {
  /** Base URLs. */
  readonly urls: readonly string[];
  /** Lends a run one instance after another, instead of opening stages. */
  readonly lend: OpenStage;
}

/** Starts instances, each on a stage of its own, and waits until a valid token gets through each. */
export async function startInstances(
  target: Target,
  count: number,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Instances> {
  await using opening = new AsyncDisposableStack();
  const urls: string[] = [];
  const watched: Target = {
    ...target,
    driver: {
      ...target.driver,
      async start(wiring, io) {
        const instance = await target.driver.start(wiring, io);
        urls.push(instance.url);
        return instance;
      },
    },
  };
  const openStage = stagesFor(surroundings, 1);
  const idle: Stage[] = [];
  for (let n = 1; n <= count; n += 1) {
    idle.push(opening.use(await openStage({ target: watched, instance: `${target.id}#${n}`, cold: false, signal })));
  }
  const cleanup = opening.move();
  return {
    urls,
    lend: async () => {
      const stage = idle.shift();
      if (stage === undefined) throw new Error('every instance is in use');
      return Object.create(stage, { [Symbol.asyncDispose]: { value: async () => void idle.push(stage) } });
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

/** A request as undici was asked to send it. */
export interface SentRequest {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: Buffer | string | null;
}

/** Collects the requests that this process sends to some origins, in order, as long as the work lasts. */
export async function collecting(origins: readonly string[], work: () => Promise<void>): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  const collect = (message: unknown) => {
    // Undici's own object changes as the request goes on.
    const { origin, method, path, headers, body } = (message as { readonly request: SentRequest }).request;
    if (origins.includes(String(origin))) {
      sent.push({ origin: String(origin), method, path, headers: [...headers], body });
    }
  };
  subscribe('undici:request:create', collect);
  try {
    await work();
  } finally {
    unsubscribe('undici:request:create', collect);
  }
  return sent;
}
