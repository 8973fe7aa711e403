// What a family chose in, ideas along the ladder out: help that it chose itself first, claims and protection beside the
// ladder, then what is for everybody, and what an office decides on last. Knows no page and keeps nothing.
import { isForGrownUps, needsOf } from "./case_needs.js";
import { numbers } from "./matching.js";
import { _ } from "./words.js";

export const RUNGS = ["everyday", "regular", "infrastructure", "hze"];
const CUSTODY = "inobhutnahme-42";

export class Ladder {
  // `offers` as loadOffers gives them, `file` as generator/subjects/casework/page.py writes it.
  constructor(offers, file) {
    if (file.size !== offers.size) throw new Error(`${offers.size} offers, but ${file.size} in the file of cases`);
    this.offers = offers;
    this.file = file;
    this.columns = Object.fromEntries(Object.entries(file.columns).map(
      ([name, [texts, places]]) => [name, { texts, places: numbers(places) }]));
    this.above = new Map(); // a subject's situation
    let situation;
    for (const [id, { depth }] of offers.choices.facets.get("thema")) {
      if (!depth) situation = id;
      this.above.set(id, situation);
    }
  }

  about(place, column) {
    const { texts, places } = this.columns[column];
    return texts[places[place]];
  }

  kind(place) {
    return this.offers.choices.facets.get("art").get(this.about(place, "kind")).label;
  }

  language(id) {
    return this.offers.choices.facets.get("sprache").get(id).label;
  }

  // Name and number of who interprets.
  interpreters() {
    return this.offers.bits("thema", "sprachmittlung").and(this.offers.listed).places()
      .filter((place) => this.about(place, "topic") === "sprachmittlung")
      .map((place) => [this.title(place), this.about(place, "phone")].filter(Boolean).join(", "));
  }

  topic(id) {
    return this.offers.choices.facets.get("thema").get(id).label;
  }

  // A refuge has no name here: others see the screen.
  title(place) {
    return this.about(place, "safe") ? _("Sicherer Platz") : this.offers.offer(place).title;
  }

  // `asked` as the form gives it: {topics, aids, area, ages, language, groups, needs}; `grave` is whether it is about
  // violence, `kept` takes out what isn't suggested now. {aids, claims, protection, rungs: [[layer, items]], the last
  // for grown-ups and not for the children whose ages were told, open: places of their area where everybody may go}; an
  // item is {place, topics, asked, local, vague: doesn't say whether it is for their area, met, unsaid, against: in
  // words}.
  find(asked, grave, kept = (places) => places) {
    const { offers } = this;
    const { topics, aids } = asked;
    const needs = needsOf(this, asked);
    const safe = grave || aids.includes(CUSTODY);
    const places = kept(offers.listed.places()).filter((place) => safe || !this.about(place, "safe"));
    const items = places.map((place) => this.item(place, asked, needs)).sort(before);
    const found = items.filter(({ chosen, topics: { length } }) => chosen || length);
    // What the family chose stands first, wherever it is and for whatever age.
    const isGrown = isForGrownUps(this, asked.ages);
    const on = (shelf) => found.filter(({ place, chosen }) => !chosen && this.about(place, "shelf") === shelf);
    const ladder = RUNGS.map((layer) => [layer, on(layer)]);
    const grown = ladder.flatMap(([, some]) => some).filter(({ place }) => isGrown(place));
    const open = items.filter((one) =>
      one.local && !one.against.length && this.about(one.place, "near").includes("open"));
    return {
      aids: found.filter(({ chosen }) => chosen), claims: on("claim"), protection: on("protection"),
      rungs: [...ladder.map(([layer, some]) => [layer, some.filter((one) => !grown.includes(one))]), ["grown", grown]],
      open: open.filter((one) => !found.includes(one)),
    };
  }

  item(place, { topics, aids, area }, needs) {
    const { offers } = this;
    const said = needs.map((need) => ({ ...need, met: need.met(place) }));
    const told = (answer) => said.filter(({ met, quiet }) => met === answer && !quiet);
    const local = offers.bits("gebiet", area).has(place);
    return {
      place, local, topics: topics.filter((topic) => offers.bits("thema", topic).has(place)),
      chosen: aids.includes(this.about(place, "kind")),
      vague: Boolean(area) && !local && !offers.bits("gebiet", "stadt").has(place),
      met: told(true).map(({ label, how = () => "" }) => [label, how(place)].filter(Boolean).join(" ")),
      unsaid: told(null).map(({ label }) => label),
      against: said.filter(({ met }) => met === false)
        .map(({ label, not }) => not?.(place) ?? _("passt nicht zu „{need}“", { need: label })),
      resting: Boolean(offers.offer(place).status),
    };
  }
}

// What meets most of the needs comes first, then what is about most of the subjects, then what is near.
function before(one, other) {
  const rank = ({ resting, unsaid, vague, topics, local, place }) =>
    [resting + unsaid.length + vague, -topics.length, -local, place];
  const second = rank(other);
  return rank(one).map((value, nth) => value - second[nth]).find(Boolean) ?? 0;
}
