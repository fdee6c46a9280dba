// The picture: vis-network draws nodes and lines where the layout put them. Looks are changed on vis's own objects and the
// picture drawn once: going through its data sets costs 40 times as much at 5,000 nodes. (vis is pinned, so its inside is known.)

const THEMES = {
  light: { person: "#0072B2", official: "#AA4499", organization: "#D55E00", place: "#117733", group: "#5D3FD3", work: "#7A5230", unidentified: "#6B7280",
    ground: "#fbfbfa", text: "#1b2430", soft: "#56606d", halo: "#fbfbfa", stance: ["#8b95a3", "#8a6a00", "#b3261e"], denied: "#b3261e", mark: "#14213d" },
  dark: { person: "#56B4E9", official: "#DDA0DD", organization: "#F2994A", place: "#5CC98B", group: "#B4A0FF", work: "#CDA77D", unidentified: "#9AA4B2",
    ground: "#12161c", text: "#e8ecf1", soft: "#a5afbb", halo: "#12161c", stance: ["#78828f", "#d4a72c", "#ff7b72"], denied: "#ff7b72", mark: "#ffffff" },
};
const DASHES = [false, [7, 5], [1.5, 4]];
const FADED = 0.16;

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const themeName = () => S.theme || (systemDark.matches ? "dark" : "light");
let themed = null;
const theme = () => THEMES[themed ?? themeName()];

let network = null;
const HOME = new Map();        // where the layout put each node
const hovered = { node: null, claim: null };
let bright = null;             // nodes and claims that stay bright; null: all

const sortedStance = (stances) => (stances[ASSERTED] ? ASSERTED : stances[ALLEGED] ? ALLEGED : DENIED);
const lineStance = (number) => sortedStance(SHOWN.claims[number] ? SHOWN.stances[number] : stancesOf(number));
const isDenied = (number) => SHOWN.stances[number][DENIED] > 0;
const lineWidth = (statements) => 1.1 + 0.9 * Math.log2(Math.max(1, statements));

function stancesOf(number) {
  const stances = [0, 0, 0];
  for (const row of CLAIMS[number].statements) stances[STATEMENTS[row].drawn] += 1;
  return stances;
}

/** Lines between the same two nodes bend apart; a single one is straight. */
function fanOut() {
  const pairs = new Map();
  for (const edge of D.network.edges) {
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    pairs.has(key) ? pairs.get(key).push(edge) : pairs.set(key, [edge]);
  }
  const bends = new Map();
  for (const edges of pairs.values()) {
    if (edges.length < 2 || edges[0].from === edges[0].to) continue;
    edges.forEach((edge, index) => {
      const bend = (index - (edges.length - 1) / 2) * Math.min(0.16, 0.6 / edges.length) * (edge.from < edge.to ? 1 : -1);
      if (bend) bends.set(edge.id, { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) });
    });
  }
  return bends;
}

function nodeColour(type) {
  const colour = theme()[TYPES[type]];
  return TYPES[type] === "unidentified" ? { background: theme().ground, border: colour } : { background: colour, border: colour };
}

let turned = false;   // a picture that lies is stood up on a phone
const homeOf = (x, y) => (turned ? { x: y * 0.9, y: x * 1.1 } : { x, y });
let bends = null;

function visNode({ id, size, shape }) {
  const unnamed = TYPES[NODES[id].type] === "unidentified";
  return { id, ...HOME.get(id), size, shape, color: nodeColour(NODES[id].type), borderWidth: unnamed ? 1.6 : 0, ...(unnamed ? { shapeProperties: { borderDashes: [3, 3] } } : {}) };
}

function visEdge({ id, from, to }) {
  const stance = lineStance(id);
  return { id, from, to, width: lineWidth(CLAIMS[id].statements.length), dashes: DASHES[stance], smooth: bends.get(id) || false,
    color: { color: theme().stance[stance], opacity: 0.8, inherit: false } };
}

