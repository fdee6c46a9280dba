// The panel: the case at rest, a name with its statements, a line with every statement behind it, a step of the story.

const SAID = ["— asserted", "- - alleged", "··· denied"];

function chip(stance) {
  return el("span", { className: `chip ${STANCES[stance]}` }, SAID[stance]);
}

/** A link of the page to itself: a click selects without leaving. */
function inner(key, text, act) {
  return el("a", { href: "#" + key, className: "name", dir: "auto", on: { click: (event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); act(); } } }, text);
}

function nameLink(number) {
  return inner(`n=${NODES[number].key}`, NODES[number].label, () => selectNode(number, { move: true }));
}

function who(value) {
  return typeof value === "number" ? nameLink(value) : el("bdi", {}, oneLine(value));
}

function joined(items, between = ", ") {
  return items.flatMap((item, index) => (index ? [between, item] : [item]));
}

/** Subject, relation and object as a sentence of links. */
function sentence(statement) {
  const object = statement.o === undefined ? el("bdi", { className: "value" }, statement.value) : nameLink(statement.o);
  return el("p", { className: "sentence" }, nameLink(statement.s), " ", el("span", { className: "relation" }, RELATIONS[statement.r].label), " ", object);
}

const languageOf = (statement) => SOURCES[statement.source].language || D.language || "";

const CONTEXT = 200;   // as many characters of the paragraph are given before and after the words, as graph/model.py has it
/** Context that was cut in the middle of a word ends at a word, with an ellipsis. */
function trimmed(text, before) {
  if (!text || Array.from(text).length < CONTEXT) return text || "";
  return before ? "…" + text.replace(/^\S*\s/, "") : text.replace(/\s\S*$/, "") + "…";
}

function quoteOf(statement) {
  if (!statement.quote) return null;
  const quote = el("blockquote", { dir: "auto", lang: languageOf(statement) });
  const [before, after] = [trimmed(statement.prefix, true), trimmed(statement.suffix, false)];
  if (before) quote.append(el("span", { className: "around" }, before));
  quote.append(el("q", {}, statement.quote));
  if (after) quote.append(el("span", { className: "around" }, after));
  return quote;
}

function sourceLine(statement) {
  const source = SOURCES[statement.source];
  const line = el("p", { className: "source" }, el("cite", { dir: "auto" }, oneLine(source.title)));
  for (const part of [source.author, source.publisher !== source.title ? source.publisher : "", source.published, statement.locator]) if (part) line.append(", ", el("bdi", {}, oneLine(part)));
  if (source.retells) line.append("; retells ", ...joined(source.retells.map((number) => el("cite", { dir: "auto" }, oneLine(SOURCES[number].title)))));
  const address = source.url ? webAddress(source.url) : null;
  if (address) line.append(el("br"), el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, shorten(source.url, 80)));
  else if (source.url) line.append(el("br"), el("bdi", { className: "plain-address" }, shorten(oneLine(source.url), 120)));
  return line;
}

/** The statement with everything that one needs to find it again, as text. */
function citation(statement) {
  const source = SOURCES[statement.source];
  const object = statement.o === undefined ? statement.value : NODES[statement.o].label;
  const quote = statement.quote ? ` “${statement.quote}”` : "";
  const parts = [source.author, source.title, source.publisher, source.published, statement.locator, source.url].filter(Boolean);
  const speaker = statement.speaker === undefined ? "" : `; said by ${whoName(statement.speaker)}` + statement.via.map((via) => `, via ${whoName(via)}`).join("");
  return `${NODES[statement.s].label} ${RELATIONS[statement.r].label} ${object} (${STANCES[statement.stance]}${statement.doubts.length ? ", doubtful" : ""}${speaker}${statement.time ? `; ${statement.time}` : ""}).${quote} ${[...new Set(parts)].join(", ")}. [${statement.id}]`;
}

