/* The age that the words of a query name: „9 Jahre“, „3-jährig“, „8 Monate“, „mein Kind ist 5“, „8. Klasse“. */

const OLDEST = 27; /* years: until then the law of youth welfare helps */
const YOUNG = [10 * 12, 21 * 12], SELF = /^(?:bin|am|im)$/; /* months; i’m is one word, folded */
const YEARS = [/^(?:j|jahr(?:e[ns]?|ig\p{L}*)?|years?|yo|yas\p{L}*|lat[ak]?|rok\p{L}*|ani|ans)$/u,
  /^(?:лет|год\p{L}?|рокiв|рок\p{L}*|рік|سن\p{L}*|سال\p{L}*|عام)$/u];
const MONTHS =
  /^(?:m|monat(?:e[ns]?|s\p{L}*|ig)?|months?|aylik|месяц\p{L}*|місяц\p{L}*|miesi\p{L}*|luni|mois|شهر|اشهر|ماه\p{L}*)$/u;
const CLASS = /^(?:klass?en?|klas[ay]|schuljahr|grade|classe?|clasa|sinif\p{L}{0,3}|клас\p{L}{0,3}|صف|الصف|كلاس)$/u;
const AFTER = /^(?:nach|in|ab)$/; /* der 10. */
const SINCE = /^(?:seit|vor)$/; /* 3 Jahren */
const OLD = /^(?:alt\p{L}{0,2}|olds?)$/u; /* belongs to the age before it */
const TO = /^(?:bis|und|oder|to|or|and)$/;
/* of a number that stands alone: what is numbered, however its name begins (Steuerklasse) */
const OTHER_BEFORE =
  /^(?:hartz|alg|sgb|u|um|von)$|(?:klasse|grad|stufe|linie|bus|haus|zimmer|grosse|nr|nummer|paragra(?:ph|f))$/;
export const STREET =
  /(?:^|.{3})(?:str|strasse|weg|platz|allee|damm|ring|gasse|ufer|steig|stieg|chaussee|pfad|graben|kamp|wall|markt)$/;
const OTHER_BEHIND = /^(?:euro|€|kinder\p{L}*|zimmer|personen|kopf|km|tage?n?|wochen?|minuten|mal|prozent)$/u;
export const YEAR = ["januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober",
  "november", "dezember"];

function inMonths(number, unit) {
  if (MONTHS.test(unit) && number <= 48) return number;
  if (YEARS.some((one) => one.test(unit)) && number <= OLDEST) return 12 * number;
  return CLASS.test(unit) && number && number < 14 ? 12 * (number + 6) : null;
}

/* „8-10 Jahre“, „1. bis 4. Klasse“: the middle of two ages in one unit. */
function rangeAt(folded, at) {
  const to = TO.test(folded[at + 1] ?? "") ? at + 2 : at + 1;
  const [from, until] = [folded[at], folded[to]].map((word) => /^\d{1,2}$/.test(word ?? "")
    ? inMonths(Number(word), folded[to + 1] ?? "") : null);
  return from !== null && from < until
    ? { months: Math.round((from + until) / 2), places: [at, at + 1, to, to + 1] } : null;
}

/* {months, places: of the words that said it, own: said of oneself}, or null. A number alone is an age only beside
   other words, and none of the `clock`. */
export function ageIn(folded, clock = new Set()) {
  const age = anAge(folded, clock), behind = age?.places.at(-1) + 1;
  if (OLD.test(folded[behind] ?? "")) age.places.push(behind);
  return age && { ...age, own: SELF.test(folded[age.places[0] - 1] ?? "") };
}

/* However it ends: година, годині. */
const isClock = (word, clock) => clock.has(word)
  || word.length > 4 && [...clock].some((one) => one.length > 4 && word.length < one.length + 3
    && word.startsWith(one.slice(0, -1)));

function anAge(folded, clock) {
  for (let at = 0; at < folded.length; at++) {
    const match = /^(\d{1,2})(te[nr]?)?(\p{L}*)$/u.exec(folded[at]);
    if (!match || SINCE.test(folded[at - 1])) continue;
    const range = rangeAt(folded, at);
    if (range) return range;
    const number = Number(match[1]), nth = match[2], joined = match[3];
    const unit = joined || folded[at + 1] || "";
    if (unit === "monat" && number > 1 && !/^alt/.test(folded[at + 2] ?? "")) continue; /* „im 5. Monat“ */
    const places = joined ? [at] : [at, at + 1];
    const months = nth && !CLASS.test(unit) ? null : inMonths(number, unit);
    if (months !== null) return { months, places };
    if (joined || number < 1 || number > OLDEST || folded.length < 2) continue;
    const year = number > 4 && folded[at - 1] === "der" && AFTER.test(folded[at - 2]) ? 6 : 0;
    if (nth && !year) continue;
    const before = folded[at - 1] ?? "";
    /* 5:30, 6 ранку */
    if ([before, unit].some((word) => /^\d+$/.test(word) || isClock(word, clock))) continue;
    if (CLASS.test(before) && number < 14) return { months: inMonths(number, before), places: [at - 1, at] };
    if (!OTHER_BEFORE.test(before) && !STREET.test(before) && !OTHER_BEHIND.test(unit) && !YEAR.includes(unit))
      return { months: 12 * (number + year), places: [at] };
  }
  return null;
}

/* Whether an entry is for somebody of so many months, -1 before birth; `own`: they speak of themselves. The ages of
   grown-ups say nothing of their child's; what is for far younger ones, nothing of how old their mother is. */
export function fitsAge(ages, months, own = false) {
  if (!ages) return months >= 0;
  const [low, high, before, grown] = ages;
  if (months < 0) return before === 1 && !grown;
  if (own ? !grown && high !== null && high < months / 2 : grown) return true;
  return low <= months && (high === null || months <= high) && !(before && high === 0);
}

/* Whether somebody young speaks of themself: „ich bin 15“. */
export function isYoung(folded, age = ageIn(folded)) {
  return age !== null && age.own && age.months >= YOUNG[0] && age.months <= YOUNG[1];
}
