#!/bin/sh
# The HTML report: its own rules anywhere; in headless Chromium where there is one: no console errors, the numbers of the
# JSON, the proof on focus, light and dark, hostile articles as plain text.
. "$(dirname "$0")/lib.sh"
plan 29
truth; mkdir posts
wrong_article posts/wrong.md; right_article posts/right.md
# Everything that could leave its place in the page: script ends, comments, entities, markup, bytes that are no UTF-8
{ right_article /dev/stdout; printf '\n</script><script>document.title="broken out"</script><!-- <script>\n\nA <b>bold</b> &amp; \360\237\232\200 I run Caddy 1.2.3 today. \377\376 \000 <img src=x onerror="document.title=1">\n'; } >'posts/<img src=x onerror="document.title=2">.md'
printf 'x' >posts/broken.md; chmod 000 posts/broken.md; [ "$(id -u)" = 0 ] && rm -f posts/broken.md && ln -s nowhere posts/broken.md
run check --no-exit --manifest site.yaml --about ours --format html -o page.html --format json -o page.json posts
is "written, and trouble for what could not be judged" "$status" 2
is "one document" "$(head -c 15 page.html) $(tail -c 8 page.html)" "<!doctype html> </html>"
is "nothing from a network" "$(grep -o 'https\?://[^" ]*' page.html | grep -v www.w3.org/2000/svg)" ""
has "a policy that forbids it" page.html "default-src 'none'"
has "a language, a title, a way past the head" page.html '<html lang="en">' '<title>assay: ' 'class="skip"' 'name="viewport"' '<noscript>'
is "no article ends a script" "$(grep -c '</script><script>document.title' page.html)" 0
# The data inside the page is the report's.
inside() { sed -n "/id=\"$1\">/,/<\/script>/p" page.html | sed "s/.*id=\"$1\">//; s/<\/script>.*//" | sed 's/\\u003c/</g'; }
inside run | head -1 >run.json; inside articles >articles.json
is "its summary is the report's" "$(get /summary run.json)" "[$(get /summary/files page.json),$(get /summary/passed page.json),$(get /summary/failed page.json),$(get /summary/errors page.json)]"
same=yes; n=$(get '/articles/#' page.json); i=0
while [ $i -lt "$n" ]; do
    for key in path score minimum words style; do [ "$(get /$i/$key articles.json)" = "$(get /articles/$i/$key page.json)" ] || same="$i/$key: $(get /$i/$key articles.json), not $(get /articles/$i/$key page.json)"; done
    i=$((i + 1))
done
is "every article's numbers are the report's" "$same" yes
"$ASSAY" check --no-exit -j1 --manifest site.yaml --about ours --format html posts >again.html 2>/dev/null; cmp -s page.html again.html; yes_no "the same bytes with one thread" $?

# What is not paid says why, in words: of a row of the ledger, of a place in the text. The rhythm is the signal's.
cat >paid.md <<'END'
---
title: What is paid
date: 2026-05-18
style: essay
---

# What is paid

## A heading

I run Caddy 2.8.4 today, because it is short. It took 412 s, and Caddy 2.8.4 was there. A `sentence of code that is long` ends.

- a one
- b two
- c three

Text.

- d four
- e five
- f six
END
"$ASSAY" check --no-exit --manifest site.yaml --about ours --format html -o paid.html --format json -o paid.json paid.md
sed -n 's/.*id="articles">//p' paid.html | sed 's/<.script>.*//' >digest.json; sed -n 's/.*id="d0">\(.*\)<.script>/\1/p' paid.html >detail.json
note() { # SIGNAL
    for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do
        [ "$(get "/articles/0/signals/$i/id" paid.json)" != "$1" ] || get "/0/ledger/$i/5" digest.json
    done
}
is "a row says why it is not paid" "$(note h2_count), $(note triple_bullet_lists), $(note filler_phrases)." "not paid: no fact can vouch for it, not fined where a manifest judges, ."
has "a place says its own reason" detail.json '": no fact can vouch for that"' '": it is unverified"'
is "code is one word in the rhythm" "$(get /0/rhythm digest.json)" "[9,9,3,1]"
"$ASSAY" check --no-exit --manifest "$root/corpus/manifests/kestrel.yaml" --format html "$root/corpus/articles/kestrel/pass/batch-size-benchmark.md" >more.html
has "more may be paid than was measured" more.html " counts in what is vouched for"
mkdir drafts; for i in 1 2; do cp paid.md drafts/$i.md; echo "{\"model\": \"model-$i\"}" >drafts/$i.json; done
"$ASSAY" batch --manifest site.yaml --about ours --format html -o models.html drafts >out 2>err
is "a batch's page knows the models" "$(grep -c '"model":"model-[12]"' models.html) $(grep -c '"model"' page.html)" "2 0"

