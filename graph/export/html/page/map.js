// The map of a large graph: groups of names that hang together as rings of types, with their strongest links. A double click
// goes in. Beyond 5,000 names vis-network is only ever given the group that is looked into.

const LARGE = D.network.nodes.length > 5000;
const MEMBERS = GROUPS.map(() => []);
NODES.forEach((node, number) => { if (node.group !== undefined) MEMBERS[node.group].push(number); });
/** Rings cover about a tenth of the picture, so that names and links have room. */
function ringRadius(group) {
  const each = Math.sqrt(0.1 * $("graph").clientWidth * $("graph").clientHeight / (Math.PI * D.network.nodes.length));
  return Math.min(34, Math.max(7, each * Math.sqrt(MEMBERS[group].length)));
}

const groupNames = new Map();
/** A group is called after its two best connected members. */
function groupName(group) {
  if (!groupNames.has(group)) {
    const best = [...MEMBERS[group]].sort((a, b) => NODES[b].lines.length - NODES[a].lines.length || a - b)
      .filter((number) => TYPES[NODES[number].type] !== "unidentified").slice(0, 2);
    groupNames.set(group, best.map((number) => shorten(NODES[number].label, 24)).join(" · ") || "not named");
  }
  return groupNames.get(group);
}

let groupCounts = null;
/** How many members of each type are shown, for every group. */
function countGroups() {
  groupCounts = GROUPS.map(() => new Array(TYPES.length).fill(0));
  NODES.forEach((node, number) => { if (node.group !== undefined && SHOWN.nodes[number]) groupCounts[node.group][node.type] += 1; });
}

const shownIn = (group) => groupCounts[group].reduce((sum, count) => sum + count, 0);

/** The rings in pixels as the picture stands: [{ group, x, y, radius, count }]. */
function rings() {
  const zoom = Math.max(0.6, Math.min(2.2, network.getScale() / mapScale));
  return GROUPS.map(({ x, y }, group) => ({ group, ...network.canvasToDOM(homeOf(x, y)), radius: ringRadius(group) * zoom, count: shownIn(group) })).filter((ring) => ring.count > 0);
}

let mapScale = 1;
function fitMap() {
  if (!GROUPS.length || !$("graph").clientWidth) return;
  const points = GROUPS.map(({ x, y }) => homeOf(x, y));
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  const width = $("graph").clientWidth, height = $("graph").clientHeight;
  mapScale = Math.min((width - Math.min(180, width * 0.3)) / Math.max(1, right - left), (height - 110) / Math.max(1, bottom - top), 1.5);
  mapScale = Math.max(mapScale, 0.005);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: mapScale });
}

function ringAt(point) {
  const hit = rings().filter((ring) => Math.hypot(ring.x - point.x, ring.y - point.y) <= ring.radius + 4);
  return hit.length ? hit[0].group : null;
}

/** The map as things to draw, in pixels: for the screen and for pictures that are saved. */
function mapScene(context, width, height) {
  const colours = theme(), scene = [], boxes = new Boxes(), found = rings();
  const at = new Map(found.map((ring) => [ring.group, ring]));
  for (const ring of found) {
    for (const [other, links] of GROUPS[ring.group].links) {
      const end = at.get(other);
      if (!end) continue;
      const lit = S.group === null || S.group === ring.group || S.group === other;
      scene.push({ d: `M${ring.x.toFixed(1)} ${ring.y.toFixed(1)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}`, stroke: colours.stance[ASSERTED], width: Math.min(4, 0.4 + 0.35 * Math.log2(1 + links)), opacity: S.group === null ? 0.3 : lit ? 0.7 : 0.08 });
    }
  }
  for (const ring of found) {
    const { x, y, radius, group, count } = ring;
    const lit = S.group === null || S.group === group;
    boxes.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: group });
    scene.push({ d: circle(x, y, radius + 1.5), fill: colours.ground });
    let angle = -Math.PI / 2;
    groupCounts[group].forEach((members, type) => {
      if (!members) return;
      const end = angle + members / count * 2 * Math.PI;
      scene.push({ d: arc(x, y, radius * 0.78, angle, end), stroke: colours[TYPES[type]], width: radius * 0.44, opacity: lit ? 1 : 0.3 });
      angle = end;
    });
    if (S.group === group) scene.push({ d: circle(x, y, radius + 3), stroke: colours.mark, width: 2 });
    if (radius > 10) scene.push({ text: String(count), x, y: y + 0.5, align: "center", font: `600 ${Math.max(9, Math.min(13, radius * 0.42)).toFixed(0)}px ${FONT}`, colour: colours.text });
  }
  PLACED.length = 0;
  for (const { group, x, y, radius } of [...found].sort((a, b) => (b.group === S.group) - (a.group === S.group) || b.count - a.count || a.group - b.group)) {
    const font = `11.5px ${FONT}`, full = groupName(group);
    for (const [text, dy] of [full, full.split(" · ")[0]].flatMap((text) => [[text, radius + 10], [text, -radius - 9]])) {
      const wide = textWidth(context, text, font);
      const box = { left: x - wide / 2 - 2, right: x + wide / 2 + 2, top: y + dy - 8, bottom: y + dy + 8, owner: group };
      if (box.left < 2 || box.right > width - 2 || box.top < 2 || box.bottom > height - 2 || !boxes.free(box, group)) continue;
      boxes.add({ ...box, owner: group + 0.5 });
      PLACED.push({ number: group, text, ...box });
      scene.push({ text, x, y: y + dy, align: "center", font, colour: colours.text, halo: colours.halo });
      break;
    }
  }
  return scene;
}

function circle(x, y, radius) {
  return `M${(x - radius).toFixed(1)} ${y.toFixed(1)}a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(2 * radius).toFixed(1)} 0a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(-2 * radius).toFixed(1)} 0z`;
}

function arc(x, y, radius, from, to) {
  if (to - from > 2 * Math.PI - 0.001) return circle(x, y, radius);
  const point = (angle) => `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  return `M${point(from)}A${radius.toFixed(1)} ${radius.toFixed(1)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}`;
}

function drawMap(context) {
  const ratio = network.canvas.pixelRatio || 1;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawScene(context, mapScene(context, $("graph").clientWidth, $("graph").clientHeight));
  context.restore();
}

function enterGroup(group) {
  change({ view: "graph", group, node: null, claim: null, focus: 0 });
  say(`${groupName(group)}: ${plural(MEMBERS[group].length, "name")}`);
}

function groupPanel(group) {
  const best = MEMBERS[group].filter((number) => SHOWN.nodes[number]).sort((a, b) => NODES[b].lines.length - NODES[a].lines.length || a - b);
  return [el("p", { className: "kind" }, "group of names that hang together"), el("h2", { tabIndex: -1, dir: "auto" }, groupName(group)),
    el("p", { className: "soft" }, groupCounts[group].map((count, type) => (count ? plural(count, TYPE_NAMES[TYPES[type]] || TYPES[type]) : "")).filter(Boolean).join(" · ")),
    el("p", { className: "buttons" }, el("button", { type: "button", on: { click: () => enterGroup(group) } }, "Look into it"), el("button", { type: "button", on: { click: () => change({ group: null }) } }, "Clear")),
    ...list("Most connected", best.slice(0, 20).map((number) => [nameLink(number), " ", el("span", { className: "soft" }, NODES[number].lines.length)])),
    el("p", { className: "soft" }, "The groups are found by a program from who is linked to whom (Louvain). They are no finding about anybody.")];
}
