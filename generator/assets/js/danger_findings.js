// A sentence (danger_sentence.js) in; what is said in it, each with the answer that stands first for it, out.

import { roles, row, violence } from "./danger_roles.js";
import { PRONOUNS } from "./danger_sentence.js";
import { OWN } from "./danger_grammar.js";

const ELDERS = new Set(["father", "mother", "parents", "carer"]);
const CLOSE = new Set(["husband", "wife", "partner", "father", "mother", "parents"]);

// [{answer, acute: 110 or 112 first, hurt: 112 first, other: somebody else is meant}].
export function findings(s) {
  const found = [shaking(s), poisoning(s), self(s), sexual(s), violence(s), following(s), endangered(s), fleeing(s)].filter(Boolean);
  return found.length ? found : [despairing(s), pregnant(s)].filter(Boolean);
}

function shaking(s) {
  if (!s.child && !s.list.some((word) => word.startsWith("schuttelt"))) return null;
  if (s.event("shaken") >= 0) return { answer: "baby-shaken" };
  return s.child && s.event("shakes") >= 0 ? { answer: "baby", hurt: s.hurt } : null;
}

function poisoning(s) {
  if (s.event("overdose") >= 0) return { answer: s.child ? "poison" : "overdose" };
  if (s.event("swallows") >= 0 && s.has("toxin")) return { answer: s.has("i") && !s.child ? "overdose" : "poison" };
  return s.event("poison") >= 0 ? { answer: "poison" } : null;
}

// Against oneself: one's own death, one's own body; of somebody else too.
function self(s) {
  const { marks } = s;
  const reflexive = s.grammar.classes.has("myself") ? "myself" : "me";
  const kill = s.event("kills", "kill", "to_kill"), hit = s.event("hits", "hit", "to_hit");
  const verb = kill >= 0 ? kill : hit;
  const me = s.at(reflexive), oneself = s.at("oneself");
  let own = s.event("suicide", "self_harm") >= 0;
  let other = false;
  if (!own && verb >= 0 && me >= 0) {
    const subject = s.subjectBefore(Math.max(me, 1) === me ? me : verb) || (s.subjectBefore(verb) === "i" ? "i" : "");
    const third = (marks[verb].has("hits") || marks[verb].has("kills")) && !marks[verb].has("hit") && !marks[verb].has("to_hit") && !marks[verb].has("kill");
    const alone = kill >= 0 && !s.people.length;
    own = reflexive === "myself" || (!third && !s.people.some(({ by }) => by) && (subject === "i" || (subject === "" && (alone || (marks[verb].has("hit") && !s.people.length)))));
    if (own) s.reflexive = verb;
  }
  if (!own && verb >= 0 && oneself >= 0 && kill >= 0) own = other = true;
  const cut = s.event("cuts");
  if (!own && cut >= 0) own = s.has("me", "myself", "oneself") || s.bareOf("cuts") || (s.list.length === 2 && s.has("i", "child"));
  if (!own) return null;
  const about = s.people.find(({ kind }) => !s.has("i", "myself") && !PRONOUNS.has(kind));
  other ||= Boolean(about) || (oneself >= 0 && !s.has("i", "me", "myself") && s.people.length > 0);
  const young = s.has("am_young") || s.child || about?.kind === "carer";
  return { answer: young ? "suicide-young" : "suicide", other, hurt: s.urgent && s.has("now", "injured", "toxin") };
}

function sexual(s) {
  const sure = s.event("sexual");
  const { agent, victim, mine } = roles(s, sure >= 0 ? sure : s.event("touches"), sure >= 0);
  if (sure < 0) {
    if (s.event("touches") < 0 || mine) return null;
    const child = s.child && agent && agent !== s.child;
    if (!(victim === "me" && (agent || s.grammar.language === "ar")) && !child && !(s.has("me") && s.has("am_young"))) return null;
  }
  if (mine) return { answer: "violent" };
  const hurt = s.hurt && s.urgent;
  if (s.has("am_young") || (agent && ELDERS.has(agent.kind) && victim === "me")) return { answer: "sexual-child", hurt: s.urgent };
  if (agent?.kind === "husband" && victim === "me") return { answer: "sexual-woman", hurt: s.urgent };
  return { answer: "sexual", other: victim !== "me" && Boolean(victim), hurt: s.urgent };
}

function following(s) {
  if (s.event("stalk") >= 0 && !s.has("me") && (s.has("i") || !s.has("follows"))) return s.people.length || s.has("i") ? { answer: "violent" } : null;
  const sure = s.event("stalking", "crime") >= 0;
  const follows = s.event("follows") >= 0 && (s.has("me") || s.people.length > 1 || s.people.some(({ object }) => object) || (s.has("i") && s.has("passive")) || ["ar", "fa", "tr"].includes(s.grammar.language));
  if (!sure && !follows) return null;
  if (s.has("me") && s.people.some(({ kind }) => ELDERS.has(kind))) return { answer: "child", acute: s.urgent };
  const wife = s.person("wife") && s.has("me", "my");
  return { answer: s.has("am_man") || wife ? "stalking-man" : "stalking", acute: s.urgent, hurt: s.hurt };
}

function endangered(s) {
  if (s.event("child_danger") >= 0 || (s.event("neglects") >= 0 && s.child)) return { answer: "child", other: true, acute: s.urgent, hurt: s.hurt };
  return null;
}

function fleeing(s) {
  if (s.event("refuge") >= 0) return { answer: s.has("am_young") ? "child" : s.has("am_woman") ? "woman" : s.has("am_man") ? "man" : "anyone", acute: s.urgent };
  if (s.event("flees") < 0) return null;
  const from = s.people.find(({ by, of, kind }) => (by || of) && CLOSE.has(kind)) ?? s.people.find(({ kind }) => kind === "parents" || ELDERS.has(kind));
  if (from && (s.has("i", "me") || from.by || from.of)) return { answer: row(s, "me", from), acute: s.urgent };
  if (s.child) return { answer: "child", other: true, acute: s.urgent };
  if (s.has("home", "am_young")) return { answer: "child", acute: s.urgent };
  if (s.bareOf("flees")) return { answer: s.list.length < 3 && !s.has("i") ? "child" : "anyone", acute: s.urgent };
  return null;
}

function despairing(s) {
  const { grammar } = s;
  const said = grammar.core(s.list.filter((_, at) => ![...s.marks[at]].some((name) => OWN.has(name))));
  const all = grammar.core(s.list);
  const fits = grammar.despair.some((phrase) => phrase === said || phrase === all || (phrase.split(" ").length > 2 && all.endsWith(` ${phrase}`)));
  return fits ? { answer: s.has("am_young") ? "suicide-young" : s.child ? "overwhelmed" : "suicide" } : null;
}

function pregnant(s) {
  return s.event("pregnant") >= 0 ? { answer: "pregnant" } : null;
}
