import { createHash } from 'node:crypto';
import { detailScript } from './script-detail.ts';
import { elementScript } from './script-elements.ts';
import { overviewScript } from './script-overview.ts';
import { sequenceScript } from './script-sequence.ts';
import { startScript } from './script-start.ts';
import { style } from './style.ts';

/** The page's whole script: plain functions, joined in one scope of its own. */
export const script = `'use strict';(() => {\n${[elementScript, overviewScript, sequenceScript, detailScript, startScript].join('\n')}})();`;

/**
 * A value as JSON that may stand in a `<script>` element: no `<` is left that could end it or open a comment (HTML
 * Standard §4.12.1.3), and no line separator that older parsers take for a line end.
 */
export function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** How many bytes of the page a value takes, `embedded`: found without building the text. */
export function embeddedBytes(value: unknown): number {
  const json = JSON.stringify(value);
  let bytes = Buffer.byteLength(json);
  for (let at = 0; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit === 0x3c) bytes += 5;
    else if (unit === 0x2028 || unit === 0x2029) bytes += 3;
  }
  return bytes;
}

/** Only this script and this style run, whatever the data hold, and nothing is fetched or sent. */
function policy(): string {
  const allow = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; script-src ${allow(script)}; style-src ${allow(style)}; base-uri 'none'; form-action 'none'`;
}

/** The whole file. `overview` and each of `details` are `embedded` already; details stand in the order of its rows. */
export function pageOf(overview: string, details: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Failwell report</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript>This report needs JavaScript to draw what it holds; the same is in run.ndjson and on the console.</noscript></div>
<script type="application/json" id="overview">${overview}</script>
${details.map((detail, i) => `<script type="application/json" id="detail-${i}">${detail}</script>`).join('\n')}
<script>${script}</script>
</body>
</html>
`;
}
