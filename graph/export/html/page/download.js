// What one takes along: the picture as SVG or PNG with its legend, the statements as CSV, the address of this view.

/** Draw paths and texts on a canvas. */
function drawScene(context, scene) {
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.textBaseline = "middle";
  for (const item of scene) {
    context.globalAlpha = item.opacity ?? 1;
    if (item.text !== undefined) {
      context.save();
      context.translate(item.x, item.y);
      if (item.angle) context.rotate(item.angle);
      context.font = item.font; context.textAlign = item.align;
      if (item.halo) { context.lineWidth = 3.5; context.strokeStyle = item.halo; context.strokeText(item.text, 0, 0); }
      context.fillStyle = item.colour;
      context.fillText(item.text, 0, 0);
      context.restore();
      continue;
    }
    const path = new Path2D(item.d);
    if (item.fill) { context.fillStyle = item.fill; context.fill(path); }
    if (item.stroke) { context.setLineDash(item.dash || []); context.lineWidth = item.width; context.strokeStyle = item.stroke; context.stroke(path); context.setLineDash([]); }
  }
  context.globalAlpha = 1;
}

const polygon = (points, x, y) => "M" + points.map(([dx, dy]) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`).join("L") + "z";

function shapePath(type, x, y, size) {
  const points = corners(SHAPES[TYPES[type]], size);
  return points ? polygon(points, x, y) : circle(x, y, size);
}

function lineItems(number) {
  const edge = network.body.edges[number], colours = theme(), scale = network.getScale();
  const { color, width, dashes } = edge.options;
  const stroke = { stroke: color.color, width: Math.max(0.6, width * scale), opacity: color.opacity, dash: dashes ? dashes.map((dash) => dash * Math.max(0.5, scale)) : null };
  const from = network.canvasToDOM(edge.from), to = network.canvasToDOM(edge.to);
  const items = [];
  if (edge.from === edge.to) {
    const size = edge.from.options.size * scale;
    items.push({ d: circle(from.x + size * 0.8 + 6, from.y - size * 0.8 - 6, 11 * scale), ...stroke });
  } else {
    const via = edge.edgeType.getViaNode?.(), bend = via && via.x !== undefined ? network.canvasToDOM(via) : null;
    const back = bend || from, angle = Math.atan2(to.y - back.y, to.x - back.x);
    const size = edge.to.options.size * scale + 2, head = 7 * Math.max(0.7, Math.min(1.4, scale)) + stroke.width;
    const tip = { x: to.x - Math.cos(angle) * size, y: to.y - Math.sin(angle) * size };
    const neck = { x: tip.x - Math.cos(angle) * head * 0.8, y: tip.y - Math.sin(angle) * head * 0.8 };
    const p = (point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    items.push({ d: bend ? `M${p(from)}Q${p(bend)} ${p(neck)}` : `M${p(from)}L${p(neck)}`, ...stroke });
    const wing = (turn) => [-Math.cos(angle + turn) * head, -Math.sin(angle + turn) * head];
    items.push({ d: polygon([[0, 0], wing(0.4), wing(-0.4)], tip.x, tip.y), fill: color.color, opacity: color.opacity });
  }
  if (isDenied(number)) {
    const { x, y } = middle(number), d = `M${(x - 4.5).toFixed(1)} ${(y - 4.5).toFixed(1)}l9 9m0 -9l-9 9`;
    items.push({ d, stroke: colours.halo, width: 4.5, opacity: color.opacity }, { d, stroke: colours.denied, width: 2, opacity: color.opacity });
  }
  return items;
}

/** The picture as it stands on the screen, in pixels, and its legend below: { width, height, items }. */
function scene() {
  const width = $("graph").clientWidth, high = $("graph").clientHeight, colours = theme();
  const context = document.createElement("canvas").getContext("2d");
  const top = 40, items = [];
  if (S.view === "map") items.push(...mapScene(context, width, high));
  else {
    const scale = network.getScale();
    for (const id of network.body.edgeIndices) if (typeof id === "number") items.push(...lineItems(id));
    for (const number of visibleNodes()) {
      const node = network.body.nodes[number], { x, y } = network.canvasToDOM({ x: node.x, y: node.y }), colour = node.options.color;
      const border = node.options.borderWidth;
      items.push({ d: shapePath(NODES[number].type, x, y, node.options.size * scale), fill: colour.background, opacity: node.options.opacity ?? 1, ...(border ? { stroke: colour.border, width: border } : {}) });
    }
    const { placed, boxes } = placeNames(context, width, high);
    for (const { text, x, y, angle, font } of lineTexts(context, boxes, width, high)) items.push({ text, x, y, angle, font, align: "center", colour: colours.text, halo: colours.halo });
    for (const { text, x, y, align, font } of placed) items.push({ text, x, y, align, font, colour: colours.text, halo: colours.halo });
  }
  const moved = { dy: top, items };
  const shown = STATEMENTS.reduce((sum, _, row) => sum + SHOWN.statements[row], 0);
  const plain = [{ text: shorten(oneLine(D.title), Math.floor(width / 10)), x: 14, y: 21, align: "left", font: `600 16px ${FONT}`, colour: colours.text }];
  const font = `12px ${FONT}`, legend = high + top + 18;
  let x = 16, y = legend;
  const entry = (draw, text) => {
    const wide = 34 + textWidth(context, text, font) + 16;
    if (x + wide > width - 8) { x = 16; y += 22; }
    plain.push(...draw(x + 12, y), { text, x: x + 30, y, align: "left", font, colour: colours.text });
    x += wide;
  };
  TYPES.forEach((type, number) => {
    if (!COUNTS.type[number] || S.off.type.has(number)) return;
    const hollow = type === "unidentified";
    entry((left, middleY) => [{ d: shapePath(number, left, middleY, 6), fill: hollow ? colours.ground : colours[type], ...(hollow ? { stroke: colours[type], width: 1.5, dash: [3, 2] } : {}) }], TYPE_NAMES[type] || type);
  });
  STANCES.forEach((stance, number) => entry((left, middleY) => [{ d: `M${left - 10} ${middleY}h24`, stroke: colours.stance[number], width: 2, dash: DASHES[number] || null },
    ...(number === DENIED ? [{ d: `M${left - 2} ${middleY - 4}l8 8m0 -8l-8 8`, stroke: colours.denied, width: 2 }] : [])], stance));
  entry((left, middleY) => [{ d: `M${left - 2} ${middleY - 4}l8 8m0 -8l-8 8`, stroke: colours.denied, width: 2 }], "someone denies it");
  y += 22;
  plain.push({ text: `${plural(shown, "statement")}${isFiltered() ? ", filtered" : ""}. A line is a claim someone made, not a finding.`, x: 16, y, align: "left", font, colour: colours.soft });
  return { width, height: y + 16, ground: colours.ground, moved, plain };
}

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xml = (text) => String(text).replace(NOT_XML, "\ufffd").replace(/[&<>"]/g, (letter) => XML[letter]);

function svgText() {
  const { width, height, ground, moved, plain } = scene();
  const draw = (item) => {
    const opacity = item.opacity !== undefined && item.opacity < 1 ? ` opacity="${item.opacity}"` : "";
    if (item.text === undefined) {
      return `<path d="${item.d}" fill="${item.fill || "none"}"${item.stroke ? ` stroke="${item.stroke}" stroke-width="${item.width.toFixed(2)}"` : ""}${item.dash ? ` stroke-dasharray="${item.dash.join(" ")}"` : ""}${opacity}/>`;
    }
    const [, bold, size] = /^(600 )?([\d.]+)px/.exec(item.font);
    const turn = item.angle ? ` transform="rotate(${(item.angle * 180 / Math.PI).toFixed(1)} ${item.x.toFixed(1)} ${item.y.toFixed(1)})"` : "";
    const halo = item.halo ? ` stroke="${item.halo}" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"` : "";
    return `<text x="${item.x.toFixed(1)}" y="${item.y.toFixed(1)}" dy="0.35em" font-size="${size}"${bold ? ' font-weight="600"' : ""} text-anchor="${{ left: "start", right: "end", center: "middle" }[item.align]}" fill="${item.colour}"${halo}${turn}${opacity}>${xml(item.text)}</text>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Noto Sans, Segoe UI, DejaVu Sans, sans-serif">\n`
    + `<title>${xml(oneLine(D.title))}</title>\n<rect width="${width}" height="${height}" fill="${ground}"/>\n<svg y="${moved.dy}" width="${width}" height="${$("graph").clientHeight}" overflow="hidden">\n`
    + moved.items.map(draw).join("\n") + "\n</svg>\n" + plain.map(draw).join("\n") + "\n</svg>\n";
}

