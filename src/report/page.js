'use strict';
// Draws the report from the JSON that the page carries. Everything an article says goes in as text, never as markup.
const data = id => JSON.parse(document.getElementById(id).textContent);
const run = data('run'), articles = data('articles'), leftOut = data('left-out');
const main = document.getElementById('main'), tip = document.getElementById('tip');
const round = n => Math.round(n * 10) / 10;

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const key in attributes || {}) {
    if (key === 'class') node.className = attributes[key];
    else if (attributes[key] !== null && attributes[key] !== undefined) node.setAttribute(key, attributes[key]);
  }
  for (const child of children.flat()) if (child !== null) node.append(child);
  return node;
}
function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes || {}) node.setAttribute(key, attributes[key]);
  for (const child of children.flat()) if (child !== null) node.append(child);
  return node;
}
const verdictOf = a => a.error ? 'not judged' : a.passed ? 'pass' : 'fail';
const folderOf = path => path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';

// ---- charts
function groupChart(title, keyOf) {
  const groups = new Map();
  for (const a of articles) {
    if (a.error) continue;
    const key = keyOf(a), g = groups.get(key) || { passed: 0, failed: 0 };
    g[a.passed ? 'passed' : 'failed']++;
    groups.set(key, g);
  }
  const rows = [...groups].sort((x, y) => y[1].passed + y[1].failed - x[1].passed - x[1].failed).slice(0, 14);
  const most = Math.max(1, ...rows.map(([, g]) => g.passed + g.failed)), height = rows.length * 24 + 6;
  const chart = svg('svg', { viewBox: `0 0 460 ${height}`, role: 'img', 'aria-label': title + ': ' +
    rows.map(([k, g]) => `${k} ${g.passed} passed, ${g.failed} failed`).join('; ') });
  rows.forEach(([key, g], i) => {
    const y = i * 24 + 4, good = 220 * g.passed / most, bad = 220 * g.failed / most;
    chart.append(svg('text', { x: 0, y: y + 13 }, key.length > 26 ? '…' + key.slice(-25) : key),
      svg('rect', { x: 180, y, width: good, height: 17, class: 'fill-good' }),
      svg('rect', { x: 180 + good, y, width: bad, height: 17, class: 'fill-bad' }),
      svg('text', { x: 184 + good + bad, y: y + 13, class: 'soft' }, `${g.passed}/${g.passed + g.failed}`));
  });
  return el('section', { class: 'card' }, el('h2', null, title), chart,
    groups.size > rows.length ? el('p', { class: 'soft' }, `and ${groups.size - rows.length} more`) : null);
}

function distributionChart() {
  const gaps = articles.filter(a => !a.error).map(a => a.score - a.minimum);
  if (!gaps.length) return null;
  const lo = Math.min(-10, ...[gaps.reduce((a, b) => Math.min(a, b))]), hi = Math.max(10, gaps.reduce((a, b) => Math.max(a, b)));
  const bins = 32, width = (hi - lo) / bins, counts = new Array(bins).fill(0);
  for (const g of gaps) counts[Math.min(bins - 1, Math.floor((g - lo) / width))]++;
  const most = Math.max(...counts), x = v => 10 + 440 * (v - lo) / (hi - lo);
  const chart = svg('svg', { viewBox: '0 0 460 170', role: 'img', 'aria-label':
    `Scores against the minimum, from ${round(lo)} below to ${round(hi)} above` });
  counts.forEach((n, i) => chart.append(svg('rect', { x: x(lo + i * width) + .5, y: 130 - 110 * n / most, width: 440 / bins - 1,
    height: 110 * n / most, class: lo + (i + .5) * width < 0 ? 'fill-bad' : 'fill-good' })));
  chart.append(svg('line', { x1: x(0), x2: x(0), y1: 8, y2: 136, class: 'stroke' }),
    svg('text', { x: x(0) + 4, y: 16 }, 'minimum'), svg('text', { x: 10, y: 150, class: 'soft' }, String(round(lo))),
    svg('text', { x: 450, y: 150, 'text-anchor': 'end', class: 'soft' }, '+' + round(hi)),
    svg('text', { x: 230, y: 166, 'text-anchor': 'middle', class: 'soft' }, 'score minus minimum'));
  return el('section', { class: 'card' }, el('h2', null, 'Scores against the minimum'), chart);
}

