// What must fit in a case, by the filters of the directory. Of a need an offer says that it is met (true) or that it
// isn't (false); what says neither (null) is unsaid, and never hidden.
import { fitsAge } from "./ages.js";
import { months } from "./filters.js";
import { AGAINST, FITS } from "./verdicts.js";
import { DAYS, TIMES, weekdayOf } from "./when.js";
import { _ } from "./words.js";

const SATURDAY = DAYS.indexOf("sa");
const AGES = { schwanger: () => _("Schwangerschaft"), 0: () => _("unter 1 Jahr"), 1: () => _("1 Jahr") };
export const ageText = (age) => AGES[age]?.() ?? _("{n} Jahre", { n: age });

// The needs that one taps, in their order; then how one gets in.
export const TAPPED = () => ({
  besuch: _("kommt nach Hause"), fern: _("ohne Auto"), abend: _("abends, Wochenende"), offen: _("ohne Anmeldung"),
  kostenlos: _("kostenlos"), kind: _("Kind kann mit"), stufen: _("stufenlos"), unter: _("nur Frauen, Mädchen"),
});
export const WAYS = () => ({
  selbst: _("Selbstmelder"), amt: _("über das Jugendamt"), warten: _("Wartezeit unter 2 Wochen"),
});

const either = (met, otherwise) => (place) => met(place) || (otherwise(place) ? false : null);

// The tapped needs, each as place → true, false or null.
function tapped(ladder, area) {
  const { offers } = ladder;
  const has = (facet, ...values) => (place) => values.some((value) => offers.bits(facet, value).has(place));
  const says = (column, value) => (place) => ladder.about(place, column).split(" ").includes(value);
  const flag = (name) => (place) => ({ [FITS]: true, [AGAINST]: false })[offers.verdict(name, place)] ?? null;
  const home = has("form", "besuch"), free = flag("ohne-amt");
  const office = (place) => has("vermittlung", "asd")(place) || free(place) === false;
  return {
    besuch: either(home, has("form", "vor-ort")),
    fern: (place) => [home, has("form", "phone", "video", "chat"), has("gebiet", area), says("near", "bus")]
      .some((one) => one(place)) || null,
    abend: (place) => {
      const { schedule } = offers.offer(place);
      return schedule?.w ? isLate(schedule) : null;
    },
    offen: flag("ohne-anmeldung"),
    kostenlos: flag("kostenlos"),
    kind: flag("kinder"),
    stufen: flag("stufenlos"),
    unter: flag("frauen"),
    selbst: free,
    amt: either(office, has("ohne-amt", "1")),
    warten: either(says("wait", "short"), says("wait", "long")),
  };
}

// Whether it is regularly there in the evening or at a weekend: a date with a name of its own is a single one.
function isLate({ w: week, x: days = {} }) {
  const late = (rows, day) => rows.some(([, end, kind]) => !kind && (day >= SATURDAY || end > TIMES.abend[0]));
  return week.some(late) || Object.entries(days).some(([date, rows]) =>
    late(rows.filter(([, , , name]) => !name), weekdayOf(date)));
}

// Whether it is for grown-ups and for none of these ages, so not for the child whom they tell.
const agesOf = (offers, place) => offers.index.agesOf(offers.entries[place]);
export function isForGrownUps({ offers }, ages) {
  const children = ages.map(months).filter((age) => age >= 0);
  return (place) => {
    const said = agesOf(offers, place);
    return Boolean(said?.[3] && children.length) && !children.some((age) => fitsAge(said, age, true));
  };
}

// What was chosen as [{label, met: place → true, false or null, how: more about what meets it, not: what one says that
// doesn't}]; `quiet` ones are said where they aren't met, and nowhere else.
export function needsOf(ladder, { area, ages, language, groups, needs, topics }) {
  const { offers } = ladder;
  const label = (facet, id) => offers.choices.facets.get(facet).get(id).label;
  const has = (facet, ids) => (place) => ids.some((id) => offers.bits(facet, id).has(place));
  const found = [];
  if (area) {
    const reached = offers.holding("gebiet", [area]), told = has("gebiet", [area, "stadt"]);
    found.push({ quiet: true, not: () => _("nur für andere Gebiete"),
      met: (place) => told(place) || (reached.has(place) ? null : false) });
  }
  if (ages.length) {
    const fits = ages.map((age) => offers.forAge(months(age)));
    const others = (place) => !agesOf(offers, place) || Boolean(agesOf(offers, place)[3]);
    found.push({ label: ages.map(ageText).join(", "), quiet: true,
      met: (place) => others(place) || fits.some((one) => one.has(place)) });
  }
  if (language) {
    const spoken = has("sprache", [language]), interpreted = has("dolmetschen", ["1"]);
    found.push({ label: label("sprache", language), met: (place) => spoken(place) || interpreted(place) || null,
      how: (place) => spoken(place) ? "" : _("mit Übersetzung") });
  }
  // What is for some people alone is no idea for others because it is about the subject, too.
  const subject = (place) => ladder.about(place, "topic");
  const own = groups.length ? has("fuer", groups)
    : (place) => topics.some((topic) => [subject(place), ladder.above.get(subject(place))].includes(topic));
  const others = (place) => groups.length ? ladder.about(place, "apart") : ladder.about(place, "apart") === "declared";
  const only = (place) => _("nur für {whom}", { whom: ladder.about(place, "whom") });
  found.push({ label: groups.map((id) => label("fuer", id)).join(", "), quiet: !groups.length, not: only,
    met: either(own, others) });
  const words = { ...TAPPED(), ...WAYS() }, all = tapped(ladder, area);
  for (const name of needs) found.push({ label: words[name], met: all[name] });
  return found;
}
