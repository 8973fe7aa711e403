// A sentence (danger_sentence.js) in; what is said in it, each with the answer that stands first for it, out.

import { OWN } from "./danger_grammar.js";
import { CLOSE, COUPLE, ELDERS, isChild, row, roles, violence } from "./danger_roles.js";
import { PRONOUNS, SPOKEN_OUT } from "./danger_sentence.js";

// What alone says little and together enough: how much each weighs, and how much is enough.
const SIGNALS = { hits: 2, hit: 2, to_hit: 2, beaten: 2, hits_me: 2, hits_her: 2, blow: 1, kills: 2, to_kill: 2, violence: 2, rages: 1, violent: 1, hides: 2, weapon: 2, bruises: 2, heard: 1, lurks: 1, fear: 1, drunk: 1, high: 1, controls: 1, thrown: 1, follows: 1, starves: 1, flees: 1, now: 0.5, cry: 0.5, today: 0.5, injured: 1, urgent: 1 };
const ENOUGH = 3;
const KNOWN = new Set(["woman", "man", "child", "parent", "sexual", "sexual-child", "sexual-woman", "stalking", "stalking-man"]);
const ALARMS = new Set(["collapsed", "peril", "weapon", "edge", "heard", "hides", "lurks", "shaken", "poison"]);
const DEEDS = new Set(["hits", "hit", "to_hit", "beaten", "hits_me", "hits_her", "kills", "kill", "to_kill", "shakes", "shaken", "cuts", "touches", "follows", "stalk", "weapon", "toxin", "flees", "violent", "rages", "hides", "peril", "lurks", "urgent"]);

// [{answer, acute: 110 or 112 first, hurt: 112 first, other: somebody else is meant}].
export function findings(sentence) {
  const s = calmed(sentence);
  const found = [raving, shaking, poisoning, self, sexual, violence, overheard, onEdge, following, endangered, asking, fleeing].map((finding) => finding(s)).filter(Boolean);
  if (dying(s)) for (const one of found) one.hurt = true;
  if (found.length) return sorted(found);
  const last = collapsed(s) ?? inPeril(s) ?? confused(s) ?? despairing(s) ?? pregnant(s) ?? alarming(s);
  return last ? [last] : [];
}

// Beside words of games, kitchens and films no deed counts; beside those of courses and books nothing is urgent.
function calmed(sentence) {
  const s = sentence.has("calm") && !sentence.has("fear", "now", "cry", "injured", "violence") ? sentence.without(DEEDS) : sentence;
  if (!s.has("info") || s.has("now", "cry")) return s;
  return s.people.length || s.has("i", "me", "my") ? s.without(ALARMS) : s.without(s.said);
}

// What says more comes first and takes the place of what says less: who suffers by whom before nobody in particular.
function sorted(found) {
  const told = new Set(found.map(({ answer }) => answer));
  const less = (answer) => (answer === "anyone" && found.some((one) => KNOWN.has(one.answer))) || (answer === "child" && (told.has("own-child") || told.has("baby")));
  const acute = found.some((one) => one.acute);
  const kept = found.filter(({ answer }) => !less(answer)).map((one) => ({ ...one, acute: one.acute ?? acute }));
  return [...kept.filter(({ first }) => first), ...kept.filter(({ first }) => !first)];
}

// „Mein Sohn ist auf Crystal und zerlegt die Wohnung“.
function raving(s) {
  return s.event("high") >= 0 && s.event("rages", "violent", "hits") >= 0 ? { answer: "emergency", acute: true, hurt: s.hurt } : null;
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
  const near = Math.abs(me - verb) < 5 && !marks.slice(Math.min(me, verb), Math.max(me, verb)).some((mark) => mark.has("joins"));
  if (!own && verb >= 0 && me >= 0 && near && !s.has("hides") && (kill >= 0 || !s.people.length)) {
    const subject = s.subjectBefore(Math.max(me, 1) === me ? me : verb) || (s.subjectBefore(verb) === "i" ? "i" : "");
    const third = (marks[verb].has("hits") || marks[verb].has("kills")) && !marks[verb].has("hit") && !marks[verb].has("to_hit") && !marks[verb].has("kill");
    const alone = kill >= 0 && !s.people.length;
    own = reflexive === "myself" || (!third && !s.people.some(({ by }) => by) && (subject === "i" || (subject === "" && (alone || (marks[verb].has("hit") && !s.people.length && Math.abs(me - verb) < 3)))));
    if (own) s.reflexive = verb;
  }
  if (!own && verb >= 0 && oneself >= 0 && kill >= 0) own = other = true;
  const cut = s.event("cuts");
  if (!own && cut >= 0) own = s.has("me", "myself", "oneself", "body", "veins") || s.bareOf("cuts") || (s.list.length === 2 && s.has("i", "child"));
  if (!own) return null;
  const about = s.people.find(({ kind }) => !s.has("i", "myself") && !PRONOUNS.has(kind));
  other ||= Boolean(about) || (oneself >= 0 && !s.has("i", "me", "myself") && s.people.length > 0);
  const young = s.has("am_young") || s.child || about?.kind === "carer";
  return { answer: young ? "suicide-young" : "suicide", other, hurt: s.has("collapsed", "injured") || ((s.urgent || s.has("today")) && s.has("now", "today", "toxin")) };
}

