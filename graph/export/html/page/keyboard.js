// Keys: arrows go to the neighbour in that direction, Enter to its details, [ and ] through the statements, F focuses, Esc clears.

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The shown node that lies best in this direction: a neighbour by a line if there is one, else the nearest. */
function nextNode([dx, dy]) {
  const visible = visibleNodes();
  if (S.node === null || !network.body.nodes[S.node]) return visible.sort((a, b) => NODES[b].lines.length - NODES[a].lines.length || a - b)[0] ?? null;
  const here = network.body.nodes[S.node], linked = new Set(NODES[S.node].lines.filter((number) => SHOWN.claims[number]).map((number) => otherEnd(CLAIMS[number], S.node)));
  const best = (numbers) => {
    let found = null, least = Infinity;
    for (const number of numbers) {
      const node = network.body.nodes[number], x = node.x - here.x, y = node.y - here.y, along = x * dx + y * dy;
      const across = Math.abs(x * dy - y * dx);
      if (number === S.node || along <= 0 || across > along * 1.8) continue;
      if (along + across * 1.5 < least) { least = along + across * 1.5; found = number; }
    }
    return found;
  };
  return best(visible.filter((number) => linked.has(number))) ?? best(visible);
}

function stepCard(by) {
  const cards = [...$("panel").querySelectorAll(".card")];
  if (!cards.length) return;
  const now = cards.findIndex((element) => element.classList.contains("now"));
  const next = cards[Math.max(0, Math.min(cards.length - 1, now < 0 ? (by > 0 ? 0 : cards.length - 1) : now + by))];
  cards.forEach((element) => element.classList.toggle("now", element === next));
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function zoom(factor) {
  network.moveTo({ scale: Math.max(0.02, Math.min(8, network.getScale() * factor)) });
}

function fitAll() { S.view === "map" ? fitMap() : fit(); }

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape" && !typing) {
    if (document.body.classList.contains("filtering")) setFilters(false);
    else if (S.focus) setFocus(0);
    else if (S.node !== null || S.claim !== null || S.story !== null) clearSelection();
    else if (S.group !== null) change(S.view === "map" ? { group: null } : { view: GROUPS.length ? "map" : "graph" });
    return;
  }
  if (typing) return;
  const onGraph = event.target === $("graph");
  if (event.key === "/") { $("search").focus(); event.preventDefault(); }
  else if (event.key === "[") stepCard(-1);
  else if (event.key === "]") stepCard(1);
  else if ((event.key === "f" || event.key === "F") && S.node !== null) setFocus(S.focus ? 0 : 1);
  else if (event.key === "0") fitAll();
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (onGraph && S.view === "map" && DIRECTIONS[event.key]) { stepGroup(DIRECTIONS[event.key]); event.preventDefault(); }
  else if (onGraph && DIRECTIONS[event.key]) {
    const next = nextNode(DIRECTIONS[event.key]);
    if (next !== null) selectNode(next, { move: true });
    event.preventDefault();
  } else if (onGraph && event.key === "Enter") {
    if (S.view === "map" && S.group !== null) enterGroup(S.group);
    else $("panel").querySelector("h2")?.focus();
    event.preventDefault();
  }
}

function stepGroup([dx, dy]) {
  const here = S.group === null ? null : GROUPS[S.group];
  let found = here ? null : 0, least = Infinity;
  if (here) {
    GROUPS.forEach(({ x, y }, group) => {
      const along = (x - here.x) * dx + (y - here.y) * dy, across = Math.abs((x - here.x) * dy - (y - here.y) * dx);
      if (group !== S.group && along > 0 && across <= along * 1.8 && along + across < least && shownIn(group)) { least = along + across; found = group; }
    });
  }
  if (found !== null) { change({ group: found }); say(`${groupName(found)}, ${plural(MEMBERS[found].length, "name")}`); }
}

function setFilters(open) {
  document.body.classList.toggle("filtering", open);
  $("open-filters").setAttribute("aria-expanded", String(open));
}

function startKeyboard() {
  document.addEventListener("keydown", onKey);
  $("fit").addEventListener("click", fitAll);
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("open-filters").addEventListener("click", () => setFilters(!document.body.classList.contains("filtering")));
  $("skip").addEventListener("click", (event) => { event.preventDefault(); $("panel").focus(); });
}