chromium=
for name in chromium chromium-browser google-chrome; do command -v $name >/dev/null && { chromium=$name; break; }; done
browse() { # URL-PART [FLAGS]   the page's elements in dom, what the browser says in log
    url=$1; shift
    timeout 120 $chromium --headless --no-sandbox --disable-gpu --user-data-dir="$scratch/profile" --enable-logging=stderr "$@" --virtual-time-budget=4000 --dump-dom "file://$scratch/$url" >dom 2>log
}
if [ -z "$chromium" ] || ! browse page.html || ! grep -q 'data-ready="yes"' dom; then
    while [ $number -lt 29 ]; do skip "no Chromium that runs here"; done
    finish; exit
fi
is "no console message" "$(grep -c CONSOLE log)" 0
text_of() { tr '\n' ' ' <dom | sed -n "s/.*id=\"$1\">\([^<]*\)<.*/\1/p"; }
is "the tiles are the report's numbers" "$(text_of n-files) $(text_of n-passed) $(text_of n-failed) $(text_of n-not-judged)" "$(get /summary/files page.json) $(get /summary/passed page.json) $(get /summary/failed page.json) $(get /summary/errors page.json)"
is "no element came out of an article" "$(grep -c '<img' dom) $(grep -o '<title>[^<]*' dom | head -1)" "0 <title>assay: $(get /summary/passed page.json) passed, $(get /summary/failed page.json) failed"
rows=$(get '/articles/#' page.json); is "a row an article" "$(grep -o '<tr><td class="path">' dom | wc -l | tr -d ' ')" "$rows"
# A script of the test's own at the end of the page: focus, tips, filter, sorting.
sed '$d' page.html | sed '$d' >probe.html
cat >>probe.html <<'END'
<script>
const said = {};
location.hash = '#a' + articles.findIndex(a => a.path.endsWith('wrong.md'));
setTimeout(() => {
  said.title = document.activeElement.id;
  const mark = document.querySelector('pre.text mark.contradicted');
  mark.focus();
  if (tip.hidden) mark.dispatchEvent(new FocusEvent('focusin', { bubbles: true })); // no window, no focus events
  said.focused = document.activeElement === mark && mark.tabIndex === 0;
  said.tip = !tip.hidden && tip.textContent;
  said.marked = mark.textContent;
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  said.closed = tip.hidden;
  said.text = document.querySelector('pre.text').textContent === JSON.parse(document.getElementById('d' + location.hash.slice(2)).textContent)[1];
  said.bars = document.querySelectorAll('svg[role=img][aria-label]').length;
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  setTimeout(() => {
    said.back = !!document.querySelector('table thead');
    const box = document.querySelector('input[type=search]');
    box.value = 'wrong'; box.dispatchEvent(new Event('input'));
    said.filtered = document.querySelectorAll('tbody tr').length;
    box.value = ''; box.dispatchEvent(new Event('input'));
    const score = [...document.querySelectorAll('th button')].find(b => b.textContent === 'score');
    score.click(); score.click();
    said.sorted = score.closest('th').getAttribute('aria-sort') + ' ' + document.querySelector('tbody tr a').title.split('/').pop();
    said.paper = getComputedStyle(document.body).backgroundColor;
    document.title = JSON.stringify(said);
  }, 100);
}, 100);
</script>
</body>
</html>
END
browse probe.html
grep CONSOLE log | sed 's/^/# /'
grep -o '<title>[^<]*' dom | sed 's/<title>//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | head -1 >said.json
is "an article's page begins at its title" "$(get /title said.json)" title
is "a claim takes the focus, its proof shows, Escape hides it" "$(get /focused said.json) $(get /closed said.json)" "true true"
has "the proof says what the manifest says" said.json "contradicted" "caddy.version says 2.8.4"
is "the text is the article's, byte for byte" "$(get /text said.json)" true
is "charts are described; Escape goes back; the filter filters" "$(get /bars said.json) $(get /back said.json) $(get /filtered said.json)" "2 true 1"
best=$(for i in 0 1 2; do echo "$(get /articles/$i/score page.json) $(get /articles/$i/path page.json)"; done | grep '^[-0-9]' | sort -g | tail -1 | sed 's/^[^ ]* //; s#.*/##')
is "columns sort" "$(get /sorted said.json)" "descending $best"
sed '$d' paid.html | sed '$d' >seen.html
cat >>seen.html <<'END'
<script>
location.hash = '#a0';
setTimeout(() => {
  const said = {}, all = (what, test) => [...document.querySelectorAll(what)].filter(e => test.test(e.textContent));
  said.notes = all('svg text', /not paid|not fined/).length;
  said.told = document.querySelector('svg[role=img]').getAttribute('aria-label').includes('h2_count 0 (not paid: no fact can vouch for it)');
  said.titles = all('svg title', /of which/).length;
  const heading = all('pre.text mark.unpaid', /^A heading$/)[0];
  said.tip = heading ? heading.tabIndex + ' ' + heading.dataset.tip : 'none';
  said.lost = document.querySelectorAll('pre.text mark.lost').length;
  const line = articles[0].ledger[run.signals.findIndex(s => s[0] === 'sentence_burstiness')];
  said.rhythm = all('p.note', /on average/)[0].textContent.replace(/.*burstiness /, '') === String(round(line[0]));
  document.title = JSON.stringify(said);
}, 100);
</script>
</body>
</html>
END
browse seen.html; grep -o '<title>[^<]*' dom | sed 's/<title>//' | head -1 >seen.json
is "what is not paid says so where it can be read" "$(get /notes seen.json) $(get /told seen.json) $(get /titles seen.json)" "3 true 0"
is "a place's reason takes the focus, what is not fined costs nothing, one deviation" "$(get /tip seen.json), $(get /lost seen.json), $(get /rhythm seen.json)" "0 h2_count: earns nothing: no fact can vouch for that, 0, true"
# On a narrow screen the charts scroll in their cards, and their letters stay letters; the page itself does not scroll.
sed '$d' page.html | sed '$d' >narrow.html
cat >>narrow.html <<'END'
<script>
setTimeout(() => {
  const sizes = [...document.querySelectorAll('.card svg[role=img]')].map(s => 14 * s.getBoundingClientRect().width / s.viewBox.baseVal.width);
  document.title = [innerWidth < 700, sizes.length > 0, Math.min(...sizes) >= 10, document.documentElement.scrollWidth <= innerWidth].join(' ');
}, 100);
</script>
</body>
</html>
END
browse narrow.html --window-size=400,800; is "charts can be read on a narrow screen" "$(grep -o '<title>[^<]*' dom | head -1)" "<title>true true true true"
browse models.html; has "charts and names by model" dom 'aria-label="By model: model-1 0 passed, 1 failed; model-2 0 passed, 1 failed"' '<td>model-2</td>' 'Filter articles by path, style or model'
light=$(get /paper said.json); browse probe.html --blink-settings=preferredColorScheme=0
grep -o '<title>[^<]*' dom | sed 's/<title>//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | head -1 >said.json
[ "$light" = "rgb(251, 250, 248)" ] && [ "$(get /paper said.json)" = "rgb(21, 23, 26)" ]; yes_no "light and dark" $? "$light, $(get /paper said.json)"
finish
