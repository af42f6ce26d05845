/** The page's whole style: system fonts, light and dark by the reader's preference, usable from 360 px on. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1c2024, #e6e8eb); --soft: light-dark(#5b646d, #9aa3ad); --paper: light-dark(#fff, #14171a); --raised: light-dark(#f6f7f8, #1c2024);
  --line: light-dark(#dfe3e6, #30363c); --accent: light-dark(#0b5cad, #7ab8f5);
  --pass: light-dark(#1a7f4b, #56c48a); --note: light-dark(#0e7490, #5cc8de); --warn: light-dark(#8f5a00, #e5b04b); --fail: light-dark(#c02222, #ff7b72);
  --inconclusive: light-dark(#7a3ea8, #c79bf0); --waived: var(--note); --not-applicable: light-dark(#8a939b, #747d86);
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif; }
#page { max-width: 1240px; margin: 0 auto; padding: 1.25rem 1.25rem 4rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .25rem 0 .5rem; overflow-wrap: anywhere; }
h1:focus { outline: none; }
h2 { font-size: 1rem; margin: 2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: .9rem; margin: .2rem 0 .4rem; overflow-wrap: anywhere; }
h4 { font-size: .8rem; margin: .4rem 0 .2rem; color: var(--soft); font-weight: 600; }
p { margin: .4rem 0; max-width: 100ch; overflow-wrap: anywhere; }
a { color: var(--accent); }
small, .facts, .where, .none { color: var(--soft); font-weight: 400; }
small { font-size: .82em; }
.facts { font-size: .85rem; }
code, pre { font-family: var(--mono); font-size: .82rem; overflow-wrap: anywhere; }
pre { margin: .2rem 0; padding: .5rem .65rem; background: var(--raised); border: 1px solid var(--line); border-radius: 5px; white-space: pre-wrap; max-height: 26rem; overflow: auto; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .15rem .8rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
button, input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 5px; padding: .25rem .55rem; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
summary { cursor: pointer; }
mark { background: light-dark(#ffe58a, #6b5410); color: inherit; border-radius: 2px; }
ul, ol { margin: .3rem 0; padding-left: 1.2rem; } li { overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: .5rem 1.5rem; }
.columns > * { min-width: 0; }
.guide { margin-top: .6rem; } .guide summary { color: var(--accent); }

.pass { --tone: var(--pass); } .note { --tone: var(--note); } .warn { --tone: var(--warn); } .fail { --tone: var(--fail); }
.inconclusive { --tone: var(--inconclusive); } .waived { --tone: var(--waived); } .not-applicable { --tone: var(--not-applicable); }
.badge { display: inline-block; color: var(--tone); border: 1px solid color-mix(in srgb, var(--tone) 45%, transparent); background: color-mix(in srgb, var(--tone) 10%, transparent); border-radius: 4px; padding: 0 .4em; font-size: .8rem; font-weight: 600; line-height: 1.5; text-align: center; min-width: 1.7em; white-space: nowrap; }
.marks { display: inline-flex; gap: 2px; vertical-align: middle; }
.mark { width: 1.25em; height: 1.35em; line-height: 1.35em; text-align: center; border-radius: 3px; font: 600 .8rem/1.35em var(--mono); color: var(--tone); background: color-mix(in srgb, var(--tone) 13%, transparent); }
.mark.pass { background: color-mix(in srgb, var(--tone) 7%, transparent); font-weight: 400; }
.mark.fail { background: var(--tone); color: var(--paper); }
.mark.not-applicable { background: none; opacity: .6; }

.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.matrices { display: flex; flex-wrap: wrap; gap: 1.25rem 1.5rem; align-items: flex-start; } .matrices > section { min-width: 0; max-width: 100%; }
.matrix, .measured { border-collapse: separate; border-spacing: 0; } .matrix { width: 100%; }
.matrix th { font-weight: 500; font-size: .82rem; text-align: left; padding: .3rem .6rem; background: var(--raised); vertical-align: bottom; }
.matrix thead th { border-bottom: 1px solid var(--line); line-height: 1.25; }
.matrix th.target { text-align: center; min-width: 7.2rem; } .matrix th.target span { color: var(--soft); font-weight: 400; }
.matrix tbody th, .matrix tfoot th { position: sticky; left: 0; font-family: var(--mono); font-size: .78rem; white-space: nowrap; border-right: 1px solid var(--line); }
.matrix thead th:first-child { position: sticky; left: 0; border-right: 1px solid var(--line); }
.measured th, .measured td { padding: .35rem .7rem; text-align: left; vertical-align: top; font-size: .8rem; }
.measured thead th { background: var(--raised); font-weight: 500; white-space: nowrap; } .measured tbody th { position: sticky; left: 0; background: var(--raised); font: .78rem var(--mono); border-right: 1px solid var(--line); }
.measured tbody th, .measured td { border-top: 1px solid var(--line); } .measured td { min-width: 9.5rem; } .measured small { display: block; }
.matrix td { padding: 0; text-align: center; border-top: 1px solid color-mix(in srgb, var(--line) 55%, transparent); }
.matrix tbody tr:first-child td { border-top: 0; }
.matrix tfoot td, .matrix tfoot th { border-top: 1px solid var(--line); background: var(--raised); font-family: var(--mono); font-size: .78rem; padding: .3rem .6rem; }
.cell { border: 0; background: none; border-radius: 4px; padding: .22rem .4rem; width: 100%; line-height: 1; }
.cell:hover { background: var(--raised); }

.filters { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-bottom: .6rem; }
.chips { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: .3rem; }
.chip { color: var(--soft); font-size: .82rem; }
.chip[aria-pressed='true'] { color: var(--tone); border-color: var(--tone); background: color-mix(in srgb, var(--tone) 10%, transparent); font-weight: 600; }
.filters input { flex: 1 1 16rem; min-width: 0; } .filters select { max-width: 100%; }
#rows { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
#rows .none { padding: .5rem .75rem; }
.row { display: grid; grid-template-columns: 2rem minmax(12rem, 20rem) auto minmax(0, 1fr) 2rem; gap: .75rem; align-items: center; padding: .38rem .75rem; color: inherit; text-decoration: none; border-left: 3px solid var(--tone); }
.row + .row { border-top: 1px solid var(--line); }
.row:hover { background: var(--raised); } .row:focus-visible { outline-offset: -2px; }
.what { min-width: 0; } .what strong { display: block; font-weight: 600; font-size: .86rem; overflow-wrap: anywhere; line-height: 1.3; } .row .where { font-size: .8rem; }
.why { font-size: .84rem; color: var(--soft); overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow-wrap: anywhere; }
.row .grade { font: .8rem var(--mono); color: var(--soft); }

nav { display: flex; flex-wrap: wrap; gap: .5rem 1rem; font-size: .88rem; }
nav button { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; }
.verdict { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.copyable { display: flex; gap: .4rem; align-items: flex-start; } .copyable pre { flex: 1; min-width: 0; max-height: 8rem; } .copy { margin-top: .25rem; font-size: .8rem; }
.finding { border-left: 3px solid var(--tone); padding: .35rem .75rem; margin: .5rem 0; background: var(--raised); border-radius: 0 5px 5px 0; }
.evidence { font: .76rem var(--mono); padding: 0 .3rem; color: var(--accent); margin-right: .2rem; }
.remedy { border: 1px solid var(--line); border-radius: 5px; padding: .5rem .75rem; }
.folded { margin: .5rem 0; }
q { font-style: italic; }
.gates { list-style: none; padding: 0; } .gates li { margin: .2rem 0; }
.error { color: var(--fail); }
.D0, .D1 { color: var(--fail); } .D2 { color: var(--warn); } .D3, .D4 { color: var(--pass); }

.sequence { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.parties { display: flex; padding-left: 3rem; background: var(--raised); border-bottom: 1px solid var(--line); }
.parties span { flex: 1; text-align: center; font-weight: 600; font-size: .82rem; padding: .3rem 0; overflow-wrap: anywhere; min-width: 0; }
.phase > summary { padding: .25rem .75rem; font-size: .82rem; font-weight: 600; color: var(--soft); background: color-mix(in srgb, var(--raised) 60%, transparent); border-bottom: 1px solid var(--line); }
.stamp { display: inline-block; width: 2.4rem; color: var(--soft); font: .74rem var(--mono); flex: none; }
.event { margin: 0; max-width: none; padding: .22rem .75rem; font-size: .83rem; color: var(--soft); overflow-wrap: anywhere; display: flex; align-items: baseline; }
.event.fault-applied, .event.fault-met, .fault { color: var(--warn); } .event.accepted { color: var(--pass); } .event.refused { color: var(--ink); } .event.indeterminate, .event.deadline { color: var(--inconclusive); } .event.target { color: var(--note); }
.exchange > summary { display: flex; flex-wrap: wrap; align-items: center; padding: 0 0 0 .75rem; list-style: none; }
.exchange > summary::-webkit-details-marker { display: none; }
.exchange > summary:hover, .exchange[open] > summary { background: var(--raised); }
.exchange .stamp { width: 2.25rem; } .exchange .fault { font-size: .76rem; padding: 0 .75rem .2rem 2.25rem; flex-basis: 100%; }
.lanes { position: relative; flex: 1; height: 3.5rem; min-width: 0; }
.lifeline { position: absolute; top: 0; bottom: 0; left: calc(100% * var(--at)); border-left: 1px dashed var(--line); }
.arrow { position: absolute; left: calc(100% * var(--from)); width: calc(100% * (var(--to) - var(--from))); border-bottom: 1.5px solid var(--soft); height: 1.3rem; }
.arrow.request { top: .15rem; } .arrow:not(.request) { top: 1.7rem; border-bottom-style: dashed; }
.arrow::after { content: ''; position: absolute; bottom: -4.5px; border: 4px solid transparent; }
.arrow.right::after { right: -1px; border-left: 7px solid var(--soft); border-right: 0; }
.arrow.left::after { left: -1px; border-right: 7px solid var(--soft); border-left: 0; }
.arrow.fine { border-color: var(--pass); } .arrow.fine::after { border-right-color: var(--pass); } .arrow.fine .label { color: var(--pass); }
.arrow.refused { border-color: var(--warn); } .arrow.refused::after { border-right-color: var(--warn); } .arrow.refused .label { color: var(--warn); }
.arrow.broken { border-color: var(--fail); } .arrow.broken::after { border-right-color: var(--fail); } .arrow.broken .label { color: var(--fail); }
.label { position: absolute; inset: 0 .6rem auto; text-align: center; font: .76rem/1.3rem var(--mono); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.messages { padding: .3rem .75rem .6rem 3rem; border-bottom: 1px solid var(--line); display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 1rem; }
.message { min-width: 0; }
.log { list-style: none; padding: .4rem .65rem; margin: 0; border: 1px solid var(--line); border-radius: 5px; background: var(--raised); max-height: 30rem; overflow: auto; }
.log li { display: flex; gap: .5rem; align-items: baseline; } .log small { flex: none; width: 3.2rem; overflow: hidden; text-overflow: ellipsis; } .log code { white-space: pre-wrap; min-width: 0; }
.token { border: 1px solid var(--line); border-radius: 5px; padding: .3rem .65rem; margin: .4rem 0; overflow-wrap: anywhere; }
.pointed { outline: 2px solid var(--accent); outline-offset: -2px; }

@media (max-width: 720px) {
  #page { padding: .75rem .75rem 3rem; }
  h1 { font-size: 1.15rem; }
  .matrix th.target { min-width: 6.4rem; font-size: .74rem; } .matrix tbody th, .matrix tfoot th, .matrix thead th:first-child { padding: .3rem .4rem; font-size: .7rem; }
  .row { grid-template-columns: 2rem minmax(0, 1fr) auto; gap: .3rem .6rem; } .row .why { grid-column: 2 / -1; } .row .grade { display: none; }
  .parties { padding-left: 2.4rem; } .parties span { font-size: .7rem; } .exchange > summary { padding-left: .4rem; } .exchange .stamp { width: 2rem; } .label { font-size: .64rem; inset: 0 .1rem auto; }
  .messages { padding-left: .75rem; } .event { padding: .22rem .4rem; }
  .filters select { flex: 1 1 40%; }
}
`;