function sexual(s) {
  const sure = s.event("sexual"), touches = s.event("touches"), there = s.event("private");
  const deed = sure >= 0 ? sure : there >= 0 ? there : touches;
  const { agent, victim, mine } = roles(s, deed, sure >= 0 || there >= 0);
  if (mine) return { answer: "violent" };
  if (sure < 0) {
    if (deed < 0) return null;
    const child = s.child && s.people.some((one) => !isChild(one) && !one.pronoun);
    const grown = s.people.some((one) => !isChild(one));
    const intimate = there >= 0 && (touches >= 0 ? s.has("me") || agent || s.people.length > 1 : grown && (s.has("me") || s.child));
    if (!intimate && !(victim === "me" && (agent || s.grammar.language === "ar")) && !child && !(s.has("me") && s.has("am_young"))) return null;
  }
  if (s.has("am_young") || (agent && ELDERS.has(agent.kind) && victim === "me" && !s.has("grown"))) return { answer: "sexual-child", hurt: s.urgent };
  if (agent?.kind === "husband" && agent.mine && victim === "me") return { answer: "sexual-woman", hurt: s.urgent };
  return { answer: "sexual", other: victim !== "me" && Boolean(victim), hurt: s.urgent };
}

// „Über mir schreit eine Frau um Hilfe“.
function overheard(s) {
  if (s.event("heard") < 0 || s.child) return null;
  const victim = s.person("wife", "woman") ?? null;
  return { answer: victim ? row(s, victim, null) : "anyone", other: true, acute: s.urgent || s.has("cry") || s.event("hits", "violence", "beaten") >= 0, hurt: s.hurt };
}

// „Gleich werfe ich es an die Wand“: who is afraid of doing something to a child.
function onEdge(s) {
  if (s.event("edge") < 0) return null;
  const other = !s.has("i") && s.people.some(({ kind, pronoun }) => CLOSE.has(kind) && !pronoun);
  if (other) return s.has("me") ? null : { answer: "child", other: true, acute: true };
  return { answer: s.person("baby") && !s.hurt ? "baby" : "own-child", hurt: s.hurt };
}

function following(s) {
  if (s.event("stalk") >= 0 && !s.has("me") && (s.has("i") || !s.has("follows"))) return s.people.length || s.has("i") ? { answer: "violent" } : null;
  const sure = s.event("stalking", "crime") >= 0;
  const follows = s.event("follows") >= 0 && (s.has("me") || s.people.length > 1 || s.people.some(({ object }) => object) || (s.speaker >= 0 && s.has("passive")) || ["ar", "fa", "tr"].includes(s.grammar.language));
  if (!sure && !(follows && (!s.people.length || s.people.some((one) => !isChild(one))))) return null;
  if (s.has("me") && s.people.some(({ kind }) => ELDERS.has(kind))) return { answer: "child", acute: s.urgent };
  const wife = s.person("wife") && s.has("me", "my");
  return { answer: s.has("am_man") || wife ? "stalking-man" : "stalking", acute: s.urgent, hurt: s.hurt, first: sure };
}

function endangered(s) {
  const danger = { answer: "child", other: true, acute: s.urgent, hurt: s.hurt };
  if (s.event("child_danger") >= 0 || (s.event("neglects", "starves") >= 0 && s.child)) return danger;
  if (s.event("starves") >= 0 && (s.people.some(({ kind }) => ELDERS.has(kind)) || s.has("home"))) return { ...danger, other: false };
  return s.event("heard") >= 0 && s.child ? danger : null;
}

// „Darf ich selbst zum Jugendamt?“
function asking(s) {
  return s.has("asks") ? { answer: "child", acute: s.urgent, hurt: s.hurt } : null;
}

