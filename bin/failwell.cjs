#!/usr/bin/env node
// Plain old syntax on purpose: this file must say its sentence on any Node.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 22)) {
  console.error(
    'Failwell needs Node 22.22 or newer, and this is ' + process.version + ': install a newer Node and try again.',
  );
  process.exitCode = 2;
} else {
  // In a checkout the sources run as they are; a published package holds only what was built from them.
  var fs = require('node:fs');
  var path = require('node:path');
  var url = require('node:url');
  var source = path.join(__dirname, '../harness/cli.ts');
  var entry = fs.existsSync(source) ? source : path.join(__dirname, '../dist/harness/cli.js');
  import(url.pathToFileURL(entry).href)
    .then((cli) => cli.main(process.argv))
    .catch((error) => {
      console.error(String((error && error.message) || error));
      process.exitCode = 3;
    });
}
