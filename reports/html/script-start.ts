/** Which view the address asks for: `#scenario@target` is a detail, anything else the overview. */
export const startScript = `
let overviewScroll = 0;
let inDetail = false;

function asked() {
  let hash = '';
  try { hash = decodeURI(location.hash.slice(1)); } catch { hash = location.hash.slice(1); }
  return data.rows.find((row) => row.scenario + '@' + row.target === hash);
}

function draw() {
  const row = asked();
  if (row && !inDetail) overviewScroll = scrollY;
  if (row) detail(row);
  else overview();
  scrollTo(0, row ? 0 : overviewScroll);
  inDetail = row !== undefined;
}

addEventListener('hashchange', draw);
addEventListener('keydown', (event) => { if (event.key === 'Escape' && inDetail) location.hash = ''; });
draw();
`;
