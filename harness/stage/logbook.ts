import type { SeenExchange } from '../../mocks/links/exchange.ts';
import type { Entry, Occurrence, Recording } from '../model/history.ts';
import { recordedExchange } from '../record/exchange.ts';
import { type Keep, startHistory } from '../record/recorder.ts';
import { createSecrets, type Secrets } from '../record/secrets.ts';

/** Turns what a stage sees into the history of the scenario that is under way, if one is. */
export interface Logbook {
  /** Begins a history. `known` are the secrets that are about from the start, by label. */
  begin(emit: (entry: Entry) => void, known: readonly (readonly [label: string, secret: string])[]): Recording;
  end(): void;
  record(occurrence: Occurrence): void;
  /** From now on this token is shown by its name only. */
  learnToken(label: string, token: string): void;
  /** Records once a history that a fault was met. */
  meet(fault: string, by: 'exchange' | 'token'): void;
  /** Records an exchange and the faults it met. */
  observe(seen: SeenExchange): void;
}

/** @param now monotonic milliseconds, the clock of the links */
export function openLogbook(now: () => number, keep?: Keep): Logbook {
  let recording: Recording | undefined;
  let secrets: Secrets = createSecrets();
  let met = new Set<string>();

  const book: Logbook = {
    begin(emit, known) {
      secrets = createSecrets();
      met = new Set();
      for (const [label, secret] of known) {
        if (label.endsWith('token')) secrets.learnToken(label, secret);
        else secrets.learn(label, secret);
      }
      recording = startHistory({ secrets, now, emit, keep });
      return recording;
    },
    end() {
      recording = undefined;
    },
    record(occurrence) {
      recording?.record(occurrence);
    },
    learnToken(label, token) {
      secrets.learnToken(label, token);
    },
    meet(fault, by) {
      if (recording === undefined || met.has(fault)) return;
      met.add(fault);
      recording.record({ kind: 'fault-met', fault, by });
    },
    observe(seen) {
      if (recording === undefined) return;
      recording.record({ kind: 'exchange', link: seen.link, exchange: recordedExchange(seen, recording) });
      for (const fault of seen.faults) book.meet(fault, 'exchange');
    },
  };
  return book;
}
