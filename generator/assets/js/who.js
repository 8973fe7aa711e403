// Finds whom to call by what is typed: entries that hold every word, else those that hold most of them; below, what the
// site's search finds. Nothing leaves the page; without this script all of it is there, folded.
import "./back.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const OFFERED = 8; // offers and houses that are named
const INSIDE = 5; // letters of a word that may stand inside of a longer one: „hilfe“
const form = document.getElementById("wer-suche");
const ways = document.querySelector(".nr-who");
const status = document.getElementById("wer-gefunden");
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ");
const spaces = [...document.querySelectorAll(".nr-who__space")];
const parts = [...document.querySelectorAll(".nr-part")].map((part) => ({
  part, open: part.open,
  entries: [...part.querySelectorAll(".nr-calls > li, tbody > tr, .nr-glance__row")].map((entry) => {
    // Found as well by the area and by the heading.
    const heads = [part.querySelector("h2"), entry.closest(".nr-who__space")?.querySelector("h3")].filter(Boolean);
    const above = heads.map((head) => `${head.id} ${head.textContent}`).join(" ");
    return { entry, text: plain(` ${entry.textContent} ${above}`) };
  }),
}));
let index = null;

async function load() {
  const [{ json }, { Index }] = await Promise.all([import("./loading.js"), import("./matching.js")]);
  index = await Index.inPieces(await json(form.dataset.index));
  find();
}

const holds = (text, word) => text.includes(` ${word}`) || (word.length >= INSIDE && text.includes(word));

// What the site's search finds of some kinds, the best first; nothing where it says that there is none.
function hits(query, kinds) {
  if (!index || !query) return [];
  const { ids, kind } = index.search(query);
  return ["no", "perhaps"].includes(kind) ? []
    : ids.filter((id) => kinds().includes(index.kind[id])).slice(0, OFFERED).map((id) => index.entry(id));
}

const terms = () => [index.term];
const houses = () => [index.offer, ...index.houses];

// The words that tell something, as they are compared and as they are written.
function wordsOf(text) {
  const all = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean).map((word) => [plain(word), word]);
  const telling = all.filter(([word]) => !index?.stop.has(word));
  return telling.length ? telling : all;
}

const counted = (text, asked) => asked.filter(([word]) => holds(text, word)).length;
const mostOf = (asked) => Math.max(0,
  ...parts.flatMap(({ entries }) => entries.map(({ text }) => counted(text, asked))));

// What is meant by words that no entry holds, as the glossary calls it: JHA. Where offers answer, its best term.
function meant(typed) {
  const called = hits(typed, terms).slice(0, hits(typed, houses).length ? 1 : OFFERED)
    .map(({ title }) => wordsOf(title));
  return called.find((asked) => mostOf(asked) === asked.length) ?? wordsOf(typed);
}

function find() {
  const typed = form.elements.wer.value.trim();
  const asked = mostOf(wordsOf(typed)) ? wordsOf(typed) : meant(typed);
  const most = mostOf(asked);
  const count = (text) => counted(text, asked);
  const offers = hits(typed, houses);
  let total = 0;
  for (const { part, open, entries } of parts) {
    // Where nobody is found all of it shows, but beside offers.
    for (const { entry, text } of entries) {
      entry.hidden = asked.length > 0 && (most ? count(text) < most : offers.length > 0);
    }
    const shown = entries.filter(({ entry }) => !entry.hidden).length;
    part.hidden = asked.length > 0 && !shown;
    part.open = most ? shown > 0 : open;
    total += most ? shown : 0;
  }
  const inSight = ".nr-calls > li:not([hidden]), tbody > tr:not([hidden])";
  for (const space of spaces) space.hidden = most > 0 && !space.querySelector(inSight);
  ways.hidden = most + offers.length > 0;
  const unknown = asked.filter((word) => !mostOf([word]) && !hits(word[1], houses).length)
    .map(([, written]) => written).join(" ");
  tell(total, typed, unknown, offers);
}

function tell(total, typed, unknown, offers) {
  const lines = [];
  if (total && unknown) lines.push(_("{n} gefunden, ohne „{words}“", { n: total, words: unknown }));
  else if (total) lines.push(_("{n} gefunden", { n: total }));
  else if (typed && !offers.length) lines.push(_("„{words}“ steht hier nicht", { words: typed }));
  const links = offers.flatMap(({ title, url, language }, nth) =>
    [nth ? ", " : "", element("a", { href: form.dataset.root + url, lang: language }, title)]);
  status.replaceChildren(lines.join(" · "), ...links.length
    ? [element("span", { class: "nr-who__offers" }, `${_("Angebote und Stellen:")} `, ...links)] : []);
}

if (form) {
  form.hidden = false;
  form.addEventListener("focusin", () => load().catch(console.error), { once: true });
  form.addEventListener("input", find);
  form.addEventListener("submit", (event) => event.preventDefault());
  find();
}
