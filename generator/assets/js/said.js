/* A query in, what no hit can answer out: the list for a time that is named, the area of a street, a language; and what
   the filters that it names are called. What is shown of it search.js says. */

import { ageText } from "./age_text.js";
import { ageIn, isYoung, STREET, YEAR } from "./ages.js";
import { element } from "./element.js";
import { OPEN, TODAY } from "./facets.js";
import { fold, words } from "./folding.js";
import { dateOf } from "./hours.js";
import { dateText } from "./open.js";
import { answersAll } from "./ranking.js";
import { FIRST, SPEECH } from "./weights.js";
import { _ } from "./words.js";

export { languageOf, nounOf } from "./doors.js";

const KNOWN = 60; /* days ahead of which times are known */
const NOW = /^(?:jetzt|gerade|momentan|now)$/;
const TOMORROW = /^(?:morgen|tomorrow)$/, AFTER_TOMORROW = /^ubermorgen$/, GREETING = /^(?:guten|jeden|am|good)$/;
const WEEKEND = /^(?:wochenendes?|weekends?)$/;
const WEEKDAYS = { mo: /^(?:montag|monday)s?$/, di: /^(?:dienstag|tuesday)s?$/, mi: /^(?:mittwoch|wednesday)s?$/,
  do: /^(?:donnerstag|thursday)s?$/, fr: /^(?:freitag|friday)s?$/, sa: /^(?:samstag|sonnabend|saturday)s?$/,
  so: /^(?:sonntag|sunday)s?$/ };
const PARTS = { vormittag: /^(?:vormittags?|fruh|morgens|morning)$/,
  nachmittag: /^(?:nachmittags?|mittags?|afternoon)$/, abend: /^(?:abends?|evening|tonight)$/ };
const FIXED = { heiligabend: "12-24", weihnachten: "12-25", weihnachtstag: "12-25", silvester: "12-31",
  neujahr: "01-01", reformationstag: "10-31", allerheiligen: "11-01" };
const BY_EASTER = { rosenmontag: -48, karfreitag: -2, ostern: 0, ostersonntag: 0, ostermontag: 1, himmelfahrt: 39,
  pfingsten: 49, pfingstsonntag: 49, pfingstmontag: 50, fronleichnam: 60 };
/* says nothing beside a day */
const AROUND = [
  /^(?:was|wer|wo|ist|sind|hat|am|an|im|zu|zum|um|uber|los|geht|gibt|den|der|das|es|alles|noch|uberhaupt)$/,
  /^(?:what|is|on|at|the)$/,
];

const named = (word) => [NOW, OPEN, TODAY, TOMORROW, AFTER_TOMORROW, WEEKEND, ...AROUND, /^\d{1,4}$/,
  ...Object.values(WEEKDAYS), ...Object.values(PARTS)].some((pattern) => pattern.test(word))
  || Object.hasOwn(FIXED, word) || Object.hasOwn(BY_EASTER, word) || YEAR.includes(word);
const plus = (date, days) => new Date(Date.parse(date) + days * 864e5).toISOString().slice(0, 10);

/* Easter Sunday of a year (Butcher 1876, as in Meeus, Astronomical Algorithms). */
export function easter(year) {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - c % 4) % 7;
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, n % 31 + 1)).toISOString().slice(0, 10);
}

/* The date that is named, the next one from today on; null where none is. */
function dateIn(query, typed, today) {
  const year = Number(today.slice(0, 4));
  const next = (dateOfYear) => [year, year + 1].map(dateOfYear).find((date) => date >= today);
  for (const word of typed) {
    if (Object.hasOwn(FIXED, word)) return next((each) => `${each}-${FIXED[word]}`);
    if (Object.hasOwn(BY_EASTER, word)) return next((each) => plus(easter(each), BY_EASTER[word]));
  }
  const written = /(?:^|\D)(\d{1,2})\.\s?(?:(\d{1,2}(?=\.)|\d\d(?!\d))|(\p{L}{3,9}))/u.exec(query);
  if (!written) return null;
  const month = written[2] ? Number(written[2]) : YEAR.findIndex((name) => name.startsWith(fold(written[3]))) + 1;
  const day = `${String(month).padStart(2, "0")}-${written[1].padStart(2, "0")}`;
  const real = (date) => !Number.isNaN(Date.parse(date)) && plus(date, 0) === date;
  return month > 0 && month < 13
    ? [year, year + 1].map((each) => `${each}-${day}`).find((date) => real(date) && date >= today) ?? null : null;
}

