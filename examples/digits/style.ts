/** The report's looks. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1c2330; --soft: #667085; --line: #e3e6eb;
  --train: #94a0b4; --test: #2563eb; --right: #2563eb; --wrong: #e0452f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141b; --card: #181e28; --ink: #e6e9ef; --soft: #98a2b3; --line: #2a3240;
    --train: #76839a; --test: #6ea2ff; --right: #4b83ee; --wrong: #f0614b;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: clamp(12px, 3vw, 32px); display: grid; gap: 20px; }
header, section {
  min-width: 0; padding: clamp(14px, 3vw, 26px); background: var(--card);
  border: 1px solid var(--line); border-radius: 12px;
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 1.1rem; }
p { margin: 0; }
.result { display: flex; flex-wrap: wrap; gap: 4px 32px; margin: 14px 0 18px; color: var(--soft); }
.result b { margin-right: 2px; font-size: 1.75rem; font-variant-numeric: tabular-nums; color: var(--ink); }
.result span:first-child b { color: var(--test); }
dl {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 12px 20px;
  margin: 0; padding-top: 16px; border-top: 1px solid var(--line);
}
dt { font-size: .8rem; color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.hash { grid-column: 1 / -1; }
.hash dd { font: .85rem/1.6 ui-monospace, monospace; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 20px; }
figure { margin: 0; min-width: 0; }
.chart figcaption { display: flex; align-items: center; gap: 16px; font-weight: 600; font-size: .92rem; }
.key { display: inline-flex; align-items: center; gap: 6px; font-weight: 400; color: var(--soft); }
.key.train { margin-left: auto; }
.key::before { content: ""; width: 16px; height: 3px; border-radius: 2px; background: var(--color); }
.train { --color: var(--train); }
.test { --color: var(--test); }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--soft); }
svg .grid { stroke: var(--line); }
polyline { fill: none; stroke: var(--color); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
circle { fill: var(--color); stroke: var(--card); stroke-width: 1.5; }
.confusion { width: 100%; border-spacing: 2px; table-layout: fixed; font-variant-numeric: tabular-nums; }
.confusion caption { padding-bottom: 10px; text-align: left; font-size: .88rem; color: var(--soft); }
.confusion th, .confusion td {
  height: 34px; padding: 0; text-align: center; border-radius: 4px; font-size: clamp(.66rem, 2.4vw, .9rem);
}
.confusion th { font-weight: 600; color: var(--soft); }
.confusion .recall { color: var(--soft); }
.none { color: var(--line); }
.right { background: color-mix(in srgb, var(--right) var(--heat), var(--card)); color: #fff; }
.faint { color: inherit; }
.wrong { background: color-mix(in srgb, var(--wrong) calc(var(--heat) * .8), var(--card)); }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(84px, 1fr)); gap: 16px 12px; }
.gallery figure { text-align: center; }
.gallery img { display: block; margin: 0 auto 4px; border-radius: 6px; image-rendering: pixelated; }
.gallery figcaption { line-height: 1.25; }
.gallery small { color: var(--soft); }
.guess { color: var(--wrong); }
`;
