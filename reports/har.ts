import type { Reporter, RunEvent } from '../harness/model/event.ts';
import type { Exchange } from '../harness/model/exchange.ts';
import type { Entry, EntryOf } from '../harness/model/history.ts';
import { prepareFolder, writeWhole } from './folder.ts';
import { harFileName } from './har/file-name.ts';
import { harOf, type Kept } from './har/log.ts';
import type { ScenarioFinished } from './run-so-far.ts';

/** Of one history, until its verdict comes: exchanges, characters of them, and steps. */
const most = { exchanges: 2_000, characters: 4_000_000, steps: 500 };

interface Holding extends Kept {
  readonly scenario: string;
  readonly target: string;
  readonly exchanges: EntryOf<'exchange'>[];
  readonly steps: EntryOf<'step-begun' | 'step'>[];
  left: number;
  characters: number;
  /** When its history began, in milliseconds since 1970; absent in a record before 1.2. */
  began?: number;
}

/**
 * Writes a HAR 1.2 file for each scenario on each target as soon as it is judged, and for those that never were when
 * the run is over. Each is bounded; its comment says how many exchanges it leaves out. Throws a `FailwellError`
 * (`config`) when the folder cannot be written to.
 * @param withSecrets gives an exchange back as it was on the wire; without it secrets stay out
 */
export function harReporter(folder: string, withSecrets?: (exchange: Exchange) => Exchange): Reporter {
  prepareFolder(folder, '--har');
  const held = new Map<string, Holding>();
  let started: Extract<RunEvent, { type: 'run-started' }> | undefined;

  const write = ({ scenario, target, began, ...kept }: Holding, finished?: ScenarioFinished) => {
    if (started === undefined) return;
    const har = harOf(kept, {
      scenario,
      target,
      began: began ?? Date.parse(started.at),
      exact: began !== undefined,
      failwell: started.failwell,
      seed: started.seed,
      secrets: withSecrets !== undefined,
      ...(finished && { verdict: finished.verdict.value, because: finished.verdict.because }),
      ...(finished?.curl !== undefined && { curl: finished.curl }),
    });
    writeWhole(folder, harFileName(scenario, target), `${JSON.stringify(har, wellFormed, 2)}\n`, '--har');
  };

  return {
    on(event) {
      if (event.type === 'run-started') started = event;
      if (!('scenario' in event) || event.type === 'harness-error') return;
      const { scenario, target } = event;
      const key = JSON.stringify([scenario, target]);
      const holding = held.get(key);
      if (event.type === 'scenario-started')
        held.set(key, { scenario, target, exchanges: [], steps: [], left: 0, characters: 0 });
      else if (holding === undefined) return;
      else if (event.type === 'history-began') holding.began = Date.parse(event.at);
      else if (event.type === 'entry') keep(holding, withSecrets ? bared(event.entry, withSecrets) : event.entry);
      else {
        held.delete(key);
        write(holding, event);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const holding of held.values()) write(holding);
      held.clear();
    },
  };
}

function bared(entry: Entry, withSecrets: (exchange: Exchange) => Exchange): Entry {
  return entry.kind === 'exchange' ? { ...entry, exchange: withSecrets(entry.exchange) } : entry;
}

function keep(holding: Holding, entry: Entry): void {
  if (entry.kind === 'step-begun' || entry.kind === 'step') {
    if (holding.steps.length < most.steps) holding.steps.push(entry);
  } else if (entry.kind === 'exchange') {
    const characters = holding.characters + JSON.stringify(entry).length;
    if (holding.exchanges.length < most.exchanges && characters <= most.characters) {
      holding.exchanges.push(entry);
      holding.characters = characters;
    } else holding.left += 1;
  }
}

/** Half a surrogate pair is no UTF-8, which HAR must be. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