function ledgerChart(a) {
  const rows = run.signals.map(([name, summary], i) => ({ name, summary, line: a.ledger[i] }));
  rows.push({ name: 'contradicted claims', summary: 'what the manifest contradicts', line: [a.coverage[2], a.coverage[2], 0, 0, a.contradictionPoints] });
  const most = Math.max(1, ...rows.map(r => Math.abs(r.line[4]))), height = rows.length * 22 + 8;
  const chart = svg('svg', { viewBox: `0 0 760 ${height}`, role: 'img', 'aria-label': 'Points by signal: ' +
    rows.filter(r => r.line[4]).map(r => `${r.name} ${round(r.line[4])}`).join(', ') });
  rows.forEach((r, i) => {
    const y = i * 22 + 4, points = r.line[4], w = 230 * Math.abs(points) / most, left = points < 0;
    const bar = svg('rect', { x: left ? 420 - w : 420, y, width: Math.max(w, .5), height: 15, class: left ? 'fill-bad' : 'fill-good' });
    bar.append(svg('title', null, `${r.summary}: value ${round(r.line[0])}, counted ${round(r.line[1])}, cap ${r.line[2]}, weight ${r.line[3]}`));
    chart.append(svg('text', { x: 0, y: y + 12 }, r.name), bar,
      svg('text', { x: left ? 425 : 425 + w, y: y + 12 }, (points > 0 ? '+' : '') + round(points)),
      svg('text', { x: 180, y: y + 12, class: 'soft', 'text-anchor': 'end' }, String(round(r.line[0]))));
  });
  chart.append(svg('line', { x1: 420, x2: 420, y1: 0, y2: height, class: 'stroke' }));
  return chart;
}

function rhythmChart(a) {
  const n = a.rhythm.length;
  if (!n) return el('p', { class: 'soft' }, 'No prose sentences.');
  const most = Math.max(10, ...a.rhythm), w = 760 / n;
  const average = a.rhythm.reduce((x, y) => x + y, 0) / n;
  const chart = svg('svg', { viewBox: '0 0 760 90', preserveAspectRatio: 'none', role: 'img', 'aria-label':
    `Words in each of ${n} sentences, from ${Math.min(...a.rhythm)} to ${Math.max(...a.rhythm)}, ${round(average)} on average` });
  a.rhythm.forEach((words, i) => {
    const bar = svg('rect', { x: i * w, y: 85 - 80 * words / most, width: Math.max(w - .6, .6), height: 80 * words / most, class: 'fill-accent' });
    bar.append(svg('title', null, `sentence ${i + 1}: ${words} words`));
    chart.append(bar);
  });
  return chart;
}

// ---- the article's own text, with what was found in it
function claimTip(c) {
  const [kind, verdict, stance, text, fact, says, why, , , waived] = c;
  let line = `${kind}: ${verdict}${waived ? ' (waived)' : ''} [${stance}]\n“${text}”`;
  if (fact) line += `\n${fact}${says ? ' says ' + says : ''}`;
  return why ? line + '\n' + why : line;
}
function claimClass(verdict) {
  return verdict === 'supported' || verdict === 'under-specified' ? 'supported' : verdict === 'contradicted' ? 'contradicted' : verdict === 'unverified' ? 'unverified' : 'other';
}
function markedText(text, detail) {
  const marks = detail.claims.map(c => ({ lo: c[7], hi: c[8], cls: claimClass(c[1]), tip: claimTip(c), rank: c[1] === 'contradicted' ? 0 : 1, key: true }));
  for (const [id, lo, hi, tainted] of detail.hits) {
    if (hi - lo > 300) continue;
    const negative = run.signals[id][2], cls = negative ? 'lost' : tainted ? 'unpaid' : 'earned';
    marks.push({ lo, hi, cls, tip: `${run.signals[id][0]}: ${negative ? 'costs points' : tainted ? 'earns nothing, an unproved specific stands with it' : 'earns points'}`, rank: 2, key: negative });
  }
  marks.sort((x, y) => x.lo - y.lo || x.rank - y.rank || y.hi - x.hi);
  const pre = el('pre', { class: 'text', tabindex: '0', 'aria-label': "The article's text" });
  let at = 0;
  for (const m of marks) {
    if (m.lo < at || m.hi <= m.lo) continue;
    pre.append(text.slice(at, m.lo));
    const node = el('mark', { class: m.cls, tabindex: m.key ? '0' : null, 'data-tip': m.tip, 'aria-description': m.tip }, text.slice(m.lo, m.hi));
    pre.append(node);
    at = m.hi;
  }
  pre.append(text.slice(at));
  return pre;
}

