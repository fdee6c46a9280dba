// A story: steps that the case's author chose, each with its words.

function openStory(step) {
  const first = STORY[step].statements?.[0], group = LARGE && first !== undefined ? NODES[STATEMENTS[first].s].group ?? S.group : null;
  change({ story: step, node: null, claim: null, focus: 0, group, view: S.view === "table" || group !== null ? "graph" : S.view });
  showStoryNodes();
  say(`Step ${step + 1} of ${STORY.length}: ${STORY[step].title}`);
}

function showStoryNodes() {
  const { nodes } = brightOf(STORY[S.story].statements);
  if (nodes.size) reveal([...nodes]);
}

function storyPanel() {
  const step = STORY[S.story], rows = step.statements || [];
  const go = (to, text) => el("button", { type: "button", disabled: to < 0 || to >= STORY.length, on: { click: () => openStory(to) } }, text);
  return [el("p", { className: "kind" }, `Story · step ${S.story + 1} of ${STORY.length}`), el("h2", { tabIndex: -1, dir: "auto" }, oneLine(step.title)),
    step.text ? el("p", { dir: "auto", className: "story" }, step.text) : null,
    el("p", { className: "buttons" }, go(S.story - 1, "← Back"), go(S.story + 1, "Next →"), el("button", { type: "button", on: { click: clearSelection } }, "Leave the story")),
    ...rows.map((row) => card(row)),
    rows.some((row) => !SHOWN.statements[row]) ? el("p", { className: "soft" }, "Some of these are hidden in the picture by the filters.") : null];
}