let loaded = null;
/** Give vis-network what the picture needs: everything once, or of a large graph what is looked at. True if that changed. */
function loadPicture() {
  const wanted = !LARGE ? "all" : S.view === "map" ? "none" : `${S.group} ${S.focus ? `${S.node} ${S.focus}` : S.claim ?? S.node}`;
  if (wanted === loaded || (LARGE && loaded !== null && !S.focus && loaded.startsWith(`${S.group} `) && !loaded.includes(" f") && [S.node, ...(S.claim === null ? [] : [CLAIMS[S.claim].s, CLAIMS[S.claim].o])].every((number) => number === null || network.body.nodes[number]))) return false;
  const before = loaded;
  loaded = wanted;
  let nodes = D.network.nodes, edges = D.network.edges;
  if (LARGE) {
    const within = S.view === "map" ? new Set() : S.focus ? around(S.node, S.focus) : new Set(MEMBERS[S.group]);
    if (S.view !== "map" && S.claim !== null) { within.add(CLAIMS[S.claim].s); within.add(CLAIMS[S.claim].o); }
    nodes = nodes.filter(({ id }) => within.has(id));
    edges = edges.filter(({ from, to }) => within.has(from) && within.has(to));
  }
  network.setData({ nodes: new vis.DataSet(nodes.map(visNode)), edges: new vis.DataSet(edges.map(visEdge)) });
  return before !== null;
}

function startCanvas() {
  turned = $("graph").clientHeight > $("graph").clientWidth * 1.25;
  bends = fanOut();
  for (const { id, x, y } of D.network.nodes) HOME.set(id, homeOf(x, y));
  const many = D.network.nodes.length > 3000 && !LARGE;
  network = new vis.Network($("graph"), { nodes: new vis.DataSet(), edges: new vis.DataSet() }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, multiselect: false, selectConnectedEdges: false, selectable: false, tooltipDelay: 1e9, hideEdgesOnDrag: many, hideEdgesOnZoom: many, zoomSpeed: 0.7 },
    nodes: { chosen: false, labelHighlightBold: false, scaling: { label: false } },
    edges: { chosen: false, hoverWidth: 0, selectionWidth: 0, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, arrowStrikethrough: false,
      selfReference: { size: 14 } },
  });
  network.on("click", onClick);
  network.on("doubleClick", ({ pointer }) => {
    const group = S.view === "map" ? ringAt(pointer.DOM) : null, node = S.view === "map" ? null : nodeAt(pointer.DOM);
    if (group !== null) enterGroup(group);
    else if (node !== null) { selectNode(node); setFocus(Math.max(1, S.focus)); }
  });
  network.on("hoverNode", ({ node }) => hover(node, null));
  network.on("blurNode", () => hover(null, null));
  network.on("hoverEdge", ({ edge }) => hover(null, edge));
  network.on("blurEdge", () => hover(null, null));
  network.on("dragEnd", ({ nodes: dragged }) => { for (const id of dragged) HOME.set(id, network.getPosition(id)); });
  network.on("afterDrawing", drawOver);
}

function hover(node, claim) {
  if (hovered.node === node && hovered.claim === claim) return;
  hovered.node = typeof node === "number" ? node : null;
  hovered.claim = typeof claim === "number" ? claim : null;
  $("graph").classList.toggle("over", node !== null || claim !== null);
  redraw();
}

function nodeAt(point) { const id = network.getNodeAt(point); return id === undefined ? null : id; }

function onClick({ pointer }) {
  $("graph").focus({ preventScroll: true });
  if (S.view === "map") { change({ group: ringAt(pointer.DOM), node: null, claim: null }); return; }
  const node = nodeAt(pointer.DOM);
  if (node !== null) { selectNode(node); return; }
  const edge = network.getEdgeAt(pointer.DOM);
  if (edge !== undefined) selectClaim(edge); else clearSelection();
}

/** Which nodes are in the picture: all that are shown, or those around the focus, or those of a group. */
function inPicture() {
  if (S.focus && S.node !== null) return around(S.node, S.focus);
  if (S.group === null || S.view === "map") return null;
  const members = new Set(MEMBERS[S.group]);
  if (S.claim !== null) { members.add(CLAIMS[S.claim].s); members.add(CLAIMS[S.claim].o); }
  return members;
}

