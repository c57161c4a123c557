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
const number = n => String(round(n)).replace('-', '−');
const signed = n => (n > 0 ? '+' : '') + number(n);
// What all folders begin with says nothing about any of them.
const commonFolder = (() => {
  let prefix = articles.length ? folderOf(articles[0].path) + '/' : '';
  for (const a of articles) while (prefix && !a.path.startsWith(prefix)) prefix = prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
  return prefix;
})();
const shortPath = path => path.slice(commonFolder.length);

// ---- charts
function groupChart(title, keyOf) {
  const groups = new Map();
  for (const a of articles) {
    if (a.error) continue;
    const key = keyOf(a), g = groups.get(key) || { passed: 0, failed: 0 };
    g[a.passed ? 'passed' : 'failed']++;
    groups.set(key, g);
  }
  const rows = [...groups].sort((x, y) => y[1].passed + y[1].failed - x[1].passed - x[1].failed || (x[0] < y[0] ? -1 : 1)).slice(0, 14);
  if (!rows.length) return null;
  const most = Math.max(1, ...rows.map(([, g]) => g.passed + g.failed)), height = rows.length * 28 + 4;
  const chart = svg('svg', { viewBox: `0 0 520 ${height}`, role: 'img', 'aria-label': title + ': ' +
    rows.map(([k, g]) => `${k} ${g.passed} passed, ${g.failed} failed`).join('; ') });
  rows.forEach(([key, g], i) => {
    const y = i * 28 + 3, good = 200 * g.passed / most, bad = 200 * g.failed / most;
    chart.append(svg('text', { x: 195, y: y + 15, 'text-anchor': 'end' }, key.length > 26 ? '…' + key.slice(-25) : key),
      svg('rect', { x: 205, y, width: good, height: 20, class: 'fill-good' }),
      svg('rect', { x: 205 + good, y, width: bad, height: 20, class: 'fill-bad' }),
      svg('text', { x: 212 + good + bad, y: y + 15, class: 'soft' }, `${g.passed} of ${g.passed + g.failed}`));
  });
  return el('section', { class: 'card' }, el('h2', null, title), chart,
    groups.size > rows.length ? el('p', { class: 'soft' }, `and ${groups.size - rows.length} more`) : null);
}

// A few drafts far below would press all others into one bar: what lies beyond four times the middle half stands in the
// first bar, and its label says so.
function distributionChart() {
  const gaps = articles.filter(a => !a.error).map(a => a.score - a.minimum).sort((a, b) => a - b);
  if (!gaps.length) return null;
  const quarter = k => gaps[Math.floor((gaps.length - 1) * k / 4)], spread = Math.max(20, quarter(3) - quarter(1));
  const lowest = gaps[0], highest = gaps[gaps.length - 1];
  const lo = Math.min(-10, Math.max(lowest, quarter(1) - 4 * spread)), hi = Math.max(10, highest);
  const bins = 48, width = (hi - lo) / bins, counts = new Array(bins).fill(0);
  for (const g of gaps) counts[Math.max(0, Math.min(bins - 1, Math.floor((g - lo) / width)))]++;
  const most = Math.max(...counts), x = v => 10 + 1060 * (v - lo) / (hi - lo), failed = gaps.filter(g => g < 0).length;
  const chart = svg('svg', { viewBox: '0 0 1080 190', role: 'img', 'aria-label':
    `Scores against the minimum, from ${number(lowest)} to ${signed(highest)}; ${failed} of ${gaps.length} are below it` });
  counts.forEach((n, i) => {
    if (!n) return;
    const h = Math.max(3, 125 * n / most), bar = svg('rect', { x: x(lo + i * width) + 1, y: 150 - h, width: 1060 / bins - 2, height: h,
      class: lo + (i + .5) * width < 0 ? 'fill-bad' : 'fill-good' });
    bar.append(svg('title', null, `${n} of ${gaps.length}: ${i === 0 && lowest < lo ? 'at most' : 'from ' + signed(lo + i * width) + ' to'} ${signed(lo + (i + 1) * width)}`));
    chart.append(bar);
  });
  const right = x(0) > 900;
  chart.append(svg('line', { x1: 10, x2: 1070, y1: 150.5, y2: 150.5, class: 'axis' }),
    svg('line', { x1: x(0), x2: x(0), y1: 6, y2: 150, class: 'stroke' }),
    svg('text', { x: x(0) + (right ? -6 : 6), y: 16, 'text-anchor': right ? 'end' : 'start' }, 'minimum'),
    svg('text', { x: 10, y: 170, class: 'soft' }, (lowest < lo ? `${number(lo)} and less, down to ${number(lowest)}` : number(lo))),
    svg('text', { x: 1070, y: 170, 'text-anchor': 'end', class: 'soft' }, signed(hi)),
    svg('text', { x: 540, y: 186, 'text-anchor': 'middle', class: 'soft' }, 'score minus minimum'));
  return el('section', { class: 'card wide' }, el('h2', null, 'Scores against the minimum'), chart);
}

