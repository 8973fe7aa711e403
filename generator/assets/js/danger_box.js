// The box above all hits when somebody is in danger: the number to call, then lines by need, the same for everybody in a situation.
// Nothing of it is kept or sent; its files, and what reads them, are loaded for everybody who searches, before the first hit is shown.
import { bar } from "./back.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { _ } from "./words.js";

const files = new Map();
let leaveBy = null; // comes with the phrases: a file that came only when violence is told would tell it
const LOW = 3; // a box that begins below this share of the screen is scrolled to
const NAMED = 4; // languages that are named in a line; the others are counted

const part = (folder, name) => json(new URL(`${folder}${name}.json`, document.baseURI).href);

// The phrases and boxes of a language, once; null where they can't be had, and then the box leads to the page of numbers. For everybody
// alike a second part follows (`all`): the phrases and texts of the other languages.
export function loadDanger(folder, language) {
  if (!files.has(language)) {
    const first = part(folder, `danger.${language}`), later = part(folder, `danger_later.${language}`);
    files.set(language, Promise.all([first, import("./danger.js"), import("./exit.js")]).then(([file, { Danger }, { guard }]) => {
      leaveBy = guard;
      const danger = new Danger(file);
      danger.all = later.then((more) => danger.add(more), console.error);
      return danger;
    }).catch((error) => {
      console.error(error);
      files.delete(language);
      return null;
    }));
  }
  return files.get(language);
}

// What is found in words, with what found it: phrases that fail on them tell as little as those that didn't come.
export function recognised(danger, query, language) {
  try {
    return { danger, found: danger?.recognise(query, language) ?? null };
  } catch (error) {
    console.error(error);
    return { danger: null, found: null };
  }
}

// What is said in the language of the words, and in that of the data beside it.
class Speech {
  constructor(danger, language) {
    const { texts, file: { own } } = danger;
    const wanted = [language ?? own[0], own.at(-1)].filter((one) => texts[one]);
    this.danger = danger;
    this.texts = texts;
    this.languages = [...new Set(wanted)];
    this.language = this.languages[0];
    this.told = new Set(); // lines of which all was said: named again they are but a number
  }

  of(read) {
    return this.languages.map((lang, nth) => element("span", { lang, dir: "auto", class: nth ? "nr-danger__beside" : "nr-danger__said" }, read(this.texts[lang])));
  }

  word(name) {
    return this.texts[this.language][name];
  }

  // For whom a line is; what a language has no words for, help.yml and the offer say.
  whom({ id, for: whom }) {
    return this.texts[this.language].numbers?.[id] ?? whom;
  }

  state(line, moment) {
    if (line.always) return this.word("always");
    return this.danger.answers(line, moment) ? `${this.word("open")} · ${line.when}` : line.when;
  }

  // The languages that are spoken there, as their speakers write them, that of the one who writes first.
  spokenAt({ languages = [] }) {
    const names = [...languages].sort(([one], [other]) => (other === this.language) - (one === this.language)).map(([, name]) => name);
    const more = names.length - NAMED;
    const named = names.slice(0, NAMED).join(", ");
    return more > 0 ? _("{names} und {n} weitere", { names: named, n: more }) : named;
  }
}

// Where the box stands beside work that nobody may guess (`beside`), its lines are telephones and lead nowhere else.
function lineOf(line, { root, beside }, speech, moment) {
  const number = line.tel ? element("a", { class: "nr-danger__phone", href: line.tel }, element("bdi", { dir: "ltr" }, line.phone)) : null;
  const address = /^https?:/.test(line.url ?? "") ? line.url : root + line.url;
  const name = line.url && !beside ? element("a", { href: address, rel: "noreferrer" }, line.name) : line.name;
  const more = (text) => text ? element("span", { class: "nr-danger__more" }, text) : null;
  const head = (...children) => element("span", { class: "nr-danger__head" }, ...children);
  if (line.tel && speech.told.has(line)) number.append(element("span", { class: "nr-vh", lang: line.lang }, ` ${line.name}`));
  if (line.tel && speech.told.has(line)) return element("li", { class: "nr-danger__line" }, head(number, more(speech.state(line, moment))));
  speech.told.add(line);
  return element("li", { class: "nr-danger__line" },
    head(number, element("strong", { class: "nr-danger__name", lang: line.lang }, name)),
    more([speech.whom(line), speech.state(line, moment)].filter(Boolean).join(" · ")),
    waysOf(line, beside),
    more(speech.spokenAt(line)));
}

