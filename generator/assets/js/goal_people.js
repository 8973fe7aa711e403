// A goal in; whom it is about, how old they are and who speaks, as far as its words and the ages of the children tell, out. Knows no page.
import { ageIn } from "./ages.js";

const YOUNG = 72; // months from which on „ich“ may be a child, where only children's ages are known
const GROWN = 216, YOUNGEST = 120, OLDEST = 323;
const CLOSE = 1.2; // what an offer gains that is for just this age
const WIDE = 180; // months between which it is
const UNSAID = 0.75; // what an offer counts for people of whom a goal says nothing, or for few of the years that it may be about
const OTHERS = 0.4; // and one for others than those of whom it speaks
const FEW = 0.35; // share of those years

export class People {
  // `told`: {me, ages: [[low, high, phrases] …], young, parent, self, grown, children, female, male: phrases, of: groups by what they are}, as
  // generator/search/goal_words.py writes it; `begins` tells whether a word begins so, however it is inflected.
  constructor(told, begins) {
    Object.assign(this, { told, begins });
  }

  // Whether words stand side by side: „mein Vater“ is the speaker's own, „meine Tochter sieht ihren Vater“ isn't about that one.
  stands(asked, parts) {
    return asked.some((_word, at) => parts.every((part, nth) => asked[at + nth] !== undefined && this.begins(asked[at + nth], part)));
  }

  says(asked, name) {
    return this.told[name].some((phrase) => this.stands(asked, phrase.split(" ")));
  }

  // {span: [low, high] months of whom it is about, or null; grown: whether a grown-up wants something for themselves; young: whether a young
  // person speaks; child: whether it is about one; said: whether the goal says so itself; i: whether somebody speaks of themselves; sexes}. `ages`
  // are [low, high] of the children, if they were given.
  read(asked, ages = []) {
    const named = ageIn(asked);
    const spans = this.told.ages.filter(([, , phrases]) => phrases.some((phrase) => this.stands(asked, phrase.split(" ")))).map(([low, high]) => [low, high]);
    if (named) spans.push([named.months, named.months + 11]);
    const low = Math.max(...spans.map(([from]) => from)), high = Math.min(...spans.map(([, to]) => to));
    const given = ages.length ? [Math.min(...ages.map(([from]) => from)), Math.max(...ages.map(([, to]) => to))] : null;
    const i = asked.some((word) => this.told.me.includes(word));
    const parent = this.says(asked, "parent");
    const self = this.says(asked, "self");
    const young = !parent && !self && (this.says(asked, "young") || (i && ((given !== null && given[0] >= YOUNG) || (spans.length > 0 && low >= YOUNGEST && high <= OLDEST))));
    const grown = !young && (self || this.says(asked, "grown") || (i && (parent || (given !== null && given[1] < YOUNG))));
    const said = young || parent || this.says(asked, "children");
    const child = said || (given !== null && !grown);
    const span = given ?? (spans.length && low <= high ? [low, high] : young ? [YOUNGEST, OLDEST] : null);
    return { span, i, grown, young, child, said, sexes: ["female", "male"].filter((sex) => this.says(asked, sex)) };
  }

  // How well an offer suits whom a goal is about, 0 where it doesn't. `groups` are ids of those for whom it is; `own` the months [low,
  // high] of those who come themselves, `children` those of the children, each null where nothing is said.
  suits(who, groups, own, children) {
    const { of } = this.told;
    const any = (name) => groups.some((group) => of[name].includes(group));
    const all = (name) => groups.length > 0 && groups.every((group) => of[name].includes(group));
    const old = who.span !== null && who.span[0] >= GROWN;
    const grownups = own !== null && own[0] >= GROWN && own[1] === null;
    if (grownups && !who.grown && who.said && !old && !any("around")) return 0;
    if (who.young && all("parents")) return 0;
    // How old a child is says nothing of the parents: what they go to themselves stays, a little behind what is for the child.
    const theirs = own !== null && who.child && !who.said && (grownups || any("parents"));
    let fits = theirs ? UNSAID : this.aged(who, own, own ?? children);
    if (who.child && !who.grown && all("parents")) fits *= UNSAID;
    if (who.grown && !who.child && all("children")) fits *= OTHERS;
    for (const [sex, other] of [["female", "male"], ["male", "female"]]) {
      if (all(sex) && !who.sexes.includes(sex)) fits *= who.sexes.includes(other) ? OTHERS : UNSAID;
    }
    return fits;
  }

  // The same by age alone: a young person doesn't go to what is for grown-ups, nor they to what is for the young.
  aged(who, own, ages) {
    if (!ages) return who.young ? UNSAID : 1;
    const [low, high] = ages;
    if (own && high === null) return who.span && !who.grown && who.span[1] < low ? 0 : 1;
    if (own && high <= 360 && !who.child && (who.grown || who.i)) return who.grown ? OTHERS : UNSAID;
    if (!who.span) return 1;
    const common = Math.min(who.span[1], high ?? Infinity) - Math.max(who.span[0], low) + 1;
    if (common <= 0) return 0;
    if (common < FEW * (who.span[1] - who.span[0] + 1) && common < (high ?? Infinity) - low) return UNSAID;
    return who.child && high !== null && high - low < WIDE ? CLOSE : 1;
  }

  // How well what a life situation is about suits them: money and rent are no young people's, a first flat of one's own nobody's who has children.
  concerns(who, ages) {
    if (!ages) return 1;
    const [low, high] = ages;
    if (who.grown && !who.child) return high !== null && high <= OLDEST && low >= YOUNGEST ? OTHERS : 1;
    if (who.young && low === 0) return 1; // a baby may be their own
    return who.span && !who.grown && (who.span[1] < low || (high !== null && who.span[0] > high)) ? OTHERS : 1;
  }
}