function ledgerChart(a) {
  const rows = run.signals.map(([name, summary], i) => ({ name, summary, line: a.ledger[i] }));
  rows.push({ name: 'contradicted claims', summary: 'what the manifest contradicts', line: [a.coverage[2], a.coverage[5], 0, 0, a.contradictionPoints] });
  // Contradictions can cost more than everything else together: their bar is broken off where it would hide the others.
  const most = Math.max(1, ...rows.slice(0, -1).map(r => Math.abs(r.line[4]))), longest = 300, height = rows.length * 24 + 6;
  const chart = svg('svg', { viewBox: `0 0 1000 ${height}`, role: 'img', 'aria-label': 'Points by signal: ' +
    rows.filter(r => r.line[4] || r.line[5]).map(r => `${r.name} ${number(r.line[4])}` + (r.line[5] ? ` (${r.line[5]})` : '')).join(', ') });
  const zero = 610;
  rows.forEach((r, i) => {
    const y = i * 24 + 4, points = r.line[4], left = points < 0, full = 280 * Math.abs(points) / most, w = Math.min(longest, full);
    const note = r.line[5] || '', group = svg('g', points || note ? {} : { class: 'faint' });
    group.append(svg('title', null, `${r.summary}: value ${number(r.line[0])}` + (note ? ` (${note})` : '') +
      (r.line[2] ? `, cap ${r.line[2]}, weight ${r.line[3]}` : '')));
    group.append(svg('rect', { x: 0, y: y - 3, width: 1000, height: 23, class: 'hover' }),
      svg('text', { x: 0, y: y + 13 }, r.name.replaceAll('_', ' ')), svg('text', { x: 250, y: y + 13, class: 'soft', 'text-anchor': 'end' }, number(r.line[0])));
    if (points) group.append(svg('rect', { x: left ? zero - w : zero, y, width: w, height: 17, class: left ? 'fill-bad' : 'fill-good' }));
    if (note) group.append(svg('text', { x: zero - 8, y: y + 13, class: 'soft', 'text-anchor': 'end' }, note));
    if (full > longest) group.append(svg('path', { d: `M${zero - w + 22} ${y - 2}l-8 21`, class: 'break' }));
    group.append(svg('text', { x: left ? zero + 6 : zero + w + 6, y: y + 13 }, points ? signed(points) : '0'));
    chart.append(group);
  });
  chart.append(svg('line', { x1: zero, x2: zero, y1: 0, y2: height, class: 'axis' }));
  return chart;
}