// Further numbers, writing and signing.
function waysOf({ further = [], chat, sign }, beside) {
  const outside = (href, text) => href && !beside ? element("a", { href, rel: "noreferrer external" }, text) : null;
  const numbers = further.map(([text, tel]) => element("a", { href: tel }, element("bdi", { dir: "ltr" }, text)));
  const ways = [...numbers, outside(chat, _("Chat")), outside(sign, _("Gebärdensprache"))].filter(Boolean);
  return ways.length ? element("span", { class: "nr-danger__more" }, ...ways.flatMap((way) => [way, " "])) : null;
}

// Puts the box into its place, or takes it away; the same finding leaves it alone, so a finger on a number stays there.
// `texts` are the addresses from this page: root of the tree, page of numbers, page on safety; with `beside` pages open in a window of
// their own, and no link tells what was found. `asked` is whether there is anything to warn of where the phrases are missing.
export function show(place, danger, found, texts, asked) {
  const shown = danger ? JSON.stringify(found && [found.situations, found.language, found.called]) : String(asked);
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const draw = () => {
    if (place.dataset.shown !== shown) return;
    if (danger) place.replaceChildren(...found ? [boxOf(danger, found, texts)] : []);
    else place.replaceChildren(...asked ? [plainBox(texts)] : []);
  };
  draw();
  if (found?.language && !danger.texts[found.language]) danger.all.then(draw);
  const before = place.hidden;
  place.hidden = !place.firstChild;
  if (!place.hidden) bar();
  if (before && found && !texts.beside) requestAnimationFrame(() => moveUp(place));
}

// On a phone the numbers would stand below the first screen.
function moveUp(place) {
  if (place.getBoundingClientRect().top > innerHeight / LOW) (place.closest("form") ?? place).scrollIntoView({ block: "start" });
}

function away(href, text, { beside }) {
  return beside ? element("a", { href, target: "_blank", rel: "noopener" }, text, element("span", { class: "nr-vh" }, ` ${_("(öffnet ein neues Fenster)")}`)) : element("a", { href }, text);
}

// The pages with a search have no bar of their own; where the work is beside, nobody looks over a shoulder.
function leaving({ exit, beside }, speech) {
  if (!exit || beside) return null;
  const link = element("a", { class: "nr-button nr-button--alarm", href: exit, rel: "noreferrer" }, speech.word("leave"));
  const line = element("p", {}, link);
  leaveBy(link);
  return line;
}

function boxOf(danger, found, texts, moment = new Date()) {
  const { quiet, first, needs } = danger.box(found, moment);
  const speech = new Speech(danger, found.language);
  const level = texts.beside ? 3 : 2; // below the page's title, or below that of the part in which work goes on
  const list = (lines) => element("ul", { class: "nr-danger__lines" }, ...lines.map((line) => lineOf(line, texts, speech, moment)));
  const [now, ...later] = first.length ? [[null, first], ...needs] : needs;
  const section = ([need, lines]) => element("div", { class: "nr-danger__need" },
    need ? element(`h${level + 1}`, { class: "nr-danger__title" }, ...speech.of((said) => said.needs[need])) : null, list(lines));
  // Who may be watched leaves with one tap; who must call at once sees the number first.
  const upper = quiet ? [leaving(texts, speech), section(now)] : [section(now)];
  return element("section", { class: "nr-danger", "aria-label": speech.word(quiet ? "quiet" : "now") },
    element(`h${level}`, { class: "nr-danger__title" }, ...speech.of((said) => said[quiet ? "quiet" : "now"])),
    ...upper,
    ...found.situations.map((id) => element("p", {}, ...speech.of((said) => said.says[id]))),
    ...later.map(section),
    quiet ? element("p", { class: "nr-danger__trace" }, ...speech.of((said) => said.trace), " ", texts.safe ? away(texts.safe, _("Sicher Hilfe holen"), texts) : null) : null,
    element("p", { class: "nr-danger__trace" }, away(texts.help, _("Alle Nummern"), texts)));
}

// Where the phrases couldn't be loaded, the numbers are one tap away.
function plainBox(texts) {
  return element("section", { class: "nr-danger", "aria-label": _("Sofort Hilfe") }, element("p", {}, _("In Gefahr?"), " ", element("a", { href: texts.help }, _("Sofort Hilfe"))));
}

// What a screen reader hears.
export function spoken(danger, found) {
  const { first, needs } = danger.box(found);
  const [line] = first.length ? first : needs[0][1];
  return _("Hilfe sofort: {phone}, {name}. Diese und weitere Nummern stehen vor den Treffern.", { name: line.name, phone: line.phone || "" });
}
