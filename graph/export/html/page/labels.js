// Names over the picture: the most important first, each in the first of several places where it covers no other name, no node
// and no mark; what finds no place waits for zoom, hover or selection. Then what a line says, and × where somebody denies it.

const FONT = '"Noto Sans", "Segoe UI", system-ui, -apple-system, "DejaVu Sans", sans-serif';
const PLACED = [];     // boxes of the names that were drawn last, in pixels: for tests and for pictures
const widths = new Map();

function textWidth(context, text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) { context.font = font; width = context.measureText(text).width; widths.set(key, width); }
  return width;
}

/** A grid of boxes that answers quickly whether a new one is free. */
class Boxes {
  constructor() { this.cells = new Map(); }
  *keys(box) {
    for (let x = Math.floor(box.left / 64); x <= Math.floor(box.right / 64); x++) {
      for (let y = Math.floor(box.top / 64); y <= Math.floor(box.bottom / 64); y++) yield x * 4096 + y;
    }
  }
  add(box) { for (const key of this.keys(box)) this.cells.has(key) ? this.cells.get(key).push(box) : this.cells.set(key, [box]); }
  free(box, owner) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (other.owner !== owner && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
      }
    }
    return true;
  }
}

const SMALL = 150;   // as layout.py has it: up to so many nodes, names have room
const ONE_LINE = 20, LONGEST = 26;
/** A name on one line, or a long one on two, as `layout.py` left room for it. */
function nameLines(text, longest = LONGEST) {
  const length = text.length;
  if (length <= ONE_LINE || !text.includes(" ")) return [shorten(text, longest)];
  let cut = -1;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) if (cut < 0 || Math.max(at, length - at - 1) < Math.max(cut, length - cut - 1)) cut = at;
  return [text.slice(0, cut), text.slice(cut + 1)].map((line) => shorten(line, longest));
}

/** Boxes of what lies over the picture: the buttons for zoom, the bar of a focus or group. */
function controls(width) {
  const found = [{ left: width - 46, right: width, top: 0, bottom: 90, owner: -1 }];
  const bar = $("focus-bar");
  if (!bar.hidden) found.push({ left: 0, right: 14 + bar.offsetWidth, top: 0, bottom: 14 + bar.offsetHeight, owner: -1 });
  return found;
}

function namePriority(number) {
  if (number === hovered.node) return 4e6;
  if (S.claim !== null && (CLAIMS[S.claim].s === number || CLAIMS[S.claim].o === number)) return 3e6;
  if (number === S.node) return 3e6;
  if (hovered.claim !== null && (CLAIMS[hovered.claim].s === number || CLAIMS[hovered.claim].o === number)) return 2.5e6;
  const weight = NODES[number].lines.length * (TYPES[NODES[number].type] === "unidentified" ? 0.2 : 1);
  return bright?.nodes.has(number) ? 2e6 + weight : weight;
}

/** Places beside a node for a name of this size: [from the node's middle across, down, alignment], the best first. */
function besides(radius, wide, high) {
  const below = radius + 2 + high / 2, slant = radius * 0.75 + 3, slantDown = radius * 0.75 + high / 2;
  return [[0, below, "center"], [0, -below - 1, "center"], [radius + 5, 0, "left"], [-radius - 5, 0, "right"],
    [slant, slantDown, "left"], [-slant, slantDown, "right"], [slant, -slantDown, "left"], [-slant, -slantDown, "right"],
    [wide * 0.28, below, "center"], [-wide * 0.28, below, "center"], [wide * 0.28, -below - 1, "center"], [-wide * 0.28, -below - 1, "center"],
    [0, below + 7, "center"], [0, -below - 8, "center"]];
}

