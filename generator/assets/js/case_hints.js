// A goal as it is typed in, what helps to put it better out: a state to be reached, in the family's own name, without anything that
// tells who they are. An aid and no protection: it knows patterns, not people.
import { fold, words } from "./folding.js";

const set = (text = "") => new Set(text.split(" ").filter(Boolean));
const PERSONAL = [
  /\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b/, // a date of birth
  /\b(?:\+49|0)[\d\s/-]{6,}\d\b/, // a telephone number
  /\S@[^\s@]{1,80}\.\S/, // a mail address
  /\p{L}(?:str\.|straße|strasse|weg|platz|allee|gasse|ring|damm)\s+\d+/iu, // a street with a number
  /\b\d{5} {1,3}[A-ZÄÖÜ]/, // a postcode with a town
];

// {personal, about, against}: `about` is who „soll“, or nothing. `turns` are those of generator/search/goal_words.py.
export function hints(text, turns) {
  const said = words(text);
  const folded = said.map(fold);
  const [about, against, address] = [set(turns.about), set(turns.against), set(turns.address)];
  const named = folded.some((word, nth) => address.has(word) && /^[A-ZÄÖÜ]/.test(said[nth + 1] ?? ""));
  const turn = folded.findIndex((word) => about.has(word));
  return {
    personal: named || PERSONAL.some((pattern) => pattern.test(text)),
    about: turn > 0 && turn < 4 && !["ich", "wir", "i", "we"].includes(folded[turn - 1]) ? said.slice(0, turn).join(" ") : "",
    against: folded.some((word) => against.has(word)),
  };
}

// What a goal says of today: who wishes that „er schlägt mich nicht mehr“ is beaten now, and „niemand fasst mich an“ is said by who is touched.
export function today(text, turns) {
  const gone = new Set([...set(turns.against), ...set(turns.ending)]);
  const nobody = set(turns.nobody);
  return text.split(/\s+/).flatMap((word) => {
    const said = fold(words(word)[0] ?? "");
    if (nobody.has(said)) return turns.somebody;
    return gone.has(said) ? [] : word;
  }).join(" ");
}
