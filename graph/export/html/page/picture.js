// Shapes as points around (0, 0), for icons and for pictures that are saved; as vis-network draws them.

const SVG = "http://www.w3.org/2000/svg";

/** The corners of a shape of this size, or null for a circle. */
function corners(shape, size) {
  const ring = (count, turn, radius = () => size) => Array.from({ length: count }, (_, index) => {
    const angle = turn + index * 2 * Math.PI / count;
    return [radius(index) * Math.cos(angle), radius(index) * Math.sin(angle)];
  });
  if (shape === "square") return [[-size, -size], [size, -size], [size, size], [-size, size]];
  if (shape === "hexagon") return ring(6, 0);
  if (shape === "diamond") return [[0, size], [size, 0], [0, -size], [-size, 0]];
  if (shape === "triangleDown") {
    const side = size * 1.15 * 2, inner = Math.sqrt(3) / 6 * side, high = Math.sqrt(side * side - side * side / 4), y = -0.275 * size * 1.15;
    return [[0, y + high - inner], [side / 2, y - inner], [-side / 2, y - inner]];
  }
  if (shape === "star") {
    const large = size * 0.82;
    return Array.from({ length: 10 }, (_, index) => {
      const radius = index % 2 === 0 ? large * 1.3 : large * 0.5;
      return [radius * Math.sin(index * 2 * Math.PI / 10), 0.1 * large - radius * Math.cos(index * 2 * Math.PI / 10)];
    });
  }
  return null;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function shapeIcon(type) {
  const name = TYPES[type], points = corners(SHAPES[name], 6);
  const shape = points ? svg("polygon", { points: points.map((point) => point.map((value) => value.toFixed(2)).join(",")).join(" ") }) : svg("circle", { r: 6 });
  return svg("svg", { class: `icon type-${name}`, viewBox: "-9 -9 18 18", "aria-hidden": "true", width: 16, height: 16 }, shape);
}

function lineIcon(stance) {
  const icon = svg("svg", { class: `icon line-${STANCES[stance]}`, viewBox: "0 0 30 10", "aria-hidden": "true", width: 30, height: 10 }, svg("line", { x1: 1, y1: 5, x2: 29, y2: 5 }));
  if (stance === DENIED) icon.append(svg("path", { d: "M11.5 1.5l7 7m0-7l-7 7", class: "cross" }));
  return icon;
}