/* The choices of the directory for a time that is named, and the time in words; null where none is. */
export function timeIn(query, today = dateOf()) {
  const typed = words(query).map(fold), has = (pattern) => typed.some((word) => pattern.test(word));
  if (!typed.length || typed.length >= 2 * SPEECH) return null; /* a story, and when it was */
  if (has(OPEN) && (has(NOW) || typed.length === 1)) return { choices: "offen=1", text: _("Was jetzt offen ist") };
  const heute = has(TODAY), part = heute && has(/^morgen$/)
    ? "vormittag" : Object.keys(PARTS).find((name) => has(PARTS[name]));
  const spoken = { vormittag: _("vormittags"), nachmittag: _("nachmittags"), abend: _("abends") };
  const behind = part ? `, ${spoken[part]}` : "", zeit = part ? `&zeit=${part}` : "";
  const on = (value, text) => ({ choices: `${value}${zeit}`, text: text + behind });
  if (heute) return on("heute=1", _("Was heute offen ist"));
  const date = dateIn(query, typed, today) ?? (has(AFTER_TOMORROW) ? plus(today, 2) : null);
  if (date) {
    const day = dateText(Date.parse(date));
    return on(`tag=${date}`, date > plus(today, KNOWN)
      ? _("Angebote am {day} (Zeiten noch nicht bekannt)", { day }) : _("Was am {day} offen ist", { day }));
  }
  const isTomorrow = (word, at) => TOMORROW.test(word) && !GREETING.test(typed[at - 1] ?? "");
  if (typed.some(isTomorrow)) return on("tag=morgen", _("Was morgen offen ist"));
  if (has(WEEKEND)) return on("tag=wochenende", _("Was am Wochenende offen ist"));
  const day = Object.keys(WEEKDAYS).find((name) => has(WEEKDAYS[name]));
  if (!day) return null;
  const monday = Date.UTC(2024, 0, 1 + Object.keys(WEEKDAYS).indexOf(day));
  const looks = { weekday: "long", timeZone: "UTC" };
  const name = new Date(monday).toLocaleDateString(document.documentElement.lang, looks);
  return on(`tag=${day}`, _("Was am {day} offen ist", { day: name }));
}

/* The areas of a street that is named, of the division that people know: [{text, href, whole: whether nothing else
   is}]. The register stays on this device. */
async function areasOf(query, index, { streets, areas }) {
  const typed = words(query), folded = typed.map(fold);
  const last = folded.findIndex((word) => STREET.test(word));
  if (!streets || last < 0) return [];
  const { loadAreas, loadRegister } = await import("./address.js");
  const [register, known] = await Promise.all([loadRegister({ streets }), loadAreas({ areas })]);
  for (let first = Math.max(0, last - 3) /* words of a name before its last */; first <= last; first++) {
    const place = register.named(typed.slice(first, last + 1).join(" "));
    if (place < 0) continue;
    const number = /^\d/.test(typed[last + 1] ?? "")
      ? typed[last + 1] + (/^[a-z]$/i.test(typed[last + 2] ?? "") ? typed[last + 2] : "") : "";
    const whole = typed.every((word, at) => at >= first && at <= last || at > last && number.includes(word)
      || index.empty(folded[at]));
    const matches = register.match(place, number), geography = known.geographies.find((id) => matches.has(id));
    const street = `${register.names[place]} ${number}`.trim(), base = new URL(areas, document.baseURI);
    return (matches.get(geography)?.spaces ?? []).map((space) => {
      const { name, url } = known.areas[space];
      const text = _("{street} liegt hier: {area}", { street, area: name });
      return { text, href: new URL(`../${url}`, base).href, whole };
    });
  }
  return [];
}

/* The entry of the topic that a result is about; null for one that has nothing then, and where any is of violence. */
function topicOf(index, { about, ids, facets }) {
  const id = about ?? ids.slice(0, FIRST).find((each) => index.kind[each] === index.topic);
  const fits = (one) => index.kind[one] === index.offer && facets.every((facet) => facet.holds(one));
  return id === undefined || [id, ...ids].some((each) => index.grave.has(each))
    || !answersAll(index, id, facets, fits) ? null : index.entry(id);
}

/* Where what was typed leads besides its hits: [{text, href, whole}]; and whether it leads there `only`: who names
   nothing but a day wants its list, who finds a house none, and what is spelt like an address isn't one of a hit. */
export async function leading(query, index, result, settings) {
  const typed = words(query).map(fold), time = timeIn(query),
    alone = time && !result.facets.some(({ months }) => months !== undefined) && typed.every(named);
  const young = settings.youth && isYoung(typed, ageIn(typed, index.clock))
    ? [{ text: _("Für dich: 12 bis 21"), href: settings.youth }] : [];
  const topic = time && !alone ? topicOf(index, result) : null, href = time && `${settings.lists}?${time.choices}`;
  const times = !time || index.houses.has(index.kind[result.ids[0]]) ? [] : [
    ...topic ? [{ text: `${topic.title}: ${time.text}`, href: `${href}&thema=${topic.url.split("/").at(-2)}` }] : [],
    { text: time.text, href }];
  const links = [...young, ...times, ...await areasOf(query, index, settings)];
  return { links, only: alone || result.no && links.some(({ whole }) => whole) };
}

export const nameOf = ({ label, months }) => label || ageText(months);

/* What the button says that takes a filter away. */
export function removing(facet) {
  const [about, sign] = [element("span", { class: "nr-vh" }, `${_("Filter entfernen:")} `),
    element("span", { "aria-hidden": "true" }, " ×")];
  return [about, nameOf(facet), sign];
}
