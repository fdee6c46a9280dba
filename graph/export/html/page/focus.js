// The neighbourhood of a name: rings of those one step away, two steps away …, each in the direction in which it stood.

/** Numbers of the nodes within so many steps over lines that are shown; `rings[k]` holds those k steps away. */
function neighbourhood(node, steps) {
  const rings = [[node]], seen = new Set([node]);
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const here of rings[step]) {
      for (const number of NODES[here].lines) {
        const there = otherEnd(CLAIMS[number], here);
        if (SHOWN.claims[number] && SHOWN.nodes[there] && !seen.has(there)) { seen.add(there); next.push(there); }
      }
    }
    if (!next.length) break;
    rings.push(next);
  }
  return { rings, seen };
}

const around = (node, steps) => neighbourhood(node, steps).seen;

/** Put the nodes on rings, or all of them back where they were. */
function placeFocus() {
  for (const [number, { x, y }] of HOME) {
    const node = network.body.nodes[number];
    if (node) { node.x = x; node.y = y; }
  }
  if (!S.focus || S.node === null || !HOME.has(S.node)) return;
  const centre = HOME.get(S.node);
  let radius = 0;
  neighbourhood(S.node, S.focus).rings.forEach((ring, step) => {
    if (!step) return;
    radius = Math.max(radius + 150, ring.length * 62 / (2 * Math.PI));
    const angles = ring.filter((number) => network.body.nodes[number]).map((number) => ({ number, angle: Math.atan2(HOME.get(number).y - centre.y, HOME.get(number).x - centre.x) }))
      .sort((a, b) => a.angle - b.angle || a.number - b.number);
    const apart = Math.min(2 * Math.PI / angles.length, 0.62);
    for (let round = 0; round < 60; round++) {      // neighbours on the ring keep a distance
      for (let index = 0; index < angles.length && angles.length > 1; index++) {
        const one = angles[index], next = angles[(index + 1) % angles.length];
        const gap = (next.angle - one.angle) + (index === angles.length - 1 ? 2 * Math.PI : 0);
        if (gap < apart) { one.angle -= (apart - gap) / 2; next.angle += (apart - gap) / 2; }
      }
    }
    for (const { number, angle } of angles) {
      const node = network.body.nodes[number];
      node.x = centre.x + radius * Math.cos(angle) * 1.25;
      node.y = centre.y + radius * Math.sin(angle);
    }
  });
}

function setFocus(steps) {
  if (S.node === null) return;
  if (steps && !SHOWN.nodes[S.node]) { say("Nothing around it is shown"); return; }
  change({ focus: steps, view: S.view === "table" ? "graph" : S.view });
  if (steps) say(`Within ${plural(steps, "step")} of ${NODES[S.node].label}: ${plural(around(S.node, steps).size, "name")}`);
}

function showBar() {
  const bar = $("focus-bar");
  const button = (text, label, act, off = false) => el("button", { type: "button", "aria-label": label, disabled: off, on: { click: act } }, text);
  const nothing = STATEMENTS.length > 0 && !SHOWN.nodes.some(Boolean);
  if (nothing && S.view !== "table") {
    bar.hidden = false;
    bar.replaceChildren(el("span", {}, "Nothing is left with these filters."), button("Reset filters", "Reset filters", resetFilters));
    return;
  }
  bar.hidden = S.view !== "graph" || (!S.focus && S.group === null);
  if (bar.hidden) { bar.replaceChildren(); return; }
  if (S.focus) {
    bar.replaceChildren(el("span", {}, `Within ${plural(S.focus, "step")} of `, el("bdi", {}, NODES[S.node].label), ` · ${plural(around(S.node, S.focus).size, "name")}`),
      button("−", "One step less", () => setFocus(S.focus - 1), S.focus === 1), button("+", "One step more", () => setFocus(S.focus + 1), S.focus === 4), button("Show all", "Show all", () => setFocus(0)));
  } else {
    bar.replaceChildren(el("span", {}, "Group ", el("bdi", {}, groupName(S.group)), ` · ${plural(MEMBERS[S.group].length, "name")}`),
      button("Map", "Back to the map", () => change({ view: "map" })), LARGE ? "" : button("Show all", "Show all", () => change({ group: null })));
  }
}