function fleeing(s) {
  const acute = s.has("weapon", "peril");
  if (s.event("refuge") >= 0) return { answer: s.has("am_young") ? "child" : s.has("am_woman") && !s.has("am_man") ? "woman" : s.has("am_man") ? "man" : "anyone", acute };
  if (s.event("flees", "thrown") < 0) return null;
  const from = s.people.find(({ by, of, kind }) => (by || of) && CLOSE.has(kind)) ?? s.people.find(({ kind }) => kind === "parents" || ELDERS.has(kind));
  if (from && (s.has("i", "me") || from.by || from.of)) return { answer: row(s, "me", from), acute: s.urgent };
  const couple = s.people.find(({ kind }) => COUPLE.has(kind));
  if (s.event("thrown") >= 0 && s.event("flees") < 0 && !(couple && s.has("me"))) return s.has("am_young", "home") ? { answer: "child", acute: s.urgent } : null;
  if (couple && s.has("i", "me", "fear")) return { answer: row(s, "me", couple), acute: s.urgent };
  if (s.child) return { answer: "child", other: true, acute: s.urgent };
  if (s.has("home", "am_young")) return { answer: "child", acute: s.urgent };
  if (s.bareOf("flees")) return { answer: s.list.length < 3 && !s.has("i") ? "child" : "anyone", acute: s.urgent };
  return null;
}

// „Sie wacht nicht auf“, „er steht auf der Brücke“.
function collapsed(s) {
  return dying(s) ? { answer: "emergency", hurt: true } : null;
}

function dying(s) {
  const somebody = s.people.length > 0 || s.has("i", "me", "my", "oneself", "first", "now", "cry") || s.list.length < 4;
  return (somebody && s.event("collapsed") >= 0) || (s.event("cuts") >= 0 && s.has("veins"));
}

// „Er bricht die Tür auf“, „er hat ein Messer“, „ich habe mich eingeschlossen“.
function inPeril(s) {
  const grown = s.people.filter((one) => !isChild(one));
  const unsaid = !SPOKEN_OUT.has(s.grammar.language) && s.list.length < 4; // „sparge ușa“
  const sure = s.event("peril") >= 0 && (s.people.length || unsaid || s.has("i", "me", "now", "cry"));
  const armed = s.event("weapon") >= 0 && (grown.length || s.has("now", "cry", "fear", "lurks"));
  const hidden = s.event("hides") >= 0 && (grown.length || s.has("fear", "rages", "lurks", "now", "cry"));
  const outside = s.event("lurks") >= 0 && s.has("fear", "rages", "hits", "kills") && grown.some(({ pronoun, kind }) => pronoun || COUPLE.has(kind) || kind === "someone");
  if (!sure && !armed && !hidden && !outside) return null;
  if (!grown.length && s.child && !s.has("i", "me")) return { answer: "child", acute: true, other: true, hurt: s.hurt };
  const agent = s.people.find(({ kind, object }) => CLOSE.has(kind) && !object) ?? null;
  return { answer: row(s, "me", agent), acute: true, hurt: s.hurt };
}

// „Mein Bruder hört Stimmen“.
function confused(s) {
  return s.event("psychosis") >= 0 && (s.people.length || s.has("i", "me")) ? { answer: "suicide", other: s.people.length > 0 && !s.has("i", "me"), hurt: s.hurt } : null;
}

function despairing(s) {
  const { grammar } = s;
  const said = grammar.core(s.list.filter((_, at) => ![...s.marks[at]].some((name) => OWN.has(name))));
  const all = grammar.core(s.list);
  const fits = grammar.despair.some((phrase) => phrase && (phrase === said || phrase === all || (phrase.split(" ").length > 2 && all.endsWith(` ${phrase}`))));
  return fits ? { answer: s.has("am_young") ? "suicide-young" : s.child ? "overwhelmed" : "suicide" } : null;
}

function pregnant(s) {
  return s.event("pregnant") >= 0 ? { answer: "pregnant" } : null;
}

// Who does what to whom can't be read, but what is said is too much together to show nothing.
function alarming(s) {
  const grown = s.people.filter((one) => !isChild(one));
  let weight = grown.length ? 1 : 0;
  if (s.has("me")) weight += 0.5;
  for (const [name, more] of Object.entries(SIGNALS)) if (s.event(name) >= 0) weight += more;
  if (weight < ENOUGH || (!grown.length && (s.child || !s.has("i", "me")))) return null;
  const agent = grown.find(({ kind, object }) => CLOSE.has(kind) && !object) ?? null;
  return { answer: row(s, "me", agent), acute: s.urgent, hurt: s.hurt };
}
