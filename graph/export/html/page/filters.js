// What is shown: every statement is tried against every facet once; the legend is the filter, with counts as they would be.

const SHOWN = {
  statements: new Uint8Array(STATEMENTS.length),
  claims: new Uint16Array(CLAIMS.length),   // statements of the claim that are shown
  stances: CLAIMS.map(() => [0, 0, 0]),     // of these, by stance
  nodes: new Uint8Array(NODES.length),
};
const FAILS = new Uint8Array(STATEMENTS.length);   // which facets hide a statement, as bits
const COUNTS = { type: [], stance: [], source: [], method: [], relation: [], undated: 0 };
const BIT = { type: 1, stance: 2, source: 4, method: 8, relation: 16, time: 32, words: 64 };

const methodOf = (statement) => (statement.extracted ? 1 : 0);

function failing(statement, words) {
  let bits = 0;
  const off = S.off;
  if (off.type.size && (off.type.has(NODES[statement.s].type) || (statement.o !== undefined && off.type.has(NODES[statement.o].type)))) bits |= BIT.type;
  if (off.stance.has(statement.stance)) bits |= BIT.stance;
  if (off.source.has(statement.source)) bits |= BIT.source;
  if (off.method.has(methodOf(statement))) bits |= BIT.method;
  if (off.relation.has(statement.r)) bits |= BIT.relation;
  if (!statement.months ? !S.undated : (S.from !== null || S.to !== null) && !mayMean(statement, S.from ?? -Infinity, S.to ?? Infinity)) bits |= BIT.time;
  if (words.length && !words.every((word) => searchText(statement).includes(word))) bits |= BIT.words;
  return bits;
}

function applyFilters() {
  for (const facet of Object.keys(FACETS)) COUNTS[facet] = new Array(FACETS[facet].keys.length).fill(0);
  COUNTS.undated = 0;
  SHOWN.claims.fill(0);
  SHOWN.nodes.fill(0);
  for (const stances of SHOWN.stances) stances.fill(0);
  const withType = new Uint8Array(NODES.length);   // nodes that would be shown if no type were hidden
  const words = fold(S.words).split(/\s+/).filter(Boolean);
  STATEMENTS.forEach((statement, row) => {
    const bits = failing(statement, words);
    FAILS[row] = bits;
    SHOWN.statements[row] = bits === 0 ? 1 : 0;
    if (bits === 0) {
      SHOWN.claims[statement.claim] += 1;
      SHOWN.stances[statement.claim][statement.drawn] += 1;
      SHOWN.nodes[statement.s] = 1;
      if (statement.o !== undefined) SHOWN.nodes[statement.o] = 1;
    }
    if ((bits & ~BIT.type) === 0) { withType[statement.s] = 1; if (statement.o !== undefined) withType[statement.o] = 1; }
    if ((bits & ~BIT.stance) === 0) COUNTS.stance[statement.stance] += 1;
    if ((bits & ~BIT.source) === 0) COUNTS.source[statement.source] += 1;
    if ((bits & ~BIT.method) === 0) COUNTS.method[methodOf(statement)] += 1;
    if ((bits & ~BIT.relation) === 0) COUNTS.relation[statement.r] += 1;
    if ((bits & ~BIT.time) === 0 && !statement.months) COUNTS.undated += 1;
  });
  const resting = !isFiltered();
  NODES.forEach((node, number) => {
    if (resting && node.curated && !node.lines.length && !node.facts.length) { SHOWN.nodes[number] = 1; withType[number] = 1; }
    if (S.off.type.has(node.type)) SHOWN.nodes[number] = 0;
    if (withType[number]) COUNTS.type[node.type] += 1;
  });
}

const isFiltered = () => Object.values(S.off).some((off) => off.size) || S.from !== null || S.to !== null || !S.undated || S.words !== "";

function resetFilters() {
  change({ off: { type: new Set(), stance: new Set(), source: new Set(), method: new Set(), relation: new Set() }, from: null, to: null, undated: true, words: "" });
}

function toggle(facet, number) {
  const off = new Set(S.off[facet]);
  if (!off.delete(number)) off.add(number);
  change({ off: { ...S.off, [facet]: off } });
}

/** Only this row of the facet; once more: all of them again. */
function only(facet, number) {
  const all = FACETS[facet].keys.map((_, index) => index);
  const others = all.filter((index) => index !== number);
  const already = S.off[facet].size === others.length && !S.off[facet].has(number);
  change({ off: { ...S.off, [facet]: new Set(already ? [] : others) } });
}

const rows = new Map();
function legendRow(facet, number, symbol, text, title) {
  const id = `filter-${facet}-${number}`;
  const box = el("input", { type: "checkbox", id, checked: true, on: { change: () => toggle(facet, number) } });
  const count = el("span", { className: "count" });
  const row = el("div", { className: facet === "source" ? "row long" : "row", title: title || "", on: { dblclick: (event) => { event.preventDefault(); only(facet, number); } } },
    box, el("label", { for: id }, symbol, el("span", { className: "what", dir: "auto" }, text)), count,
    el("button", { className: "only", type: "button", "aria-label": `Only ${text}`, title: "Show only this", on: { click: () => only(facet, number) } }, "only"));
  rows.set(`${facet} ${number}`, { row, box, count });
  return row;
}

function buildFilters() {
  const used = (facet) => {
    const seen = new Set();
    if (facet === "type") { NODES.forEach((node) => { if (node.lines.length || node.facts.length || node.curated) seen.add(node.type); }); return seen; }
    for (const statement of STATEMENTS) seen.add(facet === "stance" ? statement.stance : facet === "source" ? statement.source : facet === "method" ? methodOf(statement) : statement.r);
    return seen;
  };
  const section = (title, ...children) => el("section", {}, el("h2", {}, title), ...children);
  const folding = (title, open, children) => el("details", { open }, el("summary", {}, title), ...children);
  const types = used("type"), sources = used("source"), methods = used("method"), relations = used("relation");
  const frequency = new Map();
  for (const statement of STATEMENTS) frequency.set(statement.r, (frequency.get(statement.r) || 0) + 1);
  const byUse = [...relations].sort((a, b) => frequency.get(b) - frequency.get(a) || a - b);
  $("filters").append(
    section("Who and what", ...TYPES.map((type, number) => types.has(number) ? legendRow("type", number, shapeIcon(number), TYPE_NAMES[type] || type) : null).filter(Boolean)),
    section("How it is said", ...STANCES.map((stance, number) => legendRow("stance", number, lineIcon(number), stance)),
      el("p", { className: "hint" }, "× on a line: someone denies it. Thicker line: more statements. Double-click a row to show only that.")),
    methods.size > 1 ? section("Found by", legendRow("method", 0, null, "a person (curated)"), legendRow("method", 1, null, "a program (extracted)")) : el("span"),
    folding("Sources", sources.size <= 12, SOURCES.map((source, number) => sources.has(number) ? legendRow("source", number, null, oneLine(source.title), oneLine(source.title)) : null).filter(Boolean)),
    folding("What is claimed", false, byUse.map((number) => legendRow("relation", number, null, RELATIONS[number].label))),
    el("button", { id: "reset", type: "button", on: { click: resetFilters } }, "Reset filters"),
  );
}

function showFilters() {
  for (const [key, { row, box, count }] of rows) {
    const [facet, number] = key.split(" ");
    box.checked = !S.off[facet].has(Number(number));
    count.textContent = COUNTS[facet][number].toLocaleString("en");
    row.classList.toggle("none", COUNTS[facet][number] === 0);
  }
  $("reset").disabled = !isFiltered();
}
