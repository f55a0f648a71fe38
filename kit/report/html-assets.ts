/** Style and script of the HTML report. Both are static text: nothing of a run is ever put into them. */

export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5c6876; --paper: #fff; --line: #d8dee6; --soft: #f4f6f9; --good: #1a7f4b; --bad: #b3261e; --warn: #9a6700; --mark: #2457c5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa7b6; --paper: #12161c; --line: #2c3540; --soft: #1a2029; --good: #4cc38a; --bad: #ff7b72; --warn: #e3b341; --mark: #7aa2f7; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 76rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 0; }
a { color: var(--mark); } code, pre { font: 13px/1.45 ui-monospace, monospace; }
.dim, .note { color: var(--dim); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.card { border: 1px solid var(--line); border-left: .4rem solid var(--dim); border-radius: .4rem; padding: .75rem 1rem; background: var(--soft); }
.card strong { display: block; font-size: 1.05rem; } .card .figure { font-variant-numeric: tabular-nums; }
.good { border-left-color: var(--good); } .good strong, .s-passed, .s-verified { color: var(--good); }
.bad { border-left-color: var(--bad); } .bad strong, .s-failed { color: var(--bad); }
.warn { border-left-color: var(--warn); } .warn strong, .s-broken, .s-unknown, .s-not-verified, .s-skipped, .s-undefined, .s-ambiguous, .s-pending { color: var(--warn); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); } tbody tr:target { background: var(--soft); } td.id { white-space: nowrap; font-family: ui-monospace, monospace; } td.result { min-width: 15rem; } td.result ul { margin: .15rem 0 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.filter { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-bottom: .5rem; } .filter input[type=search] { padding: .35rem .5rem; min-width: 16rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--paper); color: inherit; font: inherit; }
.failure { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 1rem; } .failure > summary { padding: .6rem 1rem; cursor: pointer; } .failure > div { padding: 0 1rem 1rem; border-top: 1px solid var(--line); }
.compare { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: .75rem; } .compare > div { border: 1px solid var(--line); border-radius: .3rem; padding: .5rem .75rem; } .compare pre { margin: .25rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ol.steps { list-style: none; padding: 0; } ol.steps li { display: grid; grid-template-columns: 1rem 3.25rem minmax(0, 1fr); gap: .4rem; padding: .1rem 0; } ol.steps b { font-weight: 500; color: var(--dim); }
pre.command { background: var(--soft); padding: .5rem .75rem; border-radius: .3rem; overflow-x: auto; }
.drawing { overflow-x: auto; } svg.sequence { font: 12px ui-monospace, monospace; } svg.sequence text { fill: var(--ink); } svg.sequence .time { text-anchor: end; fill: var(--dim); font-size: 10px; }
svg.sequence line { stroke: var(--dim); } svg.sequence .lane line { stroke: var(--line); } svg.sequence .lane text { text-anchor: middle; font-weight: 600; } svg.sequence .answer line { stroke-dasharray: 5 3; } svg.sequence .decisive line { stroke: var(--bad); stroke-width: 2; } svg.sequence .decisive text { fill: var(--bad); } svg.sequence marker path { fill: var(--dim); }
svg.timeline { font: 12px ui-monospace, monospace; } svg.timeline text { fill: var(--ink); } svg.timeline .who, svg.timeline .axis { text-anchor: end; fill: var(--dim); } svg.timeline .tick text { text-anchor: middle; fill: var(--dim); font-size: 10px; } svg.timeline .tick line { stroke: var(--line); } svg.timeline rect { fill: var(--mark); } svg.timeline .open rect { fill: var(--soft); stroke: var(--warn); stroke-dasharray: 5 3; }
details.call > summary { cursor: pointer; padding: .1rem 0; } details.call h3 { font-size: .875rem; margin: .5rem 0 0; } details.call pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 .75rem; }
@media (max-width: 44rem) { #rules thead { display: none; } #rules tr:not([hidden]), #rules td { display: block; } #rules tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } #rules td { border: 0; padding: 0; overflow-wrap: anywhere; } #rules td.id, #rules td.id ~ td:not(.sentence, .result) { display: inline-block; margin-right: .75rem; } dl { grid-template-columns: 1fr; gap: 0; } dt { margin-top: .3rem; } }
@media print { .filter { display: none; } }
`;

/** Filters the table of rules by text and by status. */
export const SCRIPT = `
const rows = [...document.querySelectorAll('#rules tbody tr')];
const search = document.querySelector('#search');
const boxes = [...document.querySelectorAll('.filter input[type=checkbox]')];
const shown = document.querySelector('#shown');
function apply() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  let count = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.has(row.dataset.status) || !words.every((word) => text.includes(word));
    if (!row.hidden) count += 1;
  }
  shown.textContent = count + ' of ' + rows.length + ' rules';
}
search.addEventListener('input', apply);
for (const box of boxes) box.addEventListener('change', apply);
apply();
`;
