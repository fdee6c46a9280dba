// The case as the page holds it, and small things that every part needs. Text of the case reaches the page through
// `textContent` and the canvas only.

const D = JSON.parse(document.getElementById("data").textContent);
const NODES = D.nodes, CLAIMS = D.claims, STATEMENTS = D.statements, SOURCES = D.sources, RELATIONS = D.relations;
const TYPES = D.types, STANCES = D.stances, GROUPS = D.groups || [], STORY = D.story;
const ASSERTED = 0, ALLEGED = 1, DENIED = 2;
const TYPE_NAMES = { unidentified: "not named" };
const SHAPES = { person: "dot", official: "hexagon", organization: "square", place: "triangleDown", group: "star", work: "diamond", unidentified: "dot" };

const $ = (id) => document.getElementById(id);

/** A new element. `properties` are set as properties, `aria-…`, `role`, `data-…` and `for` as attributes; children are nodes or text. */
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (/^(aria-|data-|role$|for$|scope$|colspan$)/.test(key)) element.setAttribute(key, value);
    else if (key === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A name on one line: no control characters, nothing that turns the direction of what stands beside it. */
function oneLine(text) {
  return String(text).replace(BIDI, "").replace(CONTROL, " ").replace(/\s+/g, " ").trim() || "(no name)";
}

function shorten(text, longest) {
  const letters = Array.from(text);
  return letters.length > longest ? letters.slice(0, longest - 1).join("").trimEnd() + "…" : text;
}

const FOLDS = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "‘": "'", "“": '"', "”": '"' };

/** Text as it is searched: without accents and case. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[łøđðıßæœþ’‘“”]/g, (letter) => FOLDS[letter]);
}

function plural(count, one, many = one + "s") {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The name of a speaker or place: an entity by its number, or the words themselves. */
function whoName(who) {
  return typeof who === "number" ? NODES[who].label : oneLine(who);
}

/** Only addresses of the web become links. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return (url.protocol === "https:" || url.protocol === "http:") && !/[\u0000-\u0020]/.test(text) ? url.href : null;
  } catch { return null; }
}

const monthText = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String(month % 12 + 1).padStart(2, "0")}`;

for (const node of NODES) {
  node.label = oneLine(node.name);
  node.lines = [];      // claims with an entity at the other end
  node.facts = [];      // claims with a value: an age, a position
  node.speaks = [];     // statements that it makes
  node.hosts = [];      // statements that happened there
}
STATEMENTS.forEach((statement, number) => {
  statement.n = number;
  statement.via = statement.via || [];
  statement.qualifiers = statement.qualifiers || [];
  statement.doubts = statement.doubts || [];
  // What is not certain is drawn like what is only alleged: no line that looks like a fact stands for it.
  statement.drawn = statement.doubts.length && statement.stance === ASSERTED ? ALLEGED : statement.stance;
  if (typeof statement.speaker === "number") NODES[statement.speaker].speaks.push(number);
  for (const who of statement.via) if (typeof who === "number") NODES[who].speaks.push(number);
  if (typeof statement.place === "number") NODES[statement.place].hosts.push(number);
});
CLAIMS.forEach((claim, number) => {
  claim.n = number;
  claim.label = RELATIONS[claim.r].label;
  for (const row of claim.statements) STATEMENTS[row].claim = number;
  if (claim.o === undefined) NODES[claim.s].facts.push(number);
  else {
    NODES[claim.s].lines.push(number);
    if (claim.o !== claim.s) NODES[claim.o].lines.push(number);
  }
});
const NODE_BY_KEY = new Map(NODES.map((node, number) => [node.key, number]));
const CLAIM_BY_ID = new Map();
for (const claim of CLAIMS) CLAIM_BY_ID.set(claim.o === undefined || !CLAIM_BY_ID.has(claim.id) ? claim.id : `${claim.id}.${NODES[claim.s].key}`, claim.n);
const CLAIM_KEYS = new Map([...CLAIM_BY_ID].map(([key, number]) => [number, key]));

const otherEnd = (claim, node) => (claim.s === node ? claim.o : claim.s);
const mayMean = (statement, from, to) => {
  if (!statement.months) return false;
  const [first, last] = statement.months;
  return (first === null || first <= to) && (last === null || last >= from);
};
