/**
 * Runs work that ends in good order on Ctrl-C or SIGTERM, and at once on the second.
 * Resolves to what the work resolves to.
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  notice = '\nInterrupted: stopping the targets and writing the reports; once more to stop at once.\n',
): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(notice);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