function rhythmChart(a) {
  const n = a.rhythm.length;
  if (!n) return el('p', { class: 'soft' }, 'No prose sentences.');
  const most = Math.max(10, ...a.rhythm), w = Math.min(18, 1000 / n), average = a.rhythm.reduce((x, y) => x + y, 0) / n;
  // The signal's own figure: no sentence counts for more than 40 words there.
  const deviation = a.ledger[run.signals.findIndex(s => s[0] === 'sentence_burstiness')][0];
  const chart = svg('svg', { viewBox: '0 0 1000 104', role: 'img', 'aria-label':
    `Words in each of ${n} sentences, from ${Math.min(...a.rhythm)} to ${Math.max(...a.rhythm)}, ${round(average)} on average, sentence burstiness ${round(deviation)}` });
  a.rhythm.forEach((words, i) => {
    const bar = svg('rect', { x: i * w, y: 100 - 92 * words / most, width: Math.max(w - 1, .8), height: 92 * words / most, class: 'fill-accent' });
    bar.append(svg('title', null, `sentence ${i + 1}: ${words} words`));
    chart.append(bar);
  });
  const y = 100 - 92 * average / most;
  chart.append(svg('line', { x1: 0, x2: n * w, y1: y, y2: y, class: 'stroke' }), svg('line', { x1: 0, x2: 1000, y1: 100.5, y2: 100.5, class: 'axis' }));
  return el('div', null, chart, el('p', { class: 'soft note' }, `${n} sentences, ${round(average)} words on average, sentence burstiness ${round(deviation)}` +
    (a.rhythm.length === 400 ? ' (the first 400 sentences)' : '')));
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
function markedText(a, text, detail) {
  const claims = detail.claims.map(c => [run.kinds[c[0]], run.verdicts[c[1]], run.stances[c[2]], c[3] || text.slice(c[7], c[8]), ...c.slice(4)]);
  const marks = claims.map(c => ({ lo: c[7], hi: c[8], cls: claimClass(c[1]), tip: claimTip(c), rank: c[1] === 'contradicted' ? 0 : 1, key: true }));
  for (const [id, lo, hi, why] of detail.hits) {
    const negative = run.signals[id][2], unpaid = why !== undefined;
    if (hi - lo > 300 || (negative && a.ledger[id][1] <= 0)) continue; // not fined
    marks.push({ lo, hi, cls: negative ? 'lost' : unpaid ? 'unpaid' : 'earned', rank: 2, key: negative || unpaid,
      tip: `${run.signals[id][0]}: ${negative ? 'costs points' : unpaid ? 'earns nothing' + why : 'earns points'}` });
  }
  for (const [lo, hi] of detail.loose) marks.push({ lo, hi, cls: 'loose', tip: 'loose: in no claim, so nothing vouches for it and its place earns nothing', rank: 1, key: true });
  // Every character belongs to one mark at most: contradicted claims first, then claims, then signals around them.
  marks.sort((x, y) => x.rank - y.rank || x.lo - y.lo || y.hi - x.hi);
  const owner = new Int32Array(text.length + 1);
  marks.forEach((m, i) => { for (let k = m.lo; k < m.hi && k < text.length; k++) if (!owner[k]) owner[k] = i + 1; });
  const pre = el('pre', { class: 'text', tabindex: '0', 'aria-label': "The article's text" });
  for (let at = 0, end; at < text.length; at = end) {
    const m = marks[owner[at] - 1];
    for (end = at + 1; end < text.length && owner[end] === owner[at];) end++;
    const piece = text.slice(at, end);
    pre.append(m ? el('mark', { class: m.cls, tabindex: m.key ? '0' : null, 'data-tip': m.tip, 'aria-description': m.tip }, piece) : piece);
  }
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
  const tiles = el('div', { class: 'tiles' }, [[files === 1 ? 'file' : 'files', files, ''], ['passed', passed, 'good'], ['failed', failed, 'bad'], ['not judged', errors, errors ? 'bad' : '']]
    .map(([name, n, cls]) => el('div', { class: 'tile' }, el('b', { class: cls, id: 'n-' + name.replace(' ', '-') }, String(n)), name)));
  const models = articles.some(a => a.model), body = el('tbody'), anyClaims = articles.some(a => a.coverage && a.coverage[0]);
  const rows = articles.map((a, i) => {
    const name = shortPath(a.path), cut = name.lastIndexOf('/') + 1;
    const label = [el('span', { class: 'soft' }, name.slice(0, cut)), name.slice(cut)];
    const claim = (k, cls) => anyClaims ? el('td', { class: 'n ' + (a.coverage[k] ? cls : 'soft') }, a.coverage[0] ? String(a.coverage[k]) : '') : null;
    const cells = a.error ? [el('td', null, el('span', { class: 'pill bad' }, 'not judged')), el('td', { colspan: (anyClaims ? 7 : 4) + (models ? 1 : 0), class: 'soft' }, a.error)] : [
      el('td', null, el('span', { class: 'pill ' + (a.passed ? 'good' : 'bad') }, verdictOf(a))), el('td', { class: 'n' }, number(a.score)),
      el('td', { class: 'n soft' }, number(a.minimum)), models ? el('td', null, a.model || '') : null, el('td', null, a.style), el('td', { class: 'n' }, String(a.words)),
      claim(1, 'good'), claim(2, 'bad'), claim(3, 'warn')];
    return el('tr', null, el('td', { class: 'path' }, a.error ? label : el('a', { href: '#a' + i, title: a.path }, label)), cells.filter(Boolean));
  });
  const search = el('input', { type: 'search', placeholder: models ? 'filter by path, style or model' : 'filter by path or style', 'aria-label': `Filter articles by path${models ? ', style or model' : ' or style'}` });
  const which = el('select', { 'aria-label': 'Which articles' }, ['all', 'fail', 'pass', 'not judged'].map(v => el('option', null, v)));
  const count = el('span', { class: 'soft', 'aria-live': 'polite' }), most = 500;
  let order = articles.map((_, i) => i), sorted = -1, down = false;
  const show = () => {
    const word = search.value.toLowerCase(), shown = order.filter(i => {
      const a = articles[i];
      return (which.value === 'all' || which.value === verdictOf(a)) && (!word || (a.path + ' ' + (a.style || '') + ' ' + (a.model || '')).toLowerCase().includes(word));
    });
    body.replaceChildren(...shown.slice(0, most).map(i => rows[i]));
    count.textContent = shown.length > most ? ` the first ${most} of ${shown.length}: filter or sort to see others` : ` ${shown.length} article${shown.length === 1 ? '' : 's'}`;
  };
  const columns = [['article', a => a.path], ['verdict', a => verdictOf(a)], ['score', a => a.score, 1], ['minimum', a => a.minimum, 1], ...models ? [['model', a => a.model]] : [], ['style', a => a.style], ['words', a => a.words, 1],
    ...anyClaims ? [['supported', a => a.coverage && a.coverage[1], 1], ['contradicted', a => a.coverage && a.coverage[2], 1], ['unverified', a => a.coverage && a.coverage[3], 1]] : []];
  const heads = columns.map(([name, key, numeric], c) => {
    const button = el('button', { type: 'button' }, name), head = el('th', { scope: 'col', class: numeric ? 'n' : null }, button);
    button.addEventListener('click', () => {
      down = sorted === c ? !down : false;
      sorted = c;
      heads.forEach((h, k) => k === c ? h.setAttribute('aria-sort', down ? 'descending' : 'ascending') : h.removeAttribute('aria-sort'));
      const of = i => { const v = key(articles[i]); return v === undefined || v === null ? (numeric ? -Infinity : '') : v; };
      order.sort((x, y) => (of(x) < of(y) ? -1 : of(x) > of(y) ? 1 : x - y) * (down ? -1 : 1));
      show();
    });
    return head;
  });
  search.addEventListener('input', show);
  which.addEventListener('change', show);
  show();
  const folders = new Set(articles.map(a => folderOf(a.path)));
  main.replaceChildren(tiles,
    el('div', { class: 'cards' }, [distributionChart(), groupChart('By style', a => a.style), models ? groupChart('By model', a => a.model || 'not known') : folders.size > 1 ? groupChart('By folder', a => shortPath(folderOf(a.path) + '/').slice(0, -1) || '.') : null].filter(Boolean)),
    leftOut ? el('p', { class: 'soft' }, `To keep this file small, ${leftOut} articles are shown without their text; failing ones keep theirs first.`) : '',
    el('h2', null, 'Articles'), el('p', null, search, ' ', which, count),
    commonFolder ? el('p', { class: 'soft note' }, 'in ' + commonFolder) : '',
    el('div', { class: 'scroll' }, el('table', null, el('thead', null, el('tr', null, heads)), body)));
}

function articlePage(index) {
  const a = articles[index], carried = document.getElementById('d' + index);
  const [detail, text] = carried ? JSON.parse(carried.textContent) : [null, null];
  const claims = a.coverage[0] ? [' · claims: ', el('span', { class: 'good' }, `${a.coverage[1]} supported`), ', ', el('span', { class: a.coverage[2] ? 'bad' : '' }, `${a.coverage[2]} contradicted`),
    ', ', el('span', { class: a.coverage[3] ? 'warn' : '' }, `${a.coverage[3]} unverified`), a.coverage[4] ? `, ${a.coverage[4]} waived` : ''] : [];
  const parts = [el('p', null, el('a', { href: '#' }, '← all articles')), el('h2', { tabindex: '-1', id: 'title', class: 'path' }, a.path),
    el('p', null, el('span', { class: 'pill ' + (a.passed ? 'good' : 'bad') }, verdictOf(a)), ` score ${number(a.score)} of ${number(a.minimum)} · style ${a.style}${a.model ? ' · model ' + a.model : ''} · ${a.words} words`, claims),
    a.reasons.length ? el('ul', null, a.reasons.map(r => el('li', null, r))) : '',
    el('section', { class: 'card' }, el('h2', null, 'Points gained and lost'), ledgerChart(a)),
    el('section', { class: 'card' }, el('h2', null, 'Rhythm: words a sentence'), rhythmChart(a))];
  if (detail && detail.findings.length)
    parts.push(el('details', { open: detail.findings.length <= 12 ? '' : null }, el('summary', null, el('h2', null, `Findings (${detail.findings.length})`)), el('div', { class: 'scroll' }, el('table', null, el('thead', null, el('tr', null, ['line', 'level', 'rule', 'message'].map(t => el('th', { scope: 'col' }, t)))),
      el('tbody', null, detail.findings.map(([rule, level, message, line]) => el('tr', null, el('td', { class: 'n' }, String(line)),
        el('td', { class: level === 'error' ? 'bad' : level === 'warning' ? 'warn' : 'soft' }, level), el('td', { class: 'rule' }, rule), el('td', null, message))))))));
  if (detail) parts.push(el('h2', null, 'The text'), el('p', { class: 'legend' }, 'claims: ', el('mark', { class: 'supported' }, 'supported'), ' ', el('mark', { class: 'contradicted' }, 'contradicted'), ' ',
    el('mark', { class: 'unverified' }, 'unverified'), ' ', el('mark', { class: 'other' }, 'not about us'), ' ', el('mark', { class: 'loose' }, 'loose number'), '; signals: ', el('mark', { class: 'earned' }, 'earned'), ' ', el('mark', { class: 'unpaid' }, 'earns nothing'), ' ',
    el('mark', { class: 'lost' }, 'costs'), '. Hover or tab for the proof.'), markedText(a, text, detail));
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
