/* A query in, the time that it names out: the choices of the directory, the dates and minutes of the day they mean; and
   whether an offer is there then. */

import { ageText } from "./age_text.js";
import { STREET, YEAR } from "./ages.js";
import { fold, words } from "./folding.js";
import { dateOf, isForAll, isOpenOn, isVagueOn, stateAt } from "./hours.js";
import { AGAINST, FITS, UNSAID } from "./verdicts.js";
import { SPEECH } from "./weights.js";
import { _ } from "./words.js";

export const DAYS = ["mo", "di", "mi", "do", "fr", "sa", "so"];
/* Parts of a day in minutes from its midnight; together they are the day, from five to five. */
export const TIMES = { vormittag: [300, 720], nachmittag: [720, 1020], abend: [1020, 1740] };
const WHOLE = [TIMES.vormittag[0], TIMES.abend[1]];
const NOW = /^(?:jetzt|gerade|momentan|now)$/, OPEN = /^(?:offen|geoffnet|auf|open)$/;
const TODAY = /^(?:heute?|today|tonight)$/, TOMORROW = /^(?:morgen|tomorrow)$/, AFTER_TOMORROW = /^ubermorgen$/;
const GREETING = /^(?:guten|jeden|am|good)$/, WEEKEND = /^(?:wochenendes?|weekends?)$/;
const PARTS = { vormittag: /^(?:vormittags?|fruh|morgens|morning)$/,
  nachmittag: /^(?:nachmittags?|mittags?|afternoon)$/, abend: /^(?:abends?|evening|tonight)$/ };
const AFTER_SCHOOL = ["nach", "der", "schule"];
const FIXED = { heiligabend: "12-24", weihnachten: "12-25", weihnachtstag: "12-25", silvester: "12-31",
  neujahr: "01-01", reformationstag: "10-31", allerheiligen: "11-01" };
const BY_EASTER = { rosenmontag: -48, karfreitag: -2, ostern: 0, ostersonntag: 0, ostermontag: 1, himmelfahrt: 39,
  pfingsten: 49, pfingstsonntag: 49, pfingstmontag: 50, fronleichnam: 60 };

export const plus = (date, days) => new Date(Date.parse(date) + days * 864e5).toISOString().slice(0, 10);
export const weekdayOf = (date) => (new Date(date).getUTCDay() + 6) % 7;
const MONDAY = "2024-01-01";
const dayIn = (language, nth) => new Date(plus(MONDAY, nth)).toLocaleDateString(language,
  { weekday: "long", timeZone: "UTC" });
const dateText = (date) => new Date(date).toLocaleDateString(language(),
  { weekday: "short", day: "numeric", month: "numeric", timeZone: "UTC" });
const language = () => globalThis.document?.documentElement.lang ?? "de";

/* What the days of the week are called, folded. */
let called = null;
const names = () => called ??= DAYS.map((_day, nth) =>
  [...["de", "en", language()].map((each) => fold(dayIn(each, nth))), ...nth === 5 ? ["sonnabend"] : []]);

/* [day, the part that its compound names] of „samstags“, „Samstagvormittag“, „Monday“. */
function weekdayIn(word) {
  for (const [nth, day] of DAYS.entries()) {
    const name = names()[nth].find((one) => word.startsWith(one)), rest = name && word.slice(name.length);
    if (name && (rest.length < 2 || partIn([rest]))) return [day, partIn([rest])];
  }
  return [];
}

const partIn = (typed) => Object.keys(PARTS).find((name) => typed.some((word) => PARTS[name].test(word)));

/* Easter Sunday of a year (Butcher 1876, as in Meeus, Astronomical Algorithms). */
function easter(year) {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - c % 4) % 7;
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, n % 31 + 1)).toISOString().slice(0, 10);
}

/* [the date that is named, the next one from today on, by which words]; nothing where none is. */
function dateIn(query, typed, today) {
  const year = Number(today.slice(0, 4));
  const next = (dateOfYear) => [year, year + 1].map(dateOfYear).find((date) => date >= today);
  for (const word of typed) {
    if (Object.hasOwn(FIXED, word)) return [next((each) => `${each}-${FIXED[word]}`), [word]];
    if (Object.hasOwn(BY_EASTER, word)) return [next((each) => plus(easter(each), BY_EASTER[word])), [word]];
  }
  const written = /(?:^|\D)(\d{1,2})\.\s?(?:(\d{1,2}(?=\.)|\d\d(?!\d))|(\p{L}{3,9}))/u.exec(query);
  if (!written) return [];
  const month = written[2] ? Number(written[2]) : YEAR.findIndex((name) => name.startsWith(fold(written[3]))) + 1;
  const day = `${String(month).padStart(2, "0")}-${written[1].padStart(2, "0")}`;
  const real = (date) => !Number.isNaN(Date.parse(date)) && plus(date, 0) === date;
  const date = month > 0 && month < 13
    && [year, year + 1].map((each) => `${each}-${day}`).find((one) => real(one) && one >= today);
  return date ? [date, words(written[0]).map(fold)] : [];
}