function showTip(node) {
  tip.textContent = node.dataset.tip;
  tip.hidden = false;
  const box = node.getBoundingClientRect(), own = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(box.left, innerWidth - own.width - 8)) + 'px';
  tip.style.top = (box.bottom + own.height + 12 > innerHeight ? box.top - own.height - 6 : box.bottom + 6) + 'px';
}
for (const [show, hide] of [['mouseover', 'mouseout'], ['focusin', 'focusout']]) {
  document.addEventListener(show, e => { if (e.target.dataset && e.target.dataset.tip) showTip(e.target); });
  document.addEventListener(hide, () => { tip.hidden = true; });
}
addEventListener('keydown', e => { if (e.key === 'Escape') { if (!tip.hidden) tip.hidden = true; else location.hash = ''; } });

// ---- pages
function overview() {
  const [files, passed, failed, errors] = run.summary;
  const tiles = el('div', { class: 'tiles' }, [['files', files, ''], ['passed', passed, 'good'], ['failed', failed, 'bad'], ['not judged', errors, errors ? 'bad' : '']]
    .map(([name, n, cls]) => el('div', { class: 'tile' }, el('b', { class: cls, id: 'n-' + name.replace(' ', '-') }, String(n)), name)));
  const body = el('tbody');
  const rows = articles.map((a, i) => {
    const cells = a.error ? [el('td', { colspan: 6, class: 'bad' }, 'not judged: ' + a.error)] : [
      el('td', { class: a.passed ? 'good' : 'bad' }, verdictOf(a)), el('td', { class: 'n' }, String(round(a.score))),
      el('td', { class: 'n soft' }, String(a.minimum)), el('td', null, a.style), el('td', { class: 'n' }, String(a.words)),
      el('td', { class: 'n' }, a.coverage[0] ? `${a.coverage[1]} / ${a.coverage[2]} / ${a.coverage[3]}` : '')];
    return el('tr', null, el('td', null, a.error ? a.path : el('a', { href: '#a' + i }, a.path)), cells);
  });
  const search = el('input', { type: 'search', placeholder: 'filter by path or style', 'aria-label': 'Filter articles by path or style' });
  const which = el('select', { 'aria-label': 'Which articles' }, ['all', 'fail', 'pass', 'not judged'].map(v => el('option', null, v)));
  const count = el('span', { class: 'soft', 'aria-live': 'polite' });
  const filter = () => {
    const word = search.value.toLowerCase(), shown = rows.filter((row, i) => {
      const a = articles[i];
      return (which.value === 'all' || which.value === verdictOf(a)) && (!word || (a.path + ' ' + (a.style || '')).toLowerCase().includes(word));
    });
    const most = 500;
    body.replaceChildren(...shown.slice(0, most));
    count.textContent = shown.length > most ? ` the first ${most} of ${shown.length}: filter to see others` : ` ${shown.length} articles`;
  };
  search.addEventListener('input', filter);
  which.addEventListener('change', filter);
  filter();
  main.replaceChildren(tiles,
    el('div', { class: 'cards' }, [groupChart('By style', a => a.style), groupChart('By folder (a model each, in batches)', a => folderOf(a.path)), distributionChart()].filter(Boolean)),
    leftOut ? el('p', { class: 'soft' }, `To keep this file small, ${leftOut} articles are shown without their text (passing ones first).`) : el('span'),
    el('h2', null, 'Articles'), el('p', null, search, ' ', which, count),
    el('div', { class: 'scroll' }, el('table', null, el('thead', null, el('tr', null, ['article', 'verdict'].map(t => el('th', { scope: 'col' }, t)),
      ['score', 'minimum'].map(t => el('th', { scope: 'col', class: 'n' }, t)), el('th', { scope: 'col' }, 'style'),
      el('th', { scope: 'col', class: 'n' }, 'words'), el('th', { scope: 'col', class: 'n' }, 'supported / contradicted / unverified'))), body)));
}

