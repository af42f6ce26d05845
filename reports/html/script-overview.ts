/** The first view: what happened, how to read it, a matrix for each role, and the verdicts with their filters. */
export const overviewScript = String.raw`
const filter = { text: '', target: '', cause: '', hidden: new Set(['pass', 'not-applicable']) };
if (!data.rows.some((row) => row.value !== 'pass' && row.value !== 'not-applicable')) filter.hidden.clear();
const cards = new Map(data.scenarios.map((card) => [card.id, card]));
const causeOf = (row) => cards.has(row.scenario) ? cards.get(row.scenario).cause : row.scenario;

function facts() {
  const { at, seed, failwell, node, milliseconds, replay, planned } = data.run;
  const cutOff = data.rows.length < planned ? data.rows.length + ' of ' + planned + ' planned verdicts' : null;
  const parts = [at, duration(milliseconds), 'seed ' + seed, 'Failwell ' + failwell, 'Node ' + node, cutOff].filter(Boolean);
  return [h('p.facts', {}, parts.join(' · ')), copyable(replay || '')];
}

function guide() {
  const says = {
    safe: 'did it fail closed?', signal: 'did it say so in the protocol\'s own words?', diagnosis: 'can an operator tell which cause it was?',
    discretion: 'did it keep secrets to itself?', resilience: 'did it behave while broken, and come back?',
  };
  const means = {
    pass: 'as it should be, and every gate proves it', note: 'a MAY was not taken', warn: 'against a SHOULD or a practice', fail: 'against a MUST',
    inconclusive: 'the history does not prove anything either way', waived: 'an accepted deviation', 'not-applicable': 'nothing was asked',
  };
  const list = (object, mark) => h('dl', {}, Object.entries(object).map(([key, text]) => [h('dt', {}, mark ? badge(key, true) : null, ' ' + key), h('dd', {}, text)]));
  return h('details.guide', {}, h('summary', {}, 'How to read this'),
    h('p', {}, 'Each scenario breaks one thing, with a control before and after it that must succeed. Five properties are judged, each on its own; a scenario\'s verdict is the worst of them. A cell of a matrix shows the five, in this order, for all scenarios of a cause on a target:'),
    h('div.columns', {}, list(says), list(means, true)),
    h('p', {}, 'Diagnosis grades: D0 silent or misleading, D1 generic, D2 the right class, D3 the cause, D4 the cause with observed and expected values.'));
}

function matrix({ title, targets, causes, cells }) {
  const those = targets.map((id) => data.targets.find((target) => target.id === id));
  const head = h('tr', {}, h('th', { scope: 'col' }, 'cause'), those.map(({ id, summary }) =>
    h('th.target', { scope: 'col', title: summary }, h('span', {}, id.split('/').slice(0, -1).join('/') + '/'), h('wbr'), id.split('/').at(-1))));
  const rows = causes.map((cause, c) => h('tr', {}, h('th', { scope: 'row' }, cause), cells[c].map((cell, t) => {
    if (cell === null) return h('td.empty', {});
    const target = targets[t];
    return h('td', {}, h('button.cell.' + cell.value, {
      type: 'button', title: cause + ' on ' + target + ': ' + cell.value + ', ' + cell.scenarios + (cell.scenarios === 1 ? ' scenario' : ' scenarios'),
      onclick: () => { Object.assign(filter, { text: '', cause, target }); filter.hidden.clear(); drawList(); document.getElementById('verdicts').scrollIntoView(); },
    }, marks(cell.properties)));
  })));
  const grades = h('tr', {}, h('th', { scope: 'row' }, 'operator learns'), those.map((target) => h('td', { title: 'median diagnosis grade, the worst in brackets' }, target.grades)));
  return h('section', {}, h('h3', {}, title), h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': title + ': causes and targets' },
    h('table.matrix', {}, h('thead', {}, head), h('tbody', {}, rows), h('tfoot', {}, grades))));
}

/** What was measured on each target, beside what it declares: a column for each kind that there is on any. */
function measured() {
  const kinds = [...new Set(data.targets.flatMap((target) => target.measured.map(({ what }) => what)))].sort();
  const head = h('tr', {}, h('th', { scope: 'col' }, 'target'), kinds.map((what) => h('th', { scope: 'col' }, what)));
  const cell = (one) => one === undefined ? h('td', {}) : h('td', {}, one.figures, one.declared ? h('small', {}, 'declared ' + one.declared) : null);
  const rows = data.targets.filter((target) => target.measured.length > 0).map((target) => h('tr', {}, h('th', { scope: 'row' }, target.id),
    kinds.map((kind) => cell(target.measured.find(({ what }) => what === kind)))));
  return kinds.length === 0 ? null : section('Measured', h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Measured times' },
    h('table.measured', {}, h('thead', {}, head), h('tbody', {}, rows))));
}

function wanted(row) {
  if (filter.hidden.has(row.value) || (filter.target && row.target !== filter.target) || (filter.cause && causeOf(row) !== filter.cause)) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (row.scenario + ' ' + row.target + ' ' + row.because).toLowerCase();
  return words.every((word) => text.includes(word));
}

function filters() {
  const select = (label, key, options) => h('select', { 'aria-label': label, onchange: (event) => { filter[key] = event.target.value; drawList(); } },
    h('option', { value: '' }, 'every ' + label), options.map((id) => h('option', { value: id, selected: filter[key] === id }, id)));
  const chips = values.filter((value) => data.totals[value] > 0).map((value) => h('button.chip.' + value, {
    type: 'button', 'aria-pressed': String(!filter.hidden.has(value)),
    onclick: () => { filter.hidden.has(value) ? filter.hidden.delete(value) : filter.hidden.add(value); drawList(); },
  }, glyph[value] + ' ' + value + ' ' + data.totals[value]));
  const search = h('input', { type: 'search', placeholder: 'Search scenario, target, reason', 'aria-label': 'Search', value: filter.text,
    oninput: (event) => { filter.text = event.target.value; drawRows(); } });
  return h('div.filters', {}, h('div.chips', {}, chips), search, select('target', 'target', data.targets.map((t) => t.id)), select('cause', 'cause', data.causes));
}

function listRow(row) {
  return h('a.row.' + row.value, { href: anchor(row) }, badge(row.value, true),
    h('span.what', {}, h('strong', {}, row.scenario), h('span.where', {}, row.target)), marks(row.properties), h('span.why', {}, row.because),
    h('span.grade', { title: 'diagnosis for the operator' }, row.operator || ''));
}

/** The verdicts that the filter lets through: the worst first, those that failed open before the rest; then by target and scenario. */
const place = { target: new Map(data.targets.map((t, i) => [t.id, i])), scenario: new Map(data.scenarios.map((card, i) => [card.id, i])) };
function listed() {
  const worst = (row) => 2 * values.indexOf(row.value) + (row.properties[0] === 'fail' ? 0 : 1);
  const at = (key, row) => place[key].get(row[key]) || 0;
  return data.rows.filter(wanted).sort((a, b) => worst(a) - worst(b) || at('target', a) - at('target', b) || at('scenario', a) - at('scenario', b));
}

function drawRows() {
  const rows = listed();
  document.getElementById('rows').replaceChildren(...(rows.length > 0 ? rows.map(listRow) : [h('p.none', {}, 'No verdict matches this filter.')]));
  document.getElementById('shown').textContent = rows.length + ' of ' + data.rows.length + ' shown';
}

function drawList() {
  document.getElementById('filters').replaceChildren(filters());
  drawRows();
}

function overview() {
  const troubles = data.troubles.map((t) => h('li', {}, t.code + ': ' + t.message + (t.target ? ' (' + [t.target, t.scenario].filter(Boolean).join(' ') + ')' : '')));
  const matrices = section('Causes × targets', h('p.facts', {}, 'A cell holds the worst of its scenarios: ' + data.properties.join(' · ')),
    h('div.matrices', {}, data.matrices.map(matrix)));
  const verdicts = h('section', { id: 'verdicts' }, h('h2', {}, 'Verdicts ', h('small', { id: 'shown', 'aria-live': 'polite' })), h('div', { id: 'filters' }), h('div', { id: 'rows' }));
  const times = measured();
  const to = (title, part) => part === null ? null : h('button', { type: 'button', onclick: () => part.scrollIntoView() }, title);
  page.replaceChildren(
    h('header', {}, h('h1', {}, data.headline), facts(), h('nav', { 'aria-label': 'Sections' }, to('Causes × targets', matrices), to('Verdicts', verdicts), to('Measured', times)), guide()),
    h('main', {}, troubles.length > 0 ? section('Harness errors', h('ul.troubles', {}, troubles)) : null, matrices, verdicts, times));
  document.title = data.headline;
  drawList();
}
`;