/* {choices of the directory by filter, label, said: the words}; null where no time is named. */
export function timeIn(query, today = dateOf()) {
  const typed = words(query).map(fold), has = (pattern) => typed.some((word) => pattern.test(word));
  if (!typed.length || typed.length >= 2 * SPEECH) return null; /* a story, and when it was */
  const spoken = { vormittag: _("vormittags"), nachmittag: _("nachmittags"), abend: _("abends") };
  const are = (...patterns) => typed.filter((word) => patterns.some((one) => one.test(word)));
  if (has(OPEN) && (has(NOW) || typed.length === 1))
    return { choices: { offen: "1" }, label: _("jetzt offen"), said: new Set(are(NOW, OPEN)) };
  const school = typed.findIndex((_word, at) => AFTER_SCHOOL.every((one, nth) => typed[at + nth] === one));
  if (school >= 0) return { choices: { tag: DAYS.slice(0, 5).join(), zeit: "nachmittag" },
    label: _("nach der Schule"), said: new Set(AFTER_SCHOOL) };
  const isToday = has(TODAY), isEarly = isToday && has(/^morgen$/);
  const weekday = typed.find((word) => weekdayIn(word)[0]), [day, joined] = weekday ? weekdayIn(weekday) : [];
  const part = isEarly ? "vormittag" : partIn(typed) ?? joined;
  const on = (value, label, said) => ({
    choices: { ...value, ...part ? { zeit: part } : {} },
    label: [label, part && spoken[part]].filter(Boolean).join(" "),
    said: new Set([...said, ...part ? are(PARTS[part], ...isEarly ? [/^morgen$/] : []) : [], ...are(NOW, OPEN)]),
  });
  if (isToday) return on({ heute: "1" }, _("heute"), are(TODAY));
  const [date = plus(today, 2), named = are(AFTER_TOMORROW)] = dateIn(query, typed, today);
  if (named.length) return on({ tag: date }, dateText(date), named);
  if (typed.some((word, at) => TOMORROW.test(word) && !GREETING.test(typed[at - 1] ?? "")))
    return on({ tag: "morgen" }, _("morgen"), are(TOMORROW));
  if (has(WEEKEND)) return on({ tag: "wochenende" }, _("Wochenende"), are(WEEKEND));
  if (day) return on({ tag: day }, dayIn(language(), DAYS.indexOf(day)), [weekday]);
  /* „zu früh“; in a sentence it is part of a story */
  return part && typed.length < SPEECH && !has(/^fruh$/) && !STREET.test(typed.at(-1)) ? on({}, "", []) : null;
}

/* The dates that a choice means, seen from today: „morgen“, „wochenende“, a weekday (each known one), a date itself. */
function datesOf(value, today, last) {
  if (value === "heute") return [today];
  if (value === "morgen") return [plus(today, 1)];
  const weekday = weekdayOf(today);
  if (value === "wochenende") return weekday === 6 ? [today] : [5, 6].map((day) => plus(today, day - weekday));
  if (!DAYS.includes(value)) return [value];
  const dates = [], first = plus(today, (DAYS.indexOf(value) - weekday + 7) % 7);
  for (let date = first; date <= last; date = plus(date, 7)) dates.push(date);
  return dates;
}

/* {dates, spans: minutes of the day} of choices of days and of its parts; any day where none is named. */
export function spansOf({ tag, zeit, heute }, today, last) {
  const days = tag?.length ? tag : heute ? ["heute"] : DAYS;
  return { dates: [...new Set(days.flatMap((day) => datesOf(day, today, last)))].sort(),
    spans: zeit?.length ? zeit.map((time) => TIMES[time]) : [WHOLE] };
}

/* Whether an offer is there on one of the dates, or `now`. */
export function isThere(schedule, { now, dates, spans }) {
  if (!schedule) return UNSAID;
  if (now) {
    const { open } = stateAt(schedule, now);
    return open && isForAll(schedule) ? FITS : open === null ? UNSAID : AGAINST;
  }
  const any = (test) => dates.some((date) => spans.some(([from, to]) => test(schedule, date, from, to)));
  return any(isOpenOn) ? FITS : any(isVagueOn) ? UNSAID : AGAINST;
}

/* What a filter is called that words name. */
export const nameOf = ({ label, months }) => label || ageText(months);

/* The filter by a time that a query names, for offers with opening times (zeiten.json): {label, said, dates, verdict};
   null where none is named. */
export function timeFilter(query, { hours, hoursOf, moment }) {
  const today = dateOf(moment), time = timeIn(query, today);
  if (!time) return null;
  const { offen, heute, ...choices } = time.choices, known = new Map();
  const last = hours.reduce((latest, schedule) => schedule?.u > latest ? schedule.u : latest, "");
  const lists = Object.fromEntries(Object.entries(choices).map(([name, values]) => [name, values.split(",")]));
  const asked = offen ? { now: moment } : spansOf({ ...lists, heute }, today, last);
  const there = (number) => known.get(number) ?? known.set(number, isThere(hours[number], asked)).get(number);
  return { ...time, dates: asked.dates ?? [], alone: true,
    verdict: (id) => id < hoursOf.length ? there(hoursOf[id]) : UNSAID };
}
