/** The only style of the page; its hash is what the page's own policy lets through. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2126; --soft: #5a6370; --line: #d9dee4; --paper: #ffffff; --ground: #f4f6f8; --accent: #0b5cad;
  --good: #176b3a; --good-ground: #e3f4e9; --warn: #7a4a00; --warn-ground: #fff1d6; --bad: #a11f1f; --bad-ground: #fde7e7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a4adb8; --line: #39414b; --paper: #1c2127; --ground: #14181d; --accent: #79b8ff;
  --good: #7fd8a0; --good-ground: #16331f; --warn: #f2c46d; --warn-ground: #3a2c0d; --bad: #ff9c9c; --bad-ground: #421a1a; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin: 0 0 .5rem; }
p { margin: 0 0 .6rem; }
p:last-child { margin-bottom: 0; }
a { color: var(--accent); }
.lead { color: var(--soft); margin-bottom: 1.25rem; overflow-wrap: anywhere; }
.notice { background: var(--warn-ground); color: var(--warn); border-radius: .5rem; padding: .6rem .9rem; margin: 0 0 1rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 0 0 1rem; }
.figures > div, .box, article { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; }
.figures > div { padding: .7rem .9rem; margin: 0; }
.figures dt { color: var(--soft); font-size: .85rem; font-weight: 400; }
.figures dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.figures small { display: block; font-size: .85rem; font-weight: 400; color: var(--soft); }
.box { padding: .9rem; margin: 0 0 1rem; }
.command { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; margin: 0 0 .5rem; align-items: baseline; }
.command:last-child { margin: 0; }
code { font: .9rem/1.5 ui-monospace, monospace; background: var(--ground); border: 1px solid var(--line); border-radius: .35rem; padding: .15rem .4rem;
  overflow-wrap: anywhere; user-select: all; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; font-size: .85rem; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; }
td.key { overflow-wrap: anywhere; min-width: 6rem; }
article { margin: 0 0 1rem; scroll-margin-top: 1rem; }
article > header { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: baseline; padding: .8rem .9rem; border-bottom: 1px solid var(--line); }
article > header .cost { margin-left: auto; font-variant-numeric: tabular-nums; color: var(--soft); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); }
.columns > section { padding: .9rem; min-width: 0; }
.columns > section + section { border-left: 1px solid var(--line); }
.reason, .notes { margin: 0; padding: .6rem .9rem; border-bottom: 1px solid var(--line); }
.reason { background: var(--bad-ground); color: var(--bad); }
.notes { background: var(--warn-ground); color: var(--warn); padding-left: 2rem; }
.badge { font-size: .8rem; font-weight: 600; border-radius: 1rem; padding: .05rem .6rem; white-space: nowrap; }
.good { background: var(--good-ground); color: var(--good); }
.warn { background: var(--warn-ground); color: var(--warn); }
.bad { background: var(--bad-ground); color: var(--bad); }
dl { margin: 0; }
dl dl { margin-top: .3rem; padding-left: .75rem; border-left: 2px solid var(--line); }
dl > div { margin: 0 0 .7rem; }
.short + div:not(.short) { margin-top: .7rem; }
dl > div:last-child { margin-bottom: 0; }
dt { font-weight: 600; font-size: .9rem; }
dl > .short { display: grid; grid-template-columns: min(12rem, 45%) minmax(0, 1fr); gap: 0 .75rem; align-items: baseline; margin-bottom: .3rem; }
.short dt { font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
dd { margin: 0; }
ul { margin: 0; padding-left: 1.2rem; }
li { margin: 0 0 .35rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.none { color: var(--soft); font-style: italic; }
footer { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
@media (max-width: 48rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .columns > section + section { border-left: 0; border-top: 1px solid var(--line); }
  .command { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --ground: #fff; --accent: #000; --good: #000; --good-ground: #fff;
    --warn: #000; --warn-ground: #fff; --bad: #000; --bad-ground: #fff; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .badge { border: 1px solid #888; }
  article > header, h2, h3, dt, tr { break-after: avoid; break-inside: avoid; }
  nav a { text-decoration: none; }
}
`;
