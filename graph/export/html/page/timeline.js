// The timeline: what is dated, by month (or year, or decade, where the case is long), stacked by stance. A date that covers
// several months, such as a year, is spread thinly over them: it is no event of January. Undated statements have a box of their own.

let bins = null;   // { first, size, count }: months
const bars = { from: null, to: null };

function makeBins() {
  let first = Infinity, last = -Infinity;
  for (const { months } of STATEMENTS) for (const month of months || []) if (month !== null) { first = Math.min(first, month); last = Math.max(last, month); }
  if (first > last) return null;
  const span = last - first + 1, size = span <= 180 ? 1 : span <= 1800 ? 12 : 120;
  first -= ((first % size) + size) % size;
  return { first, size, count: Math.floor((last - first) / size) + 1 };
}

const binStart = (bin) => bins.first + bin * bins.size;
const binEnd = (bin) => binStart(bin) + bins.size - 1;

function buildTime() {
  bins = makeBins();
  const undated = STATEMENTS.some((statement) => !statement.months);
  if (!bins) { $("time").hidden = true; return; }
  const slider = (id, label, value) => el("input", { type: "range", id, min: "0", max: String(bins.count - 1), step: "1", value: String(value), "aria-label": label, on: { input: moveTime } });
  $("time").append(
    svg("svg", { id: "bars", "aria-hidden": "true" }),
    el("div", { className: "sliders" }, el("output", { id: "span", for: "from to" }),
      slider("from", "From", 0), slider("to", "To", bins.count - 1),
      undated ? el("label", { className: "undated" }, el("input", { type: "checkbox", id: "undated", checked: true, on: { change: (event) => change({ undated: event.currentTarget.checked }) } }), el("span", { id: "undated-count" })) : null));
}

function moveTime(event) {
  let from = Number($("from").value), to = Number($("to").value);
  if (from > to) { if (event.currentTarget.id === "from") from = to; else to = from; }
  change({ from: from === 0 ? null : binStart(from), to: to === bins.count - 1 ? null : binEnd(to) });
}

function showTime() {
  if (!bins) return;
  const bin = (month) => Math.max(0, Math.min(bins.count - 1, Math.floor((month - bins.first) / bins.size)));
  const from = S.from === null ? 0 : bin(S.from), to = S.to === null ? bins.count - 1 : bin(S.to);
  const text = (month) => (bins.size === 1 ? monthText(month) : monthText(month).slice(0, 4));
  $("from").value = from; $("to").value = to;
  $("from").setAttribute("aria-valuetext", text(binStart(from)));
  $("to").setAttribute("aria-valuetext", text(binEnd(to)));
  $("span").textContent = `${text(binStart(from))} – ${text(binEnd(to))}`;
  if ($("undated")) { $("undated").checked = S.undated; $("undated-count").textContent = `undated (${COUNTS.undated.toLocaleString("en")})`; }
  drawBars(from, to);
}

function drawBars(from, to) {
  const heights = [0, 1, 2].map(() => new Float64Array(bins.count));
  STATEMENTS.forEach((statement, row) => {
    if (!statement.months || (FAILS[row] & ~BIT.time) !== 0) return;
    const [first, last] = statement.months;
    const start = Math.max(0, Math.floor(((first ?? last) - bins.first) / bins.size)), end = Math.min(bins.count - 1, Math.floor(((last ?? first) - bins.first) / bins.size));
    for (let bin = start; bin <= end; bin++) heights[statement.stance][bin] += 1 / (end - start + 1);
  });
  const width = Math.max(100, $("bars").clientWidth || $("time").clientWidth - 28), high = 44;
  let most = 1;
  for (let bin = 0; bin < bins.count; bin++) most = Math.max(most, heights[0][bin] + heights[1][bin] + heights[2][bin]);
  const wide = width / bins.count, gap = wide > 4 ? 1 : 0;
  const paths = [0, 1, 2].flatMap((stance) => [true, false].map((inside) => ({ stance, inside, d: "" })));
  for (let bin = 0; bin < bins.count; bin++) {
    let top = high;
    for (let stance = 0; stance < 3; stance++) {
      const height = heights[stance][bin] / most * (high - 2);
      if (!height) continue;
      paths[stance * 2 + (bin >= from && bin <= to ? 0 : 1)].d += `M${(bin * wide).toFixed(1)} ${top.toFixed(1)}v${(-height).toFixed(1)}h${(wide - gap).toFixed(1)}v${height.toFixed(1)}z`;
      top -= height;
    }
  }
  const marks = [], every = Math.max(1, Math.ceil(bins.count * bins.size / 12 / Math.max(1, Math.floor(width / 52))));
  for (let year = Math.ceil(bins.first / 12); year * 12 <= binEnd(bins.count - 1); year++) {
    if (year % every) continue;
    const x = (year * 12 - bins.first) / bins.size * wide;
    marks.push(svg("line", { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: high + 2, class: "year" }));
    if (x < width - 30) marks.push(svg("text", { x: (x + 2).toFixed(1), y: high + 13 }, String(year)));
  }
  $("bars").setAttribute("viewBox", `0 0 ${width} ${high + 16}`);
  $("bars").replaceChildren(...marks, ...paths.filter(({ d }) => d).map(({ stance, inside, d }) => svg("path", { d, class: `bar-${STANCES[stance]}${inside ? "" : " outside"}` })),
    svg("line", { x1: 0, x2: width, y1: high, y2: high, class: "axis" }));
}