async function copy(text, button, done = "Copied") {
  const before = button.textContent;
  let worked = true;
  try { await navigator.clipboard.writeText(text); } catch {
    const area = el("textarea", { value: text, className: "unseen", "aria-label": "To copy" });
    document.body.append(area);
    area.select();
    try { worked = document.execCommand("copy"); } catch { worked = false; }
    area.remove();
    button.focus();
  }
  button.textContent = worked ? done : "Not copied: the browser forbids it";
  say(button.textContent);
  setTimeout(() => { button.textContent = before; }, 1600);
}

// Which of two readers found a statement, where a model read as well; graph/extraction/llm names them.
const readers = (extractor) => (extractor.includes("+llm/") ? " by the rules and the model alike" : extractor.startsWith("llm/") ? " by the model" : "");

function card(row, { heading = true } = {}) {
  const statement = STATEMENTS[row];
  const facts = [];
  const speaker = el("p", { className: "speaker" });
  if (statement.speaker !== undefined) {
    speaker.append("said by ", who(statement.speaker));
    if (statement.via.length) speaker.append(", via ", ...joined(statement.via.map(who)));
  } else speaker.append("in the source's own voice");
  if (statement.time) facts.push(["when", el("bdi", {}, statement.time)]);
  if (statement.place !== undefined) facts.push(["where", who(statement.place)]);
  for (const [key, value] of statement.qualifiers) facts.push([key, el("bdi", {}, oneLine(value))]);
  if (statement.sm) facts.push([NODES[statement.s].label, el("span", { dir: "auto" }, `named there as “${oneLine(statement.sm)}”`)]);
  if (statement.om && statement.o !== undefined) facts.push([NODES[statement.o].label, el("span", { dir: "auto" }, `named there as “${oneLine(statement.om)}”`)]);
  const article = el("article", { className: `card ${STANCES[statement.stance]}`, tabIndex: -1, "data-row": row },
    el("p", { className: "top" }, chip(statement.stance), " ", el("span", { className: `method ${statement.extracted ? "extracted" : "curated"}`,
      title: statement.extracted ? `Found by a program: ${statement.extracted}` : "Entered by a person" }, statement.extracted ? "extracted" + readers(statement.extracted) + (statement.confidence === undefined ? "" : `, confidence ${statement.confidence.toFixed(2)}`) : "curated"),
    statement.accepted ? el("span", { className: "method accepted" }, "checked") : null),
    heading ? sentence(statement) : null,
    quoteOf(statement) || el("p", { className: "soft" }, "No words given."),
    speaker,
    facts.length ? el("dl", {}, ...facts.flatMap(([key, value]) => [el("dt", { dir: "auto" }, key), el("dd", {}, value)])) : null,
    sourceLine(statement),
    statement.note ? el("p", { className: "soft", dir: "auto" }, "Note: " + statement.note) : null,
    statement.doubts.length ? el("p", { className: "doubt", dir: "auto" }, "To check: " + statement.doubts.map(oneLine).join("; ")) : null,
    el("button", { type: "button", className: "plain", on: { click: (event) => copy(citation(statement), event.currentTarget) } }, "Copy citation"));
  return article;
}

const shownRows = (rows) => rows.filter((row) => SHOWN.statements[row]);

function countLine(rows) {
  const sources = new Set(rows.map((row) => STATEMENTS[row].source)).size;
  const denials = rows.filter((row) => STATEMENTS[row].stance === DENIED).length;
  return `${plural(rows.length, "statement")} · ${plural(sources, "source")} · ${plural(denials, "denial")}`;
}

/** Statements in the order in which they are shown: where one side denies, one of each side first. */
function bothSides(rows) {
  const says = rows.filter((row) => STATEMENTS[row].stance !== DENIED), denies = rows.filter((row) => STATEMENTS[row].stance === DENIED);
  return says.length && denies.length ? [says[0], denies[0], ...says.slice(1), ...denies.slice(1)] : rows;
}

