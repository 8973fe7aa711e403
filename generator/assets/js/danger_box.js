// The box above all hits when somebody is in danger: a line for each need, the same for everybody in a situation; what
// isn't needed at once is folded (danger.js decides which). Nothing of it is kept or sent; its files, and what reads
// them, are loaded for everybody who searches, before the first hit is shown.
import { bar } from "./back.js";
import { element } from "./element.js";
import { stateAt } from "./hours.js";
import { json } from "./loading.js";
import { stateInWords } from "./open.js";
import { inPieces } from "./pause.js";
import { _ } from "./words.js";

const files = new Map();
let leaveBy = null; // comes with the phrases: a file that came only when violence is told would tell it
const LOW = 3; // a box that begins below this share of the screen is scrolled to
const MANY = 5; // from so many languages on a line says no names
const WIDE = "(min-width: 45em)"; // there German stands beside, on a phone it is folded
const INNER = ["unsure", "childhood", "men", "other", "own"];
const RIGHT = /^(?:ar|fa)/; // written from right to left

const part = (folder, name) => json(new URL(`${folder}${name}.json`, document.baseURI).href);

// The phrases and boxes of a language, once; null where they can't be had, and then the box leads to the page of
// numbers. Phrases and texts of the others follow (`further`) where a word isn't of the page's language.
export function loadDanger(folder, language) {
  if (!files.has(language)) {
    let later;
    files.set(language, Promise.all([part(folder, `danger.${language}`), import("./danger.js"), import("./exit.js")])
      .then(([file, { Danger }, { guard }]) => {
      leaveBy = guard;
      const danger = new Danger(file);
      danger.further = () => later ??= part(folder, `danger_later.${language}`)
        .then((more) => inPieces(danger.adding(more)), (error) => {
        danger.partly = true;
        console.error(error);
      });
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

// A language as those who speak it call it.
const nameOf = (language) => new Intl.DisplayNames([language], { type: "language" }).of(language);
const linkTo = (href, text, lang) => element("a", { href, lang, rel: "noreferrer" }, text);
export const phoneOf = (line) => element("a", { class: "nr-danger__phone", href: line.tel },
  element("bdi", { dir: "ltr" }, line.phone));
export const joined = (parts) => parts.filter(Boolean).flatMap((part, nth) => nth ? [" · ", part] : [part]);
export const whenOf = ({ hours, when }, moment) => (hours && stateInWords(hours, moment)?.text) || when;
const PAGE = document.documentElement.lang.split("-")[0];

// The box in one language.
class Speech {
  constructor(danger, language, { root }, moment) {
    Object.assign(this, { danger, language, root, moment, texts: danger.texts[language] });
  }

  // What stands there in the words of the page: another language goes without.
  local(text) {
    return text && this.language === PAGE ? element("span", { dir: "auto" }, text) : null;
  }

  // When somebody answers, in figures: until when now, or from when.
  figures({ hours }) {
    const { open, until, next } = hours ? stateAt(hours, this.moment) : {};
    const at = (wall) => new Intl.DateTimeFormat(`${this.language}-u-nu-latn`, { weekday: "short", hour: "2-digit",
      minute: "2-digit", timeZone: "UTC" }).format(new Date(`${wall}Z`));
    return open && until ? `→ ${at(until)}` : open === false && next ? `${at(next)} →` : null;
  }

  labelOf({ situation, need }) {
    return situation ? this.texts.says[situation] : this.texts.needs[need];
  }

  // What is tapped: a number, or the page where there is none.
  head(line) {
    if (line.tel) return phoneOf(line);
    return linkTo(/^https?:/.test(line.url) ? line.url : this.root + line.url, line.name, line.lang);
  }

  // When somebody answers; of an emergency number everybody knows.
  state(line) {
    if (line.called || line.always && !line.tel) return null;
    if (line.always) return this.texts.always;
    return this.language === PAGE ? this.local(whenOf(line, this.moment)) : this.figures(line);
  }

  // Whether the language of the words is spoken, else whether many are.
  spokenAt({ languages = [] }) {
    if (languages.includes(this.language)) return nameOf(this.language);
    return languages.length < MANY ? "" : this.texts.many;
  }

  ways({ chat, sign }) {
    return [chat && linkTo(chat, _("Chat")), sign && this.language === PAGE && linkTo(sign, _("Gebärdensprache"))];
  }

  // What stands behind the first number: who answers otherwise, who at other hours, and a bed.
  rest(line, lines) {
    const others = lines.filter((one) => one !== line && !one.mark),
      bed = lines.find((one) => one.mark && one !== line);
    const otherwise = line.always ? others.filter((one) => !one.always && !one.local) : others.filter((one) =>
      one.always).slice(0, 1);
    const said = (one, word, state) => element("span", {}, word ? `${word} ` : "", this.head(one),
      ...state ? [" ", state] : []);
    return [...otherwise.map((one) => one.always ? said(one, this.texts.other) : said(one, "", this.state(one))),
      bed && said(bed, this.texts[bed.mark])];
  }

  // A text with the numbers in it to be tapped.
  told(text, lines) {
    const numbers = lines.filter(({ phone }) => phone && text.includes(phone));
    return numbers.reduce((pieces, line) => pieces.flatMap((piece) =>
      typeof piece === "string" && piece.includes(line.phone) ? [piece.slice(0, piece.indexOf(line.phone)),
        phoneOf(line), piece.slice(piece.indexOf(line.phone) + line.phone.length)] : [piece]), [text]);
  }

  // The parts of a text, each with the number that it begins with in front; those that are called by name come first.
  *parts(text, lines, called = []) {
    const isCalled = (part) => called.some(({ phone }) => part.startsWith(phone));
    for (const part of text.split(" · ").sort((one, other) => isCalled(other) - isCalled(one))) {
      const line = lines.find(({ phone }) => phone && part.startsWith(`${phone} `));
      yield line ? [[line], this.told(part.slice(line.phone.length), lines)] : [[], this.told(part, lines)];
    }
  }

  // The numbers in front, and what they are for; a text that begins with one has them all.
  row({ situation, need, lines: all, called }) {
    const label = this.labelOf({ situation, need });
    const others = all.filter(({ phone }) => !phone || !label.includes(phone));
    const answered = others.filter((line) => this.danger.answers(line, this.moment));
    const front = situation && answered.length ? answered : (others.length ? others : all).slice(0, 1);
    const parts = [...this.parts(label, all, called)], begins = parts[0][0].length > 0;
    const [page] = begins ? [] : front.filter(({ tel, url }) => !tel && !/^https?:/.test(url));
    if (page) parts[0] = [[], [linkTo(this.root + page.url, label)]];
    else if (!begins) {
      parts[0][0] = front;
      parts[0][1] = joined([element("span", {}, ...parts[0][1]),
        ...situation ? [] : this.aboutOf(front[0], others, need)]);
    }
    return element("li", { class: "nr-danger__line" }, ...parts.map(([calls, text]) =>
      element("div", { class: "nr-danger__part" }, ...calls.length ? [element("span", { class: "nr-danger__call" },
        ...calls.map((one) => this.head(one)))] : [], element("span", {}, ...text))));
  }

  aboutOf(line, all, need) {
    const ways = need === "talk" ? this.ways(line) : [];
    // Who is meant: a man who is hit shouldn't have to ask at a house for women, nor a mother at a place for men.
    const who = need === "place" || need === "here" ? this.local(line.local && line.for) : null;
    return [who, need === "young" && line.always || need === "bed" ? null : this.state(line), this.spokenAt(line),
      ...ways, ...this.rest(line, all)];
  }

  list(rows) {
    return element("ul", { class: "nr-danger__lines", lang: this.language,
      dir: RIGHT.test(this.language) ? "rtl" : "ltr" }, ...rows.map((row) => this.row(row)));
  }

  // The same in the language of the town, for who stands by.
  beside(rows) {
    return element("details", { lang: this.language, dir: "ltr", open: matchMedia(WIDE).matches },
      element("summary", {}, nameOf(this.language)), this.list(rows));
  }

  // What is folded: whom to call, or for a situation what its first line says.
  fold({ situation, need, lines }, more) {
    if (situation) return folded(this.texts.names[situation], this.list([{ situation, lines }]));
    const about = (line) => element("li", { class: "nr-danger__line" },
      ...joined([element("span", {}, this.head(line), " ", this.local(line.local && !line.mark && line.for) ?? ""),
        this.state(line), this.spokenAt(line), ...this.ways(line)]));
    return folded(this.texts.needs[need],
      need === "know" ? more() : element("ul", { class: "nr-danger__lines" }, ...lines.map(about)));
  }

  // What somebody should know who may be watched, in the words of the situations.
  worth(situations, lines) {
    const said = [...situations.map((id) => this.texts.more[id]).filter(Boolean), this.texts.trace];
    return element("p", {}, ...said.flatMap((text) => [...this.told(text, lines), " "]));
  }
}

export const folded = (title, ...content) => element("details", {}, element("summary", {}, title), ...content);

// Puts the box into its place, or takes it away; the same finding leaves it alone, so a finger on a number stays there.
// `texts` are the addresses from this page: root of the tree, page of numbers, page on safety; another `box` for who
// works with families; the `field` to which Escape leads, and what the one button does (`other`).
export function show(place, danger, found, texts) {
  const { situations, language, called } = found ?? {};
  const shown = JSON.stringify(found && [situations, language, called, !texts.other]);
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const draw = () => {
    if (place.dataset.shown !== shown) return;
    place.replaceChildren(...found ? [(texts.box ?? boxOf)(danger, found, texts)] : [],
      ...texts.other ? [more(danger, found, texts.other)] : []);
  };
  draw();
  if (found?.language && !danger.texts[found.language]) danger.further().then(draw);
  // A handler that returns false would stop the key itself: Tab, Enter and Space belong to who has no mouse.
  place.onkeydown = ({ key }) => { if (key === "Escape") texts.field?.focus(); };
  const before = place.hidden;
  place.hidden = !found;
  if (found) bar();
  if (before && found && !texts.box) requestAnimationFrame(() => moveUp(place));
}

const spokenIn = (danger, { language }) => danger.texts[language] ? language : danger.file.own[0];

// Nothing stands below but this button.
function more(danger, found, onclick) {
  const lang = spokenIn(danger, found), { all, hits } = danger.texts[lang];
  return element("button", { type: "button", class: "nr-search__word nr-danger__all", lang, dir: "auto", onclick },
    danger.offersAbout(found) ? all : hits);
}

// On a phone the numbers would stand below the first screen.
export function moveUp(place) {
  if (place.getBoundingClientRect().top > innerHeight / LOW) {
    (place.closest("form") ?? place).scrollIntoView({ block: "start" });
  }
}

// The pages with a search have no bar of their own.
function leaving({ exit }, text) {
  if (!exit) return null;
  const link = element("a", { class: "nr-button nr-button--alarm", href: exit, rel: "noreferrer" }, text);
  const place = element("span", { class: "nr-danger__leave" }, link);
  leaveBy(link);
  return place;
}

function boxOf(danger, found, texts) {
  const moment = new Date();
  const { quiet, open, folded: more } = danger.box(found, moment);
  const wanted = new Set([spokenIn(danger, found), danger.file.own.at(-1)]);
  const [speech, beside] = [...wanted].map((one) => new Speech(danger, one, texts, moment));
  const { language } = speech, title = speech.texts[quiet ? "quiet" : "now"];
  const own = language === PAGE;
  const all = element("p", {}, element("a", { href: texts.help }, own ? _("Alle Nummern") : speech.texts.now),
    ...own && texts.safe ? [" · ", element("a", { href: texts.safe }, _("Sicher Hilfe holen"))] : []);
  const folds = (rows) => rows.map((row) => speech.fold(row, () => worth(row.lines)));
  // With several situations the titles that say no danger stand within „Gut zu wissen“.
  const inner = found.situations.length > 1 ? more.filter(({ need }) => INNER.includes(need)) : [];
  const worth = (lines) => element("div", {}, speech.worth(found.situations, lines), all, ...folds(inner));
  const know = more.some(({ need }) => need === "know");
  return element("section", { class: "nr-danger", "aria-label": title, lang: language,
    dir: RIGHT.test(language) ? "rtl" : "ltr" },
    element("div", { class: "nr-danger__top" }, element("h2", { class: "nr-danger__title" }, title),
      leaving(texts, speech.texts.leave)),
    speech.list(open),
    element("div", { class: "nr-danger__more" }, beside ? beside.beside(open) : null,
      ...folds(more.filter((row) => !know || !inner.includes(row))), know ? null : all));
}

// What a screen reader hears: the number that was typed, else the first.
export function spoken(danger, found) {
  const { open: [{ lines, called }] } = danger.box(found);
  const { phone, name } = called.find((line) => lines.includes(line)) ?? lines[0];
  return _("Hilfe sofort: {first}. Diese und weitere Nummern stehen unter dem Suchfeld.", { first: [phone,
    name].filter(Boolean).join(", ") });
}
