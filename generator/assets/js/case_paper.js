// What goes on paper of a package: the team's sheet, the handout for one person in their language, and a neutral card
// with numbers. A handout and a card say nothing of goals, of the case, or of protection.
import { small } from "./controls.js";
import { address, language, notice, terms } from "./entries.js";
import { element } from "./element.js";
import { drawing } from "./qr.js";
import { rungText } from "./case_ideas.js";
import { _ } from "./words.js";

// in the order of an entry of the own list
const FACTS = ["when", "where", "cost", "for", "access", "languages", "bring", "places"];
const lines = (count) => element("div", { class: "nr-blank__lines", "aria-hidden": "true" },
  ...Array.from({ length: count }, () => element("span")));
const today = () => new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });

const items = (texts) => texts.map((text) => element("li", {}, text));
const ltr = (text) => element("bdi", { dir: "ltr" }, text);
const foreign = (lang, { dir }) => lang === document.documentElement.lang ? {} : { lang, dir };

export const shelfText = (shelf) => ({
  aids: _("Gewünscht oder schon da"), claim: _("Eigener Anspruch"), protection: _("Schutz und Krisenhilfe"),
  safe: _("Nur auf der neutralen Karte"), off: _("Nicht bei Gewalt: steht auf keinem Papier"),
})[shelf] ?? rungText(shelf);

// `pack`: {own: [[kind, {prompts: [text …], ideas: [text …]}] …], groups: [[shelf, [{title, phone, facts} …]] …]}
export function teamSheet({ will, goals }, pack) {
  const section = (title, ...parts) => element("section", {}, element("h3", {}, title), ...parts);
  const offer = ({ title, phone, facts }) => element("li", {},
    element("span", { class: "nr-team-sheet__idea" },
      element("span", {}, element("strong", {}, title),
        phone ? element("span", { class: "nr-team-sheet__phone" }, ` · ${phone}`) : ""),
      element("span", { class: "nr-team-sheet__done" },
        element("span", {}, _("Wer:")), element("span", {}, _("Bis wann:"))),
      element("span", { class: "nr-team-sheet__ticks" }, `☐ ${_("ja")}  ☐ ${_("anders")}  ☐ ${_("nein")}`)),
    element("span", { class: "nr-team-sheet__more" }, facts.filter(Boolean).join(" · ")));
  const own = ([kind, { prompts = [], ideas = [] }]) => element("div", {}, element("h4", {}, kind),
    element("ul", {}, ...items(prompts), ...items(ideas.map((text) => element("strong", {}, text)))));
  const columns = element("div", { class: "nr-team-sheet__columns" }, ...pack.own.map(own));
  return element("article", { class: "nr-sheet-a4 nr-team-sheet" },
    element("header", {}, element("h2", {}, _("Ideen aus dem Sozialraum")),
      element("p", {}, _("Für das Team · {date}", { date: today() }))),
    section(_("Was die Familie will"), will ? element("p", {}, will) : lines(2)),
    section(_("Ziele"), goals.length ? element("ol", {}, ...items(goals)) : lines(2)),
    pack.own.length ? section(_("Was die Familie selbst hat: fragen und notieren"), columns) : null,
    element("section", {}, ...pack.groups.flatMap(([shelf, offers]) => [element("h3", {}, shelfText(shelf)),
      element("ul", {}, ...offers.map(offer))])),
    element("footer", {},
      element("h3", {}, _("Frage zum Schluss")),
      element("p", {}, _("Welches Angebot bräuchten wir im Sozialraum, damit die eben beschlossene Hilfe ergänzt "
        + "werden könnte oder weniger intensiv sein müsste?")), lines(1),
      small(_("Diese Ideen ersetzen keinen Anspruch. Hilfe zur Erziehung lässt sich jederzeit prüfen und beantragen "
        + "(§§ 27, 5 SGB VIII). Die Familie nimmt an, ändert oder lehnt ab. In die Akte oder vernichten."))));
}

// `entries` of the own list in the handout's language, by their ids in order; `told` stands in the page's data.
export function handout(entries, { told, lang, young, prompts, own }) {
  const word = (name) => (young && told.words[`${name}Young`]) || told.words[name];
  const names = FACTS.map((name) => told.words[name]);
  const section = (title, ...parts) => element("section", {}, element("h3", {}, word(title)), ...parts);
  const phone = (number) => element("p", { class: "nr-handout-sheet__phone" },
    element("span", {}, `${word("phone")}: `), ltr(number));
  const offer = ([id, entry]) => element("div", { class: "nr-handout-sheet__offer" },
    element("div", {},
      element("h4", language(entry), entry.n),
      element("p", language(entry), entry.s),
      notice(entry, word("notice")),
      entry.p ? phone(entry.p) : null,
      terms(entry, names),
      entry.c ? small(word("checked").replace("{date}", entry.c)) : null),
    drawing(address(id, told.root), word("code").replace("{name}", entry.n)));
  return element("article", { class: "nr-sheet-a4 nr-handout-sheet", ...foreign(lang, told) },
    element("header", {}, element("h2", {}, word("title")), element("p", {}, word("lead"))),
    prompts.length ? section("think", element("ul", {}, ...items(prompts.map((id) => told.prompts[id])))) : null,
    own.length ? section("own", element("ul", {}, ...own.map((text) => element("li", { dir: "auto" }, text)))) : null,
    entries.length ? section("go", ...entries.map(offer)) : null,
    element("footer", {}, element("p", {}, word("right"))));
}

// Numbers of protection between others that nobody wonders about: no names, no word of what for.
export function card(numbers, { told, lang }) {
  const [first, ...rest] = told.neutral;
  const rows = [first, ...numbers.map((number) => [told.words.advice, number]), ...rest].filter(Boolean);
  const row = ([name, number]) => element("li", {}, element("span", {}, name), ltr(number));
  return element("article", { class: "nr-sheet-a4 nr-card-sheet", ...foreign(lang, told) },
    element("div", { class: "nr-card-sheet__card" }, element("h2", {}, told.words.card),
      element("ul", {}, ...rows.map(row))));
}