/** Bring the picture up to what is shown, selected and themed. */
function paint() {
  if (!network) return;
  const onMap = S.view === "map";
  const colours = theme(), picture = inPicture();
  const selected = S.claim !== null ? new Set([CLAIMS[S.claim].s, CLAIMS[S.claim].o]) : null;
  bright = null;
  if (S.story !== null && S.claim === null && S.node === null) bright = brightOf(STORY[S.story].statements);
  else if (selected) bright = { nodes: selected, claims: new Set([S.claim]) };
  else if (S.node !== null && network.body.nodes[S.node]) {
    bright = { nodes: new Set([S.node]), claims: new Set(NODES[S.node].lines) };
    for (const number of NODES[S.node].lines) if (SHOWN.claims[number]) bright.nodes.add(otherEnd(CLAIMS[number], S.node));
  }
  for (const [id, node] of Object.entries(network.body.nodes)) {
    const number = Number(id);
    if (Number.isNaN(number)) continue;
    node.options.hidden = onMap || !SHOWN.nodes[number] || (picture !== null && !picture.has(number));
    const colour = nodeColour(NODES[number].type);
    node.options.color = { ...colour, highlight: colour, hover: colour };
    const lit = !bright || bright.nodes.has(number) || (S.focus > 0 && picture);
    node.options.opacity = lit ? undefined : FADED;
    const mark = S.node === number;
    node.options.borderWidth = mark ? 3 : TYPES[NODES[number].type] === "unidentified" ? 1.6 : 0;
    if (mark) node.options.color = { ...colour, border: colours.mark, highlight: colour, hover: colour };
    node.needsRefresh?.();
  }
  for (const [id, edge] of Object.entries(network.body.edges)) {
    const number = Number(id);
    if (Number.isNaN(number)) continue;
    const options = edge.options;
    options.hidden = SHOWN.claims[number] === 0;
    const stance = lineStance(number);
    const lit = !bright || bright.claims.has(number);
    const colour = colours.stance[stance];
    options.color = { color: colour, highlight: colour, hover: colour, opacity: lit ? (bright ? 1 : 0.8) : S.focus > 1 ? 0.5 : FADED, inherit: false };
    options.dashes = DASHES[stance];
    options.width = lineWidth(SHOWN.claims[number] || 1) + (bright && lit ? 0.9 : 0);
  }
  network._updateVisibleIndices();
  redraw();
}

/** vis draws a line to where its arrow was in the picture before: after nodes have moved, once more. */
function redrawMoved() {
  requestAnimationFrame(() => requestAnimationFrame(redraw));
}

/** Draw with the next frame, once however often it is asked for. */
function redraw() {
  network.body.emitter.emit("_requestRedraw");
}

function brightOf(statements = []) {
  const nodes = new Set(), claims = new Set();
  for (const row of statements) {
    const statement = STATEMENTS[row];
    nodes.add(statement.s);
    if (statement.o !== undefined) nodes.add(statement.o);
    claims.add(statement.claim);
  }
  return { nodes, claims };
}

const visibleNodes = () => (network ? network.body.nodeIndices.filter((id) => typeof id === "number") : []);

/** Fit these nodes (or all) into the picture, with room for their names. */
function fit(numbers = visibleNodes(), { most = 1.3 } = {}) {
  if (!network || !numbers.length || !$("graph").clientWidth) return;
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const number of numbers) {
    const { x, y } = network.body.nodes[number];
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  const width = $("graph").clientWidth, height = $("graph").clientHeight;
  const besides = Math.min(75, width * 0.14), above = 38;
  const scale = Math.min((width - 2 * besides) / Math.max(1, right - left), (height - 2 * above) / Math.max(1, bottom - top), most);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 4 / scale }, scale: Math.max(scale, 0.02) });
}

/** Bring these nodes into view without moving more than needed. */
function reveal(numbers) {
  const there = numbers.filter((number) => network?.body.nodes[number] && !network.body.nodes[number].options.hidden);
  if (!there.length) return;
  const width = $("graph").clientWidth, height = $("graph").clientHeight;
  if (there.length === 2) {   // a line: long enough to be read
    const [one, two] = there.map((number) => network.getPosition(number)), long = Math.max(20, Math.hypot(one.x - two.x, one.y - two.y) - there.reduce((sum, number) => sum + network.body.nodes[number].options.size, 0));
    if (long * network.getScale() < 110) {
      network.moveTo({ position: { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 }, scale: Math.max(network.getScale(), Math.min(1.5, 130 / long)) });
      return;
    }
  }
  const out = there.some((number) => {
    const at = network.canvasToDOM(network.getPosition(number));
    return at.x < 40 || at.y < 30 || at.x > width - 40 || at.y > height - 30;
  });
  if (out) there.length > 1 ? fit(there, { most: Math.max(1, network.getScale()) }) : network.moveTo({ position: network.getPosition(there[0]), scale: Math.max(network.getScale(), 0.8) });
}
