#!/usr/bin/env node
// Plain old syntax on purpose: this file must say its sentence on an old Node, too.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(
    `Failwell needs Node 22.22 or newer, and this is ${process.version}: install a newer Node and try again.`,
  );
  process.exitCode = 2;
} else {
  start();
}

function start() {
  // Keeps compiled code between starts (in the system's folder for temporary files): it halves the time of a 'list'.
  require('node:module').enableCompileCache();
  // Most of what a run makes is garbage at once: a small nursery that does not grow saves some 100 MB and no time.
  const { setFlagsFromString } = require('node:v8');
  for (const flag of ['--min-semi-space-size=2', '--max-semi-space-size=4', '--semi-space-growth-factor=1']) {
    setFlagsFromString(flag);
  }
  // In a checkout the sources run as they are; a published package holds only what was built from them.
  const fs = require('node:fs');
  const path = require('node:path');
  const url = require('node:url');
  const source = path.join(__dirname, '../harness/cli.ts');
  const entry = fs.existsSync(source) ? source : path.join(__dirname, '../dist/harness/cli.js');
  import(url.pathToFileURL(entry).href)
    .then((cli) => cli.main(process.argv))
    .catch((error) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 3;
    })
    .then(leaveSoon);
}

/** What a target has left running in this process, such as a timer, must not keep a pipeline waiting. */
function leaveSoon() {
  if (!['run', 'learn'].includes(process.argv[2])) return;
  const left = () => {
    // Whoever reads slowly is to have all of it.
    if (process.stdout.writableLength + process.stderr.writableLength > 0) return leaveSoon();
    console.error('failwell: a target has left something running in this process: let its stop() end all of it.');
    process.exit();
  };
  setTimeout(left, 3_000).unref();
}