function pngBlob() {
  const { width, height, ground, moved, plain } = scene(), canvas = document.createElement("canvas"), ratio = 2;
  canvas.width = width * ratio; canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(0, moved.dy);
  context.beginPath();
  context.rect(0, 0, width, $("graph").clientHeight);
  context.clip();
  drawScene(context, moved.items);
  context.restore();
  drawScene(context, plain);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

/** A cell that no spreadsheet takes for a formula, quoted as RFC 4180 wants it. */
function csvCell(value) {
  let text = String(value ?? "");
  if (/^[\s\u0000]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text)) text = "'" + text;
  return /[",\r\n;\t']/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function csvText() {
  const head = ["id", "subject", "relation", "object", "stance", "speaker", "via", "time", "place", "qualifiers", "quote", "source", "publisher", "published", "locator", "url", "method", "confidence", "doubts"];
  const lines = STATEMENTS.filter((_, row) => SHOWN.statements[row]).map((statement) => {
    const source = SOURCES[statement.source];
    return [statement.id, NODES[statement.s].name, RELATIONS[statement.r].id, statement.o === undefined ? statement.value : NODES[statement.o].name, STANCES[statement.stance],
      statement.speaker === undefined ? "" : whoName(statement.speaker), statement.via.map(whoName).join("; "), statement.time, statement.place === undefined ? "" : whoName(statement.place),
      statement.qualifiers.map(([key, value]) => `${key}: ${value}`).join("; "), statement.quote, source.title, source.publisher, source.published, statement.locator, source.url,
      statement.extracted ? "extracted" : "curated", statement.confidence, statement.doubts.join("; ")];
  });
  return "\ufeff" + [head, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function save(blob, name) {
  const address = URL.createObjectURL(blob), link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(`${name} saved`);
}

function startDownloads() {
  $("svg").addEventListener("click", () => save(new Blob([svgText()], { type: "image/svg+xml" }), "graph.svg"));
  $("png").addEventListener("click", async () => save(await pngBlob(), "graph.png"));
  $("csv").addEventListener("click", () => save(new Blob([csvText()], { type: "text/csv;charset=utf-8" }), "statements.csv"));
  $("link").addEventListener("click", (event) => { const hash = hashOf(); copy(location.href.split("#")[0] + (hash ? "#" + hash : ""), event.currentTarget, "Copied"); });
}
