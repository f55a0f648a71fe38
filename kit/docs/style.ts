/** Style of the site. Static text, in every page, so that a page can be sent on by itself; light and dark as the reader's system. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5c6876; --paper: #fff; --line: #d8dee6; --soft: #f4f6f9; --good: #1a7f4b; --warn: #8a5a00; --mark: #2457c5; --word: #7a3e9d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa7b6; --paper: #12161c; --line: #2c3540; --soft: #1a2029; --good: #4cc38a; --warn: #e3b341; --mark: #7aa2f7; --word: #c39be0; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
a { color: var(--mark); text-underline-offset: .15em; } .ref { white-space: nowrap; }
code, pre, .id, .key { font-family: ui-monospace, monospace; font-size: .875em; }
code { background: var(--soft); border-radius: .25em; padding: .05em .3em; overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem; overflow-x: auto; line-height: 1.45; } pre code { background: none; padding: 0; font-size: 1em; }
.dim { color: var(--dim); } .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; }
header { border-bottom: 1px solid var(--line); background: var(--soft); } header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .6rem 1.25rem; max-width: 84rem; margin: 0 auto; }
header ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 0; padding: 0; } header a { text-decoration: none; } header a:hover { text-decoration: underline; } .brand { font-weight: 650; color: inherit; } header [aria-current] { color: inherit; font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px; }
.columns { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
aside { border: 1px solid var(--line); border-radius: .4rem; margin: 1rem 0 0; padding: .5rem .9rem; max-height: 11rem; overflow-y: auto; font-size: .875rem; line-height: 1.4; } aside ul { list-style: none; margin: 0; padding: 0; } aside li { margin: .25rem 0; } aside li.deeper { padding-left: .9rem; } aside a { text-decoration: none; } aside a:hover { text-decoration: underline; }
@media (min-width: 68rem) { .columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; } .columns > main:only-child { grid-column: 1 / -1; } aside { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); margin-top: 1.5rem; border: 0; border-right: 1px solid var(--line); border-radius: 0; padding: 0 1rem 0 0; } }
main { min-width: 0; max-width: 62rem; } main > p, main > ul, main li { max-width: 46rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.5rem 0 .75rem; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; line-height: 1.3; } h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; line-height: 1.35; } h4 { font-size: 1rem; margin: 0 0 .4rem; line-height: 1.4; }
.here { color: var(--dim); text-decoration: none; opacity: 0; font-weight: 400; } h2:hover .here, h3:hover .here, h4:hover .here, .here:focus { opacity: 1; } @media (hover: none) { .here { opacity: .6; } }
:target { background: color-mix(in srgb, var(--mark) 12%, transparent); border-radius: .25rem; }
.badge { display: inline-block; font: 600 .7rem/1.5 system-ui, sans-serif; letter-spacing: .04em; padding: 0 .45em; border: 1px solid currentColor; border-radius: .3em; vertical-align: .1em; } .badge.must { color: var(--good); } .badge.should, .badge.may { color: var(--warn); }
.keyword { color: var(--dim); font-weight: 500; } var { color: var(--word); font-style: normal; } q { quotes: none; color: var(--word); }
article.rule { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .25rem; } article.rule > h3 { font-size: 1.2rem; } article.rule > p { max-width: 46rem; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: .75rem 0 1rem; font-size: .9375rem; } dl.facts dt { color: var(--dim); } dl.facts dd { margin: 0; } @media (max-width: 34rem) { dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dt { margin-top: .4rem; font-size: .8125rem; } }
.note { border-left: .25rem solid var(--warn); background: var(--soft); padding: .4rem .8rem; margin: .75rem 0; max-width: 46rem; } .only { color: var(--warn); margin: .25rem 0 .5rem; }
.scenario { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: 1rem 0; } .scenario p { margin: .4rem 0; }
.caption { color: var(--dim); font-size: .8125rem; margin: .75rem 0 .25rem; font-weight: 600; }
ol.steps { list-style: none; margin: .5rem 0; padding: 0; } ol.steps li { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); gap: .5rem; padding: .1rem 0; max-width: none; } ol.steps b { font-weight: 600; text-align: right; } ol.steps b.goes-on { font-weight: 400; color: var(--dim); } a.step { color: inherit; text-decoration: none; } a.step:hover { text-decoration: underline dotted; }
.examples { margin: .75rem 0 0 4.1rem; } @media (max-width: 34rem) { .examples { margin-left: 0; } }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; } table { border-collapse: collapse; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); } th { font-weight: 600; color: var(--dim); font-size: .8125rem; white-space: nowrap; } .examples td { white-space: nowrap; padding-top: .15rem; padding-bottom: .15rem; } td > code:only-child, td > a > code { white-space: nowrap; } .key code { background: none; padding: 0; font-size: 1em; }
.records { margin: .5rem 0 1rem; } .records table { min-width: min(100%, 34rem); } .records .key { white-space: nowrap; }
@media (max-width: 44rem) { .records table, .records tbody, .records tr, .records td { display: block; } .records thead { display: none; } .records table { border-top: 1px solid var(--line); } .records tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } .records td { border: 0; padding: .1rem 0; } .records td:empty { display: none; } .records td + td::before { content: attr(data-head) ': '; color: var(--dim); font-size: .8125rem; } .records .key { white-space: normal; } }
.form { border-top: 1px solid var(--line); } .form > h3 { margin-top: 1rem; } .form > p, .form > ul { margin: .35rem 0; max-width: 46rem; } .phrase { display: inline-block; margin: 0 .3rem .2rem 0; }
.file { font-style: italic; } .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .75rem; padding: 0; list-style: none; max-width: none; } .cards li { border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem; background: var(--soft); } .cards strong { display: block; }
@media print { header, aside, .here { display: none; } .columns { display: block; } }
`;