function claimPanel(number) {
  const claim = CLAIMS[number], rows = shownRows(claim.statements), hidden = claim.statements.length - rows.length;
  const object = claim.o === undefined ? el("bdi", {}, claim.value) : nameLink(claim.o);
  const denies = rows.filter((row) => STATEMENTS[row].stance === DENIED).length;
  const contested = denies > 0 && denies < rows.length;
  const parts = [el("p", { className: "kind" }, "claim"), el("h2", { tabIndex: -1 }, nameLink(claim.s), ` — ${claim.label} → `, object),
    el("p", { className: "soft" }, countLine(rows) + (claim.speakers > 1 ? ` · ${claim.speakers} independent speakers` : ""))];
  if (contested) parts.push(el("p", { className: "contested" }, `× Contested: ${rows.length - denies} ${rows.length - denies === 1 ? "says" : "say"} so, ${denies} ${denies === 1 ? "denies" : "deny"} it. One of each side comes first.`));
  parts.push(clearButtons(null));
  const limit = limited(bothSides(rows));
  parts.push(...limit.map((row) => card(row, { heading: false })), more(rows.length - limit.length));
  if (hidden) parts.push(el("p", { className: "soft" }, `${plural(hidden, "statement")} of this claim ${hidden === 1 ? "is" : "are"} hidden by the filters.`));
  return parts;
}

const MOST_CARDS = 60;
const limited = (rows) => rows.slice(0, MOST_CARDS);
const more = (count) => (count > 0 ? el("p", { className: "soft" }, `${count.toLocaleString("en")} more are in the table.`) : null);

function clearButtons(node) {
  return el("p", { className: "buttons" },
    node === null ? null : el("button", { type: "button", on: { click: () => setFocus(S.focus ? 0 : 1) } }, S.focus ? "Show all" : "Focus (F)"),
    el("button", { type: "button", on: { click: clearSelection } }, "Clear"));
}

function countryName(code) {
  try { return /^[a-z]{2}$/i.test(code) ? new Intl.DisplayNames(["en"], { type: "region" }).of(code.toUpperCase()) : oneLine(code); } catch { return oneLine(code); }
}

function nodePanel(number) {
  const node = NODES[number];
  const type = TYPES[node.type];
  const head = [el("p", { className: "kind" }, shapeIcon(node.type), TYPE_NAMES[type] || type, node.curated ? " · from the case's table" : ""), el("h2", { dir: "auto", tabIndex: -1 }, node.label)];
  if (node.aliases) head.push(el("p", { className: "soft" }, "also ", ...joined(node.aliases.map((alias) => el("bdi", {}, oneLine(alias))))));
  if (node.description) head.push(el("p", { dir: "auto" }, node.description));
  const identifiers = [];
  if (node.country) identifiers.push(countryName(node.country));
  if (node.wikidata) identifiers.push(el("a", { href: `https://www.wikidata.org/wiki/${node.wikidata}`, rel: "noopener noreferrer", target: "_blank" }, `wikidata.org/wiki/${node.wikidata}`));
  if (node.at) identifiers.push(`${node.at[0]}, ${node.at[1]}`);
  if (identifiers.length) head.push(el("p", { className: "soft" }, ...joined(identifiers, " · ")));
  const groups = new Map();
  const add = (key, rows) => { if (rows.length) groups.set(key, [...(groups.get(key) || []), ...rows]); };
  for (const claim of [...node.facts, ...node.lines]) {
    const { s, r, statements } = CLAIMS[claim];
    add(s === number ? RELATIONS[r].label : RELATIONS[r].inverse, shownRows(statements));
  }
  const rows = [...groups.values()].flat();
  head.push(el("p", { className: "soft" }, countLine(rows)), clearButtons(node.lines.length ? number : null));
  const body = [];
  let left = MOST_CARDS;
  for (const [title, statements] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    const some = bothSides(statements).slice(0, Math.max(0, left));
    left -= some.length;
    body.push(el("h3", {}, `${title} (${statements.length})`), ...some.map((row) => card(row)));
    if (some.length < statements.length) body.push(more(statements.length - some.length));
  }
  const speaks = shownRows(node.speaks), hosts = shownRows(node.hosts);
  for (const [title, list] of [["Says or relays", speaks], ["What happened there", hosts]]) {
    if (!list.length) continue;
    body.push(el("details", {}, el("summary", {}, `${title} (${list.length})`), ...list.slice(0, 30).map((row) => card(row)), more(list.length - 30)));
  }
  const hidden = [...node.facts, ...node.lines].reduce((sum, claim) => sum + CLAIMS[claim].statements.length, 0) - rows.length;
  if (hidden > 0) body.push(el("p", { className: "soft" }, `${plural(hidden, "statement")} ${hidden === 1 ? "is" : "are"} hidden by the filters.`));
  return [...head, ...body];
}

