/**
 * Every deadline of the harness itself, in milliseconds. When one runs out the verdict is `inconclusive`: it is not
 * the target's fault. What a target is held to is what it declares.
 */
export const deadlines = {
  /** From spawning a target to its being ready. */
  start: 20_000,
  /** From asking a target to stop to killing it, or from telling a driver to give up its start to giving it up. */
  stop: 2_000,
  /** One step, unless the target declares a longer deadline. */
  step: 12_000,
  /** A step that waits until its target gives up: what takes longer is recorded as that, and no more. */
  outlast: 65_000,
  /** A control's answer. */
  control: 5_000,
  /** A step or a control through a real browser, which first has to start up for its user. */
  browser: 20_000,
  /** Without a request of a page under way: it is what its user is left with. */
  pageQuiet: 500,
  /** Learning how a target logs: a control's line has appeared, or none will. */
  logProbe: 1_500,
  /** A target's lines about a scenario have all come. */
  drain: 3_000,
  /** Without access lines to go by: the logs have been quiet for so long. */
  quiet: 200,
  /** From clearing a fault to the control's passing, unless the target declares a longer recovery. */
  recovery: 5_000,
  /** Between two tries of a step that is repeated until its outcome changes. */
  untilPause: 250,
  /** Between two controls while waiting for recovery. */
  recoveryPause: 100,
  /** One scenario, all told; the start of a target that may take longer comes on top. */
  scenario: 120_000,
} as const;
