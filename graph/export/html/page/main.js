// Start: read the address, build what is there once, then show; every later change shows only what it touches.

const LARGE = D.network.nodes.length > 5000;

function show(keys) {
  const filtered = ["off", "from", "to", "undated", "words"].some((key) => keys.has(key));
  if (filtered || keys.has("start")) { applyFilters(); showFilters(); }
  if (keys.has("start")) startCanvas();
  document.documentElement.dataset.theme = themeName();
  paint();
  showPanel();
}

function start() {
  $("title").textContent = oneLine(D.title);
  readHash();
  buildFilters();
  startSearch();
  show(new Set(["start"]));
  fit();
  ready = true;
  onChange(show);
}

function openNode(number) { selectNode(number); }
function setFocus() {}
function openStory() {}
function storyPanel() { return []; }
function drawMap() {}
function around() { return null; }

start();