function list(title, items, note) {
  return items.length ? [el("h3", {}, title), note ? el("p", { className: "soft" }, note) : null, el("ol", {}, ...items.map((item) => el("li", {}, ...item)))] : [];
}

function claimLink(number) {
  const claim = CLAIMS[number];
  return inner(`c=${CLAIM_KEYS.get(number)}`, `${NODES[claim.s].label} ${claim.label} ${claim.o === undefined ? oneLine(claim.value) : NODES[claim.o].label}`, () => selectClaim(number, { move: true }));
}

function summaryPanel() {
  const rows = STATEMENTS.filter((_, row) => SHOWN.statements[row]);
  const stances = [0, 0, 0], sources = new Set();
  let first = Infinity, last = -Infinity, doubtful = 0;
  for (const statement of rows) {
    stances[statement.stance] += 1;
    sources.add(statement.source);
    doubtful += statement.doubts.length ? 1 : 0;
    for (const month of statement.months || []) if (month !== null) { first = Math.min(first, month); last = Math.max(last, month); }
  }
  const entities = NODES.filter((node, number) => SHOWN.nodes[number] && TYPES[node.type] !== "unidentified").length;
  const claims = CLAIMS.filter((claim) => SHOWN.claims[claim.n]);
  const degree = new Map();
  for (const claim of claims) if (claim.o !== undefined) for (const end of new Set([claim.s, claim.o])) degree.set(end, (degree.get(end) || 0) + 1);
  const connected = [...degree].filter(([number]) => TYPES[NODES[number].type] !== "unidentified").sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8);
  const bySize = (a, b) => SHOWN.claims[b.n] - SHOWN.claims[a.n] || a.n - b.n;
  const contested = claims.filter((claim) => SHOWN.stances[claim.n][DENIED] && SHOWN.claims[claim.n] > SHOWN.stances[claim.n][DENIED]).sort(bySize);
  const denied = claims.filter((claim) => SHOWN.stances[claim.n][DENIED] === SHOWN.claims[claim.n]).sort(bySize);
  const counted = new Map();   // what several sources tell of someone they do not name is several lines, and one claim
  for (const claim of claims) {
    const key = TYPES[NODES[claim.s].type] === "unidentified" ? JSON.stringify([claim.label, claim.o, claim.value]) : claim.n;
    counted.set(key, [...(counted.get(key) || []), ...claim.statements.filter((row) => SHOWN.statements[row])]);
  }
  const alone = [...counted.values()].filter((rows) => new Set(rows.flatMap((row) => SOURCES[STATEMENTS[row].source].retells || [STATEMENTS[row].source])).size === 1);
  return [
    el("h2", { tabIndex: -1 }, "Overview"),
    el("p", {}, `${plural(entities, "entity", "entities")} and ${plural(rows.length, "statement")} from ${plural(sources.size, "source")} ${isFiltered() ? "match the filters" : "are shown"}.`),
    el("p", { className: "soft" }, STANCES.map((stance, number) => `${stances[number].toLocaleString("en")} ${stance}`).join(" · ")),
    el("p", { className: "motto" }, "A line is a claim someone made, not a finding."),
    STORY.length ? el("p", {}, el("button", { type: "button", on: { click: () => openStory(0) } }, `Read the story in ${plural(STORY.length, "step")}`)) : null,
    ...list("Most connected", connected.map(([number, count]) => [nameLink(number), " ", el("span", { className: "soft" }, count)])),
    ...list("Contested", contested.slice(0, 6).map((claim) => [claimLink(claim.n)]), contested.length > 6 ? `${contested.length} claims; the first 6:` : "Somebody says so, somebody denies it."),
    ...list("Denied only", denied.slice(0, 4).map((claim) => [claimLink(claim.n)]), denied.length > 4 ? `${denied.length} claims of which only the denial is recorded; the first 4:` : "Only the denial is recorded."),
    claims.length ? el("h3", {}, "How well it is sourced") : null,
    claims.length ? el("p", {}, `${alone.length.toLocaleString("en")} of ${plural(counted.size, "claim")} ${alone.length === 1 ? "rests" : "rest"} on one source${SOURCES.some((source) => source.retells) ? "; what retells a source is no other one" : ""}.`) : null,
    doubtful ? el("p", {}, `${plural(doubtful, "statement")} ${doubtful === 1 ? "is" : "are"} marked to be checked.`) : null,
    first <= last ? el("p", {}, `What is dated lies between ${monthText(first)} and ${monthText(last)}.`) : null,
    el("p", { className: "soft" }, "Click a name or a line to read the words behind it; double-click a name to see only what is around it."),
    el("details", {}, el("summary", {}, "Keys"), el("dl", {}, ...[["/", "search"], ["arrows", "in the picture: to the neighbour in that direction"], ["Enter", "to its details"], ["[ and ]", "through the statements"],
      ["F", "only what is around it"], ["Esc", "one step back"], ["0, +, −", "everything, closer, farther"]].flatMap(([key, what]) => [el("dt", {}, key), el("dd", {}, what)]))),
  ];
}

