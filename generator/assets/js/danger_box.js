// The box above all hits when somebody is in danger: lines to call, calm and in their order. Nothing of it is kept or sent;
// the file, and what reads it, are loaded for everybody who searches, before the first hit is shown.
import { bar } from "./back.js";
import { element } from "./element.js";
import { stateAt } from "./hours.js";
import { json } from "./loading.js";
import { _ } from "./words.js";

const files = new Map();
let leaveBy = null; // comes with the lexicon: a file that came only when violence is told would tell it
const LOW = 3; // a box that begins below this share of the screen is scrolled to
const FIRST = 3, POLICE = "110"; // lines shown at once; the others follow a tap

// The lexicon of a language, once; null where it can't be had, and then the box leads to the page of numbers.
export function loadDanger(folder, language) {
  const url = new URL(`${folder}danger.${language}.json`, document.baseURI).href;
  if (!files.has(url)) {
    files.set(url, Promise.all([json(url), import("./danger.js"), import("./exit.js")]).then(([file, { Danger }, { guard }]) => {
      leaveBy = guard;
      return new Danger(file);
    }).catch((error) => {
      console.error(error);
      files.delete(url);
      return null;
    }));
  }
  return files.get(url);
}

// What a lexicon finds in words, with the lexicon: one that fails on them tells as little as one that didn't come.
export function recognised(danger, query) {
  try {
    return { danger, found: danger?.recognise(query) ?? null };
  } catch (error) {
    console.error(error);
    return { danger: null, found: null };
  }
}

function state(line, moment) {
  if (line.always) return _("Tag und Nacht");
  if (!line.hours) return line.when ?? "";
  return stateAt(line.hours, moment).open ? `${_("jetzt erreichbar")} · ${line.when}` : line.when;
}

// The languages of a line in few words, that of the one who writes first.
function languagesOf(line, own) {
  const all = [...line.languages ?? []].sort(([one], [other]) => (other === own) - (one === own)).map(([, name]) => name);
  if (all.length < 5) return all.length ? _("Auch auf: {languages}", { languages: all.join(", ") }) : "";
  return _("Auch auf: {languages} und in {n} weiteren Sprachen", { languages: all.slice(0, 2).join(", "), n: all.length - 2 });
}

// Where the box stands beside work that nobody may guess (`beside`), its lines are telephones and lead nowhere else.
function lineOf(line, { root, beside }, own, moment) {
  const number = line.tel && element("a", { class: "nr-danger__phone", href: line.tel }, element("bdi", { dir: "ltr" }, line.phone));
  const name = line.url && !beside ? element("a", { href: root + line.url }, line.name) : element("span", {}, line.name);
  const further = (line.further ?? []).map(([text, tel]) => element("a", { href: tel }, element("bdi", { dir: "ltr" }, text)));
  const ways = beside ? [] : [
    line.chat && element("a", { href: line.chat, rel: "noreferrer external" }, _("Chat")),
    line.sign && element("a", { href: line.sign, rel: "noreferrer external" }, _("Gebärdensprache")),
  ].filter(Boolean);
  return element("li", { class: "nr-danger__line" },
    element("span", { class: "nr-danger__head" }, number || null, " ", element("strong", { class: "nr-danger__name" }, name)),
    element("span", { class: "nr-danger__more" }, [line.for, state(line, moment)].filter(Boolean).join(" · ")),
    further.length || ways.length ? element("span", { class: "nr-danger__more" }, ...[...further, ...ways].flatMap((way, nth) => nth ? [" · ", way] : [way])) : null,
    line.languages ? element("span", { class: "nr-danger__more" }, languagesOf(line, own)) : null);
}

// Puts the box into its place, or takes it away; the same finding leaves it alone, so a finger on a number stays there.
// `texts` are the addresses from this page: root of the tree, page of numbers, page on safety; with `beside` pages open in a window of
// their own, and no link tells what was found. `asked` is whether there is
// anything to warn of where the lexicon is missing.
export function show(place, danger, found, texts, asked) {
  const state = danger ? JSON.stringify(found && [found.answers, found.emergency, found.other, found.language]) : String(asked);
  if (place.dataset.shown === state) return;
  place.dataset.shown = state;
  if (danger) place.replaceChildren(...found ? [boxOf(danger, found, texts)] : []);
  else place.replaceChildren(...asked ? [plainBox(texts)] : []);
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

// The first ones that somebody answers now, and the police wherever there is violence; the others follow a tap.
function divided(lines, violence, moment) {
  const answered = lines.filter((line) => line.always || !line.hours || stateAt(line.hours, moment).open !== false);
  const first = answered.slice(0, FIRST), police = violence && answered.find(({ phone }) => phone === POLICE);
  if (police && !first.includes(police)) first.push(police);
  return [first, lines.filter((line) => !first.includes(line))];
}

// The pages with a search have no bar of their own; where the work is beside, nobody looks over a shoulder.
function leaving({ exit, beside }) {
  if (!exit || beside) return null;
  const link = element("a", { class: "nr-button nr-button--alarm", href: exit, rel: "noreferrer" }, _("Seite verlassen"));
  const line = element("p", {}, link);
  leaveBy(link);
  return line;
}

function boxOf(danger, found, texts, moment = new Date()) {
  const { answers } = danger.file;
  const [first] = found.answers.map((id) => answers[id]);
  const list = (lines) => element("ul", { class: "nr-danger__lines" }, ...lines.map((line) => lineOf(line, texts, found.language, moment)));
  const [now, later] = divided(danger.lines(found, moment), found.violence, moment);
  return element("section", { class: "nr-danger", "aria-label": first.title },
    found.violence ? leaving(texts) : null,
    element("p", { class: "nr-danger__title" }, first.title),
    element("p", {}, first.says),
    found.other ? element("p", {}, _("Sie dürfen auch für jemand anderen anrufen.")) : null,
    list(now),
    later.length ? element("details", { class: "nr-danger__rest" }, element("summary", {}, _("Weitere Nummern")), list(later)) : null,
    element("p", { class: "nr-danger__trace" }, _("Die Anrufliste im Telefon und der Verlauf im Browser bleiben stehen."),
      texts.safe ? " " : null, texts.safe ? away(texts.safe, _("Sicher Hilfe holen"), texts) : null,
      " · ", away(texts.help, _("Alle Nummern"), texts)));
}

// Where the lexicon couldn't be loaded, the numbers are one tap away.
function plainBox(texts) {
  return element("section", { class: "nr-danger", "aria-label": _("Sofort Hilfe") }, element("p", {}, _("In Gefahr?"), " ", element("a", { href: texts.help }, _("Sofort Hilfe"))));
}

// What a screen reader hears.
export function spoken(danger, found) {
  const first = danger.lines(found)[0];
  return _("Hilfe sofort: {phone}, {name}.", { name: first.name, phone: first.phone || "" });
}