/** Where names go in the picture as it stands, in pixels: their lines and boxes, and all boxes that are taken. */
function placeNames(context, width, height) {
  const scale = network.getScale(), at = new Map(), fixed = [];
  for (const number of visibleNodes()) {
    const node = network.body.nodes[number], { x, y } = network.canvasToDOM({ x: node.x, y: node.y }), radius = node.options.size * scale;
    if (x < -60 || y < -40 || x > width + 60 || y > height + 40) continue;
    at.set(number, { x, y, radius });
    if (!bright || S.focus || bright.nodes.has(number)) fixed.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: number });
  }
  for (const mark of deniedMarks()) if (mark.lit) fixed.push({ left: mark.x - 5, right: mark.x + 5, top: mark.y - 5, bottom: mark.y + 5, owner: -1 });
  fixed.push(...controls(width));
  if (S.claim !== null && at.has(CLAIMS[S.claim].s) && at.has(CLAIMS[S.claim].o)) {   // the selected line is not written over
    const one = at.get(CLAIMS[S.claim].s), two = at.get(CLAIMS[S.claim].o), long = Math.hypot(one.x - two.x, one.y - two.y);
    for (let along = one.radius + 4; along < long - two.radius - 4; along += 6) {
      const x = one.x + (two.x - one.x) * along / long, y = one.y + (two.y - one.y) * along / long;
      fixed.push({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3, owner: -1 });
    }
  }
  const wanted = [...at.keys()].filter((number) => !bright || bright.nodes.has(number) || S.focus || number === hovered.node).map((number) => {
    const priority = namePriority(number), bold = number === S.node, important = priority >= 2.5e6, size = NODES[number].lines.length > 7 || bold ? 13 : 12;
    return { number, priority, important, size, font: `${bold ? "600 " : ""}${size}px ${FONT}`, ...at.get(number) };
  }).sort((a, b) => b.priority - a.priority || a.number - b.number);
  const crowd = wanted.length > SMALL, most = wanted.length > 400 ? 60 : 400;
  wanted.forEach((name, order) => {
    if (crowd && order > 4 * most && name.priority < 2e6) return;
    name.lines = nameLines(NODES[name.number].label, name.important ? 40 : LONGEST);
    name.wide = Math.max(...name.lines.map((line) => textWidth(context, line, name.font)));
    name.high = (name.size + 3) * name.lines.length;
    name.main = name.important || order < (crowd ? 40 : 6);
  });
  let best = null, order = wanted.filter((name) => name.lines);
  for (let round = 0; round < (crowd ? 1 : 10); round++) {   // names that found no place are placed first in the next round
    const tried = placeInOrder(order, fixed, width, height, most, crowd);
    if (!best || missing(tried) < missing(best)) best = tried;
    if (!tried.left.length) break;
    order = [...tried.left, ...order.filter((name) => !tried.left.includes(name))].sort((a, b) => b.important - a.important);
  }
  for (const name of best.left) if (name.main) put(best, name, ["names"], width, height);   // the main names may cover a small node, never a name
  for (const name of best.left) if (name.important && !best.done.has(name)) put(best, name, [], width, height);
  return { placed: best.placed, boxes: best.boxes };
}

/** How bad it is that these names found no place: one main name counts more than all others. */
const missing = ({ left }) => left.length + 1000 * left.filter(({ main }) => main).length;

function placeInOrder(order, fixed, width, height, most, crowd) {
  const tried = { placed: [], left: [], done: new Set(), boxes: new Boxes(), names: new Boxes() };
  for (const box of fixed) tried.boxes.add(box);
  if (!crowd) for (const { number, x, y, radius, main } of order) if (main) tried.names.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: number });
  for (const name of order) {
    if (tried.done.size >= most && name.priority < 2e6) break;
    if (!put(tried, name, ["boxes"], width, height) && !(crowd && name.main && put(tried, name, ["names"], width, height))) tried.left.push(name);
  }
  return tried;
}

/** Put a name in its first place that is free of these boxes. */
function put(tried, name, kinds, width, height) {
  const { number, x, y, radius, wide, high, lines, font, size } = name;
  for (const [dx, dy, align] of besides(radius, wide, high)) {
    const left = x + dx - (align === "center" ? wide / 2 : align === "right" ? wide : 0);
    let box = { left: left - 1, right: left + wide + 1, top: y + dy - high / 2, bottom: y + dy + high / 2, owner: number };
    const inside = box.left >= 1 && box.right <= width - 1 && box.top >= 1 && box.bottom <= height - 1;
    if (kinds.length && !(inside && kinds.every((kind) => tried[kind].free(box, number)))) continue;
    const shift = inside ? 0 : Math.max(0, 2 - box.left) || Math.min(0, width - 2 - box.right);
    box = { ...box, left: box.left + shift, right: box.right + shift, owner: number + 0.5 };
    tried.boxes.add(box);
    tried.names.add(box);
    tried.done.add(name);
    lines.forEach((line, index) => tried.placed.push({ number, text: line, whole: lines.join(" "), x: x + dx + shift, y: y + dy + (index - (lines.length - 1) / 2) * (size + 3), align, font, box, first: index === 0 }));
    return true;
  }
  return false;
}

/** The middle of what is seen of a line as vis draws it, in pixels, its direction, and how long the seen part is. */
function middle(number) {
  const edge = network.body.edges[number];
  if (!edge?.connected) return null;
  if (CLAIMS[number].s === CLAIMS[number].o) {
    const node = network.body.nodes[CLAIMS[number].s], r = node.options.size;
    return { ...network.canvasToDOM({ x: node.x + r * 0.7 + 10, y: node.y - r * 0.7 - 14 }), angle: 0, clear: 0 };
  }
  const via = edge.edgeType.getViaNode?.();
  const whole = Math.max(1, Math.hypot(edge.to.x - edge.from.x, edge.to.y - edge.from.y));
  const half = Math.min(0.8, Math.max(0.2, 0.5 + (edge.from.options.size - edge.to.options.size) / (2 * whole)));
  const point = network.canvasToDOM(edge.edgeType.getPoint(half, via));
  const from = network.canvasToDOM(edge.from), to = network.canvasToDOM(edge.to);
  let angle = Math.atan2(to.y - from.y, to.x - from.x);
  if (angle > Math.PI / 2 || angle < -Math.PI / 2) angle += Math.PI;
  const clear = Math.hypot(to.x - from.x, to.y - from.y) - (edge.from.options.size + edge.to.options.size) * network.getScale();
  return { x: point.x, y: point.y, angle, clear };
}

