/* Runs the preparation of a case: from {choices, file, title, lines, cases, danger} and {queries, hints} to what the ladder finds for
   each query ({goals, meant, topics, bands, languages, aids, area}), what is said of each text of `hints`, and what files of a package hold. */
import { hints, today } from "./case_hints.js";
import { Ladder } from "./case_ladder.js";
import { Danger } from "./danger.js";
import { Index } from "./matching.js";
import { Choices, Offers } from "./offers.js";

export function start(given) {
  const offers = new Offers(given.file, new Index(given.title), new Choices(given.choices));
  given.lines.forEach((line, at) => offers.lines.set(at, line));
  const ladder = new Ladder(offers, given.cases);
  const danger = new Danger(given.danger);
  danger.add(given.danger_later);
  const told = ({ place, sure, topics, goals, spoken, interpreted, local }) => ({ sure, id: offers.idOf(place), kind: ladder.about(place, "kind"), shelf: ladder.about(place, "shelf"), topics, goals, spoken, interpreted, local });
  const answer = (query) => {
    const found = [...query.goals ?? []].flatMap((goal) => [goal, today(goal, given.cases.turns)]).map((goal) => danger.recognise(goal)).find(Boolean) ?? danger.about(query.topics ?? []);
    const { topics, aids, claims, clear, folded, protection, rungs, all, open, rest, heard, unheard } = ladder.find({ ...query, meant: (query.meant ?? []).map((own) => new Map(Object.entries(own))), kept: (places) => danger.apart(places, found) });
    return { danger: Boolean(found), found: found?.situations ?? null, topics, clear, folded, heard, unheard, aids: aids.map(told), claims: claims.map(told), protection: protection.map(told), rungs: rungs.map(([layer, items]) => [layer, items.map(told)]), all: all.map(told), open: open.map(told), rest: Object.fromEntries([...rest].map(([layer, items]) => [layer, items.map(told)])) };
  };
  return ({ queries, hints: texts }) => ({ answers: queries.map(answer), hints: texts.map((text) => hints(text, given.cases.turns)) });
}