function showPanel() {
  const panel = $("panel");
  const content = S.view === "map" && S.group !== null && S.node === null && S.claim === null ? groupPanel(S.group)
    : S.story !== null && S.node === null && S.claim === null ? storyPanel() : S.claim !== null ? claimPanel(S.claim) : S.node !== null ? nodePanel(S.node) : summaryPanel();
  panel.replaceChildren(...content.filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("open", S.node !== null || S.claim !== null || S.story !== null);
}

let lastSaid = "";
function say(text) {
  $("live").textContent = text === lastSaid ? text + "\u00a0" : text;
  lastSaid = $("live").textContent;
}

function selectNode(number, { move = false } = {}) {
  const node = NODES[number];
  const drawn = HOME.has(number) || (LARGE && node.group !== undefined);
  const changes = { node: number, claim: null, focus: drawn ? S.focus : 0 };
  if (S.view === "map") Object.assign(changes, { view: "graph", group: LARGE ? node.group ?? null : null });
  else if (S.group !== null && node.group !== S.group) changes.group = LARGE ? node.group ?? S.group : null;
  change(changes);
  if (move) reveal([number]);
  const type = TYPES[node.type];
  say(`${node.label}, ${TYPE_NAMES[type] || type}, ${plural(shownRows([...node.facts, ...node.lines].flatMap((claim) => CLAIMS[claim].statements)).length, "statement")}`);
}

function selectClaim(number, { move = false } = {}) {
  const claim = CLAIMS[number];
  if (claim.o === undefined) { selectNode(claim.s, { move }); return; }
  const inside = S.group === null || NODES[claim.s].group === S.group || NODES[claim.o].group === S.group;
  change({ claim: number, node: null, focus: 0, ...(S.view === "map" ? { view: "graph", group: LARGE ? NODES[claim.s].group : null } : inside ? {} : { group: LARGE ? NODES[claim.s].group : null }) });
  if (move) reveal([claim.s, claim.o]);
  say(`Claim: ${NODES[claim.s].label} ${claim.label} ${NODES[claim.o].label}, ${countLine(shownRows(claim.statements))}`);
}

function clearSelection() {
  change({ node: null, claim: null, focus: 0, story: S.node !== null || S.claim !== null ? S.story : null });
}
