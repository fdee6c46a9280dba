// Start: read the address, build what is there once, then show; every later change shows only what it touches.

let printing = null;   // the view to come back to
let lookedAt = null;   // what the picture was last fitted to

function showButtons() {
  for (const view of ["graph", "map", "table"]) $(`to-${view}`).setAttribute("aria-pressed", String(S.view === view));
  $("to-story").setAttribute("aria-pressed", String(S.story !== null));
  $("graph").hidden = S.view === "table";
  $("table").hidden = S.view !== "table";
  $("zoom").hidden = S.view === "table";
  document.body.dataset.view = S.view;
}

/** A graph of more than 5,000 names has no picture of everything: without a group or a focus there is the map. */
function settle() {
  if (!GROUPS.length && S.view === "map") S.view = "graph";
  if (!LARGE || S.view !== "graph") return;
  const selected = S.node ?? (S.claim !== null ? CLAIMS[S.claim].s : null);
  if (selected !== null && NODES[selected].group !== undefined) S.group = NODES[selected].group;
  if (S.group === null) S.view = "map";
}

function show(keys) {
  const has = (...some) => some.some((key) => keys.has(key));
  settle();
  const filtered = has("off", "from", "to", "undated", "words", "start");
  themed = themeName();
  document.documentElement.dataset.theme = themed;
  if (filtered) {
    applyFilters();
    if (GROUPS.length) countGroups();
    showFilters();
  }
  if (S.focus && (S.node === null || !SHOWN.nodes[S.node])) S.focus = 0;
  if (filtered || has("theme")) showTime();
  showButtons();
  showBar();
  if (has("start")) showPanel();   // the picture must know how much room is left
  if (S.view !== "table") {
    if (!network) startCanvas();
    const moved = loadPicture();
    if (S.focus || has("focus", "start") || moved) placeFocus();
    paint();
    const looked = S.view === "map" ? "map" : `${S.group} ${S.focus ? `${S.focus} ${S.node}` : ""}`;
    if (looked !== lookedAt || has("start")) fitAll();
    lookedAt = looked;
    if (moved || has("focus", "start") || (S.focus && has("node"))) redrawMoved();
  }
  if (has("view", "start") || filtered || (S.view === "table" && has("claim"))) showTable();
  showPanel();
}

function start() {
  $("title").textContent = oneLine(D.title);
  $("title").title = oneLine(D.title);
  readHash();
  if (LARGE && S.view === "graph" && S.node === null && S.claim === null && S.group === null) S.view = "map";
  buildFilters();
  buildTime();
  startSearch();
  startDownloads();
  startKeyboard();
  $("to-graph").addEventListener("click", () => change({ view: "graph", ...(LARGE || S.view === "table" ? {} : { group: null }) }));
  $("to-map").addEventListener("click", () => change({ view: "map", node: null, claim: null, focus: 0 }));
  $("to-table").addEventListener("click", () => change({ view: "table" }));
  $("to-story").addEventListener("click", () => (S.story === null ? openStory(0) : clearSelection()));
  $("to-map").hidden = !GROUPS.length;
  $("to-story").hidden = !STORY.length;
  $("theme").addEventListener("click", () => change({ theme: themeName() === "dark" ? "light" : "dark" }));
  $("table").addEventListener("scroll", drawRows, { passive: true });
  systemDark.addEventListener("change", () => show(new Set(["theme"])));
  window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== hashOf()) { readHash(); show(new Set(["start"])); } });
  let width = innerWidth;
  let timeWide = 0;
  new ResizeObserver(([{ contentRect }]) => { if (Math.abs(contentRect.width - timeWide) > 1) { timeWide = contentRect.width; showTime(); } }).observe($("time"));
  window.addEventListener("resize", () => { if (Math.abs(innerWidth - width) > 60 && network) { width = innerWidth; fitAll(); } });
  window.addEventListener("beforeprint", () => { printing = S.view; S.view === "table" ? showTable() : change({ view: "table" }); });
  window.addEventListener("afterprint", () => { const view = printing; printing = null; view === "table" ? showTable() : change({ view }); });
  show(new Set(["start", "view"]));
  if (S.story !== null) showStoryNodes();
  if (network) network.redraw();
  ready = true;
  onChange(show);
}


// What tests and the console may look at.
window.casegraph = { state: S, shown: SHOWN, counts: COUNTS, names: PLACED, data: D, get network() { return network; }, select: selectNode, selectClaim, change, svgText, csvText, middle };

start();