function deniedMarks() {
  const marks = [];
  for (const id of network.body.edgeIndices) {
    if (typeof id !== "number" || !isDenied(id)) continue;
    const at = middle(id);
    if (at) marks.push({ ...at, number: id, lit: !bright || bright.claims.has(id) });
  }
  return marks;
}

function claimText(number) {
  const count = SHOWN.claims[number] || CLAIMS[number].statements.length;
  return CLAIMS[number].label + (count > 1 ? ` × ${count}` : "");
}

function lineTexts(context, boxes, width, height) {
  const texts = [], zoomed = network.getScale() > 1.35 || S.focus > 0;
  const wanted = new Set();
  if (hovered.claim !== null) wanted.add(hovered.claim);
  if (S.claim !== null) wanted.add(S.claim);
  if (bright) for (const number of bright.claims) wanted.add(number);
  if (zoomed && (!bright || S.focus)) for (const id of network.body.edgeIndices) if (typeof id === "number") wanted.add(id);
  for (const number of wanted) {
    if (!network.body.edges[number] || !SHOWN.claims[number]) continue;
    const at = middle(number);
    if (!at || at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
    const text = shorten(claimText(number), 30), font = `11.5px ${FONT}`, wide = textWidth(context, text, font);
    const must = number === hovered.claim || number === S.claim;
    if (at.clear < wide + 10) {
      if (!must) continue;
      const beside = wide / 2 + 16;
      for (const [across, away] of [[beside, 6], [-beside, -6], [0, 22], [0, -22], [0, 40], [0, -40], [0, 58], [0, -58], [0, 76]]) {   // a short line: what it says stands level beside it
        const x = at.x + across, y = at.y + away, box = { left: x - wide / 2 - 3, right: x + wide / 2 + 3, top: y - 8, bottom: y + 8, owner: -2 - number };
        if (boxes.free(box, -2 - number) || away === 76) { boxes.add(box); texts.push({ text, x, y, angle: 0, font, number }); break; }
      }
      continue;
    }
    const across = Math.abs(Math.cos(at.angle)) * wide / 2 + 7, down = Math.abs(Math.sin(at.angle)) * wide / 2 + 7;
    const off = isDenied(number) ? 13 : 8;
    const x = at.x + Math.sin(at.angle) * off, y = at.y - Math.cos(at.angle) * off;
    const parts = [];   // small boxes along the line: one large box around a slanting text would keep names away
    const steps = Math.max(1, Math.ceil(wide / 14));
    for (let step = 0; step <= steps; step++) {
      const along = (step / steps - 0.5) * wide;
      parts.push({ left: x + Math.cos(at.angle) * along - 6, right: x + Math.cos(at.angle) * along + 6, top: y + Math.sin(at.angle) * along - 6, bottom: y + Math.sin(at.angle) * along + 6, owner: -2 - number });
    }
    if (!must && (!parts.every((part) => boxes.free(part, -2 - number)) || across > width || down > height)) continue;
    parts.forEach((part) => boxes.add(part));
    texts.push({ text, x, y, angle: at.angle, font, number });
  }
  return texts;
}

function drawOver(context) {
  if (S.view === "map") { drawMap(context); return; }
  const ratio = network.canvas.pixelRatio || 1, width = $("graph").clientWidth, height = $("graph").clientHeight, colours = theme();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineCap = "round";
  const size = Math.min(5, Math.max(1.2, 6 * network.getScale()));
  for (const mark of deniedMarks()) {
    context.globalAlpha = mark.lit ? 1 : FADED;
    for (const [colour, wide] of size > 3 ? [[colours.halo, 4.5], [colours.denied, 2]] : [[colours.denied, size / 2]]) {
      context.strokeStyle = colour; context.lineWidth = wide;
      context.beginPath();
      context.moveTo(mark.x - size, mark.y - size); context.lineTo(mark.x + size, mark.y + size);
      context.moveTo(mark.x + size, mark.y - size); context.lineTo(mark.x - size, mark.y + size);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  const { placed, boxes } = placeNames(context, width, height);
  PLACED.length = 0;
  PLACED.push(...placed.filter(({ first }) => first).map(({ number, whole, box }) => ({ ...box, number, text: whole })));
  context.lineJoin = "round";
  context.textBaseline = "middle";
  for (const { text, x, y, angle, font } of lineTexts(context, boxes, width, height)) {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    write(context, text, 0, 0, "center", font, colours.text, colours.halo);
    context.restore();
  }
  for (const { text, x, y, align, font } of placed) write(context, text, x, y, align, font, colours.text, colours.halo);
  context.restore();
}

function write(context, text, x, y, align, font, colour, halo) {
  context.font = font;
  context.textAlign = align;
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