function articlePage(index) {
  const a = articles[index], carried = document.getElementById('d' + index);
  const [detail, text] = carried ? JSON.parse(carried.textContent) : [null, null];
  const parts = [el('p', null, el('a', { href: '#' }, '← all articles')), el('h2', { tabindex: '-1', id: 'title' }, a.path),
    el('p', null, el('b', { class: a.passed ? 'good' : 'bad' }, a.passed ? 'pass' : 'FAIL'), ` score ${round(a.score)} of ${a.minimum} (${a.style}), ${a.words} words` +
      (a.coverage[0] ? `; claims: ${a.coverage[1]} supported, ${a.coverage[2]} contradicted, ${a.coverage[3]} unverified` + (a.coverage[4] ? `, ${a.coverage[4]} waived` : '') : '')),
    el('ul', null, a.reasons.map(r => el('li', null, r))),
    el('section', { class: 'card' }, el('h2', null, 'Points gained and lost'), ledgerChart(a)),
    el('section', { class: 'card' }, el('h2', null, 'Rhythm: words a sentence'), rhythmChart(a))];
  if (detail && detail.findings.length)
    parts.push(el('h2', null, 'Findings'), el('div', { class: 'scroll' }, el('table', null, el('thead', null, el('tr', null, ['line', 'level', 'rule', 'message'].map(t => el('th', { scope: 'col' }, t)))),
      el('tbody', null, detail.findings.map(([rule, level, message, line]) => el('tr', null, el('td', { class: 'n' }, String(line)),
        el('td', { class: level === 'error' ? 'bad' : level === 'warning' ? 'warn' : 'soft' }, level), el('td', null, rule), el('td', null, message)))))));
  if (detail) parts.push(el('h2', null, 'The text'), el('p', { class: 'legend' }, 'claims: ', el('mark', { class: 'supported' }, 'supported'), ' ', el('mark', { class: 'contradicted' }, 'contradicted'), ' ',
    el('mark', { class: 'unverified' }, 'unverified'), ' ', el('mark', { class: 'other' }, 'not about us'), '; signals: ', el('mark', { class: 'earned' }, 'earned'), ' ', el('mark', { class: 'unpaid' }, 'earns nothing'), ' ',
    el('mark', { class: 'lost' }, 'costs'), '. Hover or tab for the proof.'), markedText(text, detail));
  else parts.push(el('p', { class: 'soft' }, "This article's text is left out of this file to keep it small; `assay explain` shows it."));
  main.replaceChildren(...parts);
  document.getElementById('title').focus();
  scrollTo(0, 0);
}

function route() {
  const match = /^#a(\d+)$/.exec(location.hash);
  tip.hidden = true;
  if (match && articles[match[1]] && !articles[match[1]].error) articlePage(Number(match[1]));
  else overview();
}
document.getElementById('lede').textContent = `version ${run.version}, rules ${run.rules.slice(0, 19)}…` + (run.manifest ? `, manifest ${run.manifest.slice(0, 19)}…` : ', no manifest');
addEventListener('hashchange', route);
route();
document.documentElement.dataset.ready = 'yes';
