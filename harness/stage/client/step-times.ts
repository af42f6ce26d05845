/** When steps ran. */
export interface StepTimes {
  begin(step: string): void;
  end(step: string): void;
  forget(): void;
  /** The one step that was under way at this time; none where several were. */
  at(time: number): string | undefined;
}

/**
 * What a client sends does not show for which step it does so: it is the doing of the step in whose time it began. One
 * scenario at a time runs on an instance, so only the parts of a parallel step cannot be told apart.
 * @param now monotonic milliseconds, the clock of the links
 */
export function stepTimes(now: () => number): StepTimes {
  let times: { readonly step: string; readonly begun: number; ended: number }[] = [];
  return {
    begin: (step) => void times.push({ step, begun: now(), ended: Number.POSITIVE_INFINITY }),
    end(step) {
      const found = times.find((time) => time.step === step);
      if (found !== undefined) found.ended = now();
    },
    forget() {
      times = times.filter(({ ended }) => ended === Number.POSITIVE_INFINITY);
    },
    at(time) {
      const during = times.filter(({ begun, ended }) => begun <= time && time <= ended);
      return during.length === 1 ? during[0]?.step : undefined;
    },
  };
}
