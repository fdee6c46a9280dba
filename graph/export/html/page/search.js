// Search: names first, then aliases, speakers, sources and quotes; accents and case do not matter, words may come in any order.

const texts = new Map();
/** Everything that one might look for in a statement, folded. */
function searchText(statement) {
  let text = texts.get(statement);
  if (text === undefined) {
    const object = statement.o === undefined ? statement.value : NODES[statement.o].name;
    text = fold([NODES[statement.s].name, RELATIONS[statement.r].label, object, statement.quote || "", statement.sm || "", statement.om || "",
      statement.speaker === undefined ? "" : whoName(statement.speaker), SOURCES[statement.source].title, ...statement.qualifiers.map((pair) => pair[1])].join(" "));
    texts.set(statement, text);
  }
  return text;
}

let names = null;
function nameIndex() {
  names ??= NODES.flatMap((node, number) => [[node.name, ""], ...(node.aliases || []).map((alias) => [alias, alias])].map(([name, alias]) => ({ number, alias, text: fold(name) })));
  return names;
}

const hasAll = (text, words) => words.every((word) => text.includes(word));

/** Up to 8 names, 3 speakers, 3 sources and 4 quotes for what was typed. */
function find(typed) {
  const query = fold(typed).trim(), words = query.split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = new Map();
  for (const { number, alias, text } of nameIndex()) {
    if (!hasAll(text, words)) continue;
    const rank = (text.startsWith(query) ? 0 : words.every((word) => text.startsWith(word) || text.includes(" " + word)) ? 1 : 2) + (alias ? 0.5 : 0);
    const weight = NODES[number].lines.length + NODES[number].facts.length;
    const before = found.get(number);
    if (!before || rank < before.rank) found.set(number, { rank, weight, alias, number });
  }
  const best = [...found.values()].sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.number - b.number).slice(0, 8);
  const options = best.map(({ number, alias }) => ({ kind: TYPE_NAMES[TYPES[NODES[number].type]] || TYPES[NODES[number].type], icon: NODES[number].type, text: NODES[number].label,
    note: alias ? oneLine(alias) : "", act: () => selectNode(number, { move: true }) }));
  const speakers = new Map();
  for (const statement of STATEMENTS) if (typeof statement.speaker === "string") speakers.set(statement.speaker, (speakers.get(statement.speaker) || 0) + 1);
  for (const [speaker, count] of [...speakers].filter(([name]) => hasAll(fold(name), words)).slice(0, 3)) {
    options.push({ kind: "speaker", text: oneLine(speaker), note: plural(count, "statement"), act: () => showWords(speaker) });
  }
  SOURCES.map((source, number) => [source, number]).filter(([source]) => hasAll(fold(`${source.title} ${source.publisher || ""} ${source.author || ""}`), words)).slice(0, 3)
    .forEach(([source, number]) => options.push({ kind: "source", text: oneLine(source.title), note: source.publisher ? oneLine(source.publisher) : "", act: () => only("source", number) }));
  let statements = 0;
  const quotes = [];
  for (const statement of STATEMENTS) {
    if (!hasAll(searchText(statement), words)) continue;
    statements += 1;
    if (quotes.length < 4 && statement.quote && hasAll(fold(statement.quote), words) && !quotes.some((other) => other.quote === statement.quote)) quotes.push(statement);
  }
  for (const statement of quotes) {
    options.push({ kind: "words", text: `“${shorten(oneLine(statement.quote), 90)}”`, note: SOURCES[statement.source].title,
      act: () => { selectClaim(statement.claim, { move: true }); showCard(statement.n); } });
  }
  if (statements) options.push({ kind: "all", text: `Show ${plural(statements, "statement")} with “${typed.trim()}” in the table`, note: "", act: () => showWords(typed.trim()) });
  return options;
}

function showWords(words) { change({ words, view: "table" }); }

function showCard(row) {
  const element = $("panel").querySelector(`[data-row="${row}"]`);
  if (!element) return;
  element.scrollIntoView({ block: "nearest" });
  element.classList.add("now");
}

let options = [], current = -1;
function suggest() {
  const box = $("search"), listbox = $("suggestions");
  options = find(box.value);
  current = -1;
  const items = options.map((option, index) => el("li", { role: "option", id: `option-${index}`, "aria-selected": "false",
    on: { mousedown: (event) => { event.preventDefault(); take(index); } } },
  el("span", { className: "kind" }, option.icon !== undefined ? shapeIcon(option.icon) : null, option.kind), el("span", { dir: "auto", className: "what" }, option.text), option.note ? el("span", { className: "soft", dir: "auto" }, oneLine(option.note)) : null));
  if (!items.length && box.value.trim()) items.push(el("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", className: "soft" }, "Nothing found."));
  listbox.replaceChildren(...items);
  listbox.hidden = !items.length;
  box.setAttribute("aria-expanded", String(!listbox.hidden));
  box.removeAttribute("aria-activedescendant");
  if (box.value.trim()) say(options.length ? plural(options.length, "suggestion") : "Nothing found");
}

function point(index) {
  current = (index + options.length) % options.length;
  [...$("suggestions").children].forEach((item, number) => {
    item.setAttribute("aria-selected", String(number === current));
    if (number === current) item.scrollIntoView({ block: "nearest" });
  });
  $("search").setAttribute("aria-activedescendant", `option-${current}`);
}

function take(index) {
  const option = options[index];
  closeSuggestions();
  option?.act();
}

function closeSuggestions() {
  $("suggestions").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}

function startSearch() {
  const box = $("search");
  box.addEventListener("input", suggest);
  box.addEventListener("focus", () => { if (box.value) suggest(); });
  box.addEventListener("blur", closeSuggestions);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && options.length) { point(current + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp" && options.length) { point(current - 1); event.preventDefault(); }
    else if (event.key === "Enter") { if (options.length) take(Math.max(0, current)); event.preventDefault(); }
    else if (event.key === "Escape") { if (box.value) { box.value = ""; suggest(); } else box.blur(); event.stopPropagation(); }
  });
}
