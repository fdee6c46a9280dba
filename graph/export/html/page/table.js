// The same statements as a table: sortable, and beyond 2,000 rows only those on the screen are in the page.

const VIRTUAL = 2000, ROW = 58;
const COLUMNS = [
  { key: "s", title: "Subject", text: (statement) => NODES[statement.s].label, cell: (statement) => nameLink(statement.s) },
  { key: "r", title: "Relation", text: (statement) => RELATIONS[statement.r].label,
    cell: (statement) => inner(`c=${CLAIM_KEYS.get(statement.claim)}`, RELATIONS[statement.r].label, () => { selectClaim(statement.claim); showCard(statement.n); }) },
  { key: "o", title: "Object", text: (statement) => (statement.o === undefined ? oneLine(statement.value) : NODES[statement.o].label), cell: (statement) => (statement.o === undefined ? el("bdi", {}, statement.value) : nameLink(statement.o)) },
  { key: "stance", title: "Stance", text: (statement) => String(statement.stance), cell: (statement) => el("span", {}, chip(statement.stance), " ", el("span", { className: "method" }, statement.extracted ? "extracted" : "curated"), statement.doubts.length ? el("span", { className: "doubt" }, " doubtful") : null) },
  { key: "time", title: "When", text: (statement) => (statement.months ? String((statement.months[0] ?? statement.months[1]) + 1e6) + statement.time : "~"), cell: (statement) => statement.time || "" },
  { key: "speaker", title: "Speaker", text: (statement) => (statement.speaker === undefined ? "\uffff" : whoName(statement.speaker)), cell: (statement) => (statement.speaker === undefined ? el("span", { className: "soft" }, "source's own voice") : el("bdi", {}, whoName(statement.speaker))) },
  { key: "quote", title: "Words", text: (statement) => statement.quote || "\uffff", cell: (statement) => (statement.quote ? el("q", { dir: "auto", lang: languageOf(statement), className: "words" }, statement.quote) : "") },
  { key: "source", title: "Source", text: (statement) => SOURCES[statement.source].title + " " + (statement.locator || ""), cell: (statement) => el("span", {}, el("bdi", {}, oneLine(SOURCES[statement.source].title) + (statement.locator ? `, ${statement.locator}` : "")), el("span", { className: "on-paper" }, paperSource(statement))) },
].filter(({ key }) => key !== "quote" || STATEMENTS.some((statement) => statement.quote));
/** What a printed row says beside the title, so that a reader on paper finds the source and the statement again. */
function paperSource(statement) {
  const { title, author, publisher, published, url } = SOURCES[statement.source];
  return [author, publisher === title ? "" : publisher, published, url].filter(Boolean).map((part) => `, ${oneLine(part)}`).join("") + ` [${statement.id}]`;
}

const MOST_ON_PAPER = 10000;
const sorting = { column: null, down: false };
let listed = [], body = null, drawnFrom = -1, drawnTo = -1;

function sortedRows() {
  const found = STATEMENTS.filter((_, row) => SHOWN.statements[row]);
  if (sorting.column === null) return found;
  const { text } = COLUMNS[sorting.column], keys = new Map(found.map((statement) => [statement, fold(text(statement))]));
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  return found.sort((a, b) => (sorting.down ? -1 : 1) * compare(keys.get(a), keys.get(b)) || a.n - b.n);
}

function tableRow(statement, index) {
  return el("tr", { "data-row": statement.n, "aria-rowindex": index + 2, className: statement.claim === S.claim ? "now" : "" }, ...COLUMNS.map(({ key, cell }) => el(key === "s" ? "th" : "td", key === "s" ? { scope: "row" } : {}, cell(statement))));
}

function showTable() {
  const holder = $("table");
  holder.hidden = S.view !== "table";
  if (holder.hidden) return;
  listed = sortedRows();
  const virtual = listed.length > VIRTUAL && !printing;
  const head = el("tr", { "aria-rowindex": 1 }, ...COLUMNS.map(({ key, title }, column) => el("th", { scope: "col", className: `col-${key}`, "aria-sort": sorting.column === column ? (sorting.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", on: { click: () => sortBy(column) } }, title, el("span", { "aria-hidden": "true" }, sorting.column === column ? (sorting.down ? " ▾" : " ▴") : "")))));
  body = el("tbody");
  const cut = printing && listed.length > MOST_ON_PAPER ? ` The first ${MOST_ON_PAPER.toLocaleString("en")}; filter to print others.` : "";
  const title = `${plural(listed.length, "statement")}${S.words ? ` with “${S.words}”` : ""}.${cut} A line is a claim someone made, not a finding.`;
  const words = el("p", { className: "found", "aria-hidden": S.words ? null : "true" }, title + " ", S.words ? el("button", { type: "button", on: { click: () => change({ words: "" }) } }, "Show all") : null);
  const table = el("table", { className: virtual ? "virtual" : "", "aria-rowcount": listed.length + 1 },
    el("caption", { className: "unseen" }, title), el("thead", {}, head), body);
  holder.replaceChildren(words, table);
  drawnFrom = drawnTo = -1;
  if (virtual) drawRows(); else body.append(...listed.slice(0, MOST_ON_PAPER).map(tableRow));
}

/** Of a long table, the rows on the screen and some around them, between two empty rows that are as high as the rest. */
function drawRows() {
  if (listed.length <= VIRTUAL || printing || !body || $("table").hidden) return;
  const holder = $("table"), first = Math.max(0, Math.floor(holder.scrollTop / ROW) - 15), last = Math.min(listed.length, first + Math.ceil((holder.clientHeight || 800) / ROW) + 30);
  if (drawnFrom >= 0 && Math.abs(first - drawnFrom) < 8 && last <= drawnTo + 8 && drawnTo >= Math.min(listed.length, first + 22)) return;
  const space = (rows) => { const cell = el("td", { colSpan: COLUMNS.length }); cell.style.height = `${rows * ROW}px`; return el("tr", { "aria-hidden": "true", className: "space" }, cell); };
  body.replaceChildren(space(first), ...listed.slice(first, last).map((statement, index) => tableRow(statement, first + index)), space(listed.length - last));
  drawnFrom = first; drawnTo = last;
}

function sortBy(column) {
  if (sorting.column !== column) { sorting.column = column; sorting.down = false; }
  else if (!sorting.down) sorting.down = true;
  else { sorting.column = null; sorting.down = false; }
  showTable();
  $("table").querySelectorAll("thead button")[column].focus();
  say(sorting.column === null ? "In the order of the sources" : `Sorted by ${COLUMNS[column].title}, ${sorting.down ? "descending" : "ascending"}`);
}
