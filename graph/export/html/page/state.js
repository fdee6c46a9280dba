// What is looked at, in one object. It lives in the address after `#`, with opaque keys, and nowhere else.

const S = {
  view: "graph",          // graph, map, table
  node: null,             // the selected entity, by number
  claim: null,            // or the selected claim
  focus: 0,               // steps around the selected node that are shown; 0: everything
  group: null,            // the group of a large graph that is looked into
  story: null,            // the step of the story
  off: { type: new Set(), stance: new Set(), source: new Set(), method: new Set(), relation: new Set() },
  from: null, to: null,   // months
  undated: true,
  words: "",              // only statements that hold these words
  theme: null,            // light, dark; null: as the system has it
};

const listeners = [];
/** Call `listener` with the set of changed keys after every change. */
const onChange = (listener) => listeners.push(listener);

let ready = false;
function change(changes) {
  const keys = new Set();
  for (const [key, value] of Object.entries(changes)) {
    if (S[key] !== value || key === "off") { S[key] = value; keys.add(key); }
  }
  if (!keys.size || !ready) return;
  for (const listener of listeners) listener(keys);
  writeHash();
}

const FACETS = {
  type: { keys: TYPES, letter: "t" },
  stance: { keys: STANCES, letter: "st" },
  source: { keys: SOURCES.map((source) => source.key), letter: "so" },
  method: { keys: ["curated", "extracted"], letter: "m" },
  relation: { keys: RELATIONS.map((relation) => relation.id), letter: "r" },
};

function hashOf() {
  const hash = new URLSearchParams();
  if (S.view !== "graph") hash.set("v", S.view);
  if (S.node !== null) hash.set("n", NODES[S.node].key);
  if (S.claim !== null) hash.set("c", CLAIM_KEYS.get(S.claim));
  if (S.focus) hash.set("f", S.focus);
  if (S.group !== null) hash.set("g", S.group);
  if (S.story !== null) hash.set("s", S.story + 1);
  for (const [facet, { keys, letter }] of Object.entries(FACETS)) {
    if (S.off[facet].size) hash.set(letter, [...S.off[facet]].sort((a, b) => a - b).map((number) => keys[number]).join("."));
  }
  if (S.from !== null) hash.set("from", monthText(S.from));
  if (S.to !== null) hash.set("to", monthText(S.to));
  if (!S.undated) hash.set("u", "0");
  if (S.words) hash.set("w", S.words);
  return hash.toString();
}

function writeHash() {
  const hash = hashOf();
  const address = hash ? "#" + hash : location.pathname + location.search;
  try { history.replaceState(null, "", address); } catch { location.hash = hash; }
}

function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const month = (text) => { const match = /^(\d{4})-(\d{2})$/.exec(text || ""); return match ? match[1] * 12 + (match[2] - 1) : null; };
  const number = (text, most) => { const value = /^\d{1,6}$/.test(text || "") ? Number(text) : null; return value !== null && value <= most ? value : null; };
  const known = (map, key) => (map.has(key) ? map.get(key) : null);
  S.view = ["map", "table"].includes(hash.get("v")) ? hash.get("v") : "graph";
  S.node = known(NODE_BY_KEY, hash.get("n"));
  S.claim = known(CLAIM_BY_ID, hash.get("c"));
  S.focus = S.node === null ? 0 : number(hash.get("f"), 4) || 0;
  S.group = GROUPS.length ? number(hash.get("g"), GROUPS.length - 1) : null;
  S.story = number(hash.get("s"), STORY.length) ? number(hash.get("s"), STORY.length) - 1 : null;
  for (const [facet, { keys, letter }] of Object.entries(FACETS)) {
    const off = (hash.get(letter) || "").split(".");
    S.off[facet] = new Set(keys.map((key, index) => (off.includes(key) ? index : -1)).filter((index) => index >= 0));
  }
  S.from = month(hash.get("from"));
  S.to = month(hash.get("to"));
  S.undated = hash.get("u") !== "0";
  S.words = hash.get("w") || "";
}
