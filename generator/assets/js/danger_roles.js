// A sentence (danger_sentence.js) in; who suffers violence by whom, as the answer that stands first for them, out.

import { SPOKEN_OUT } from "./danger_sentence.js";

export const ELDERS = new Set(["father", "mother", "parents", "carer"]);
export const COUPLE = new Set(["husband", "wife", "partner"]);
export const CLOSE = new Set(["husband", "wife", "partner", "father", "mother", "parents"]);
const WITHOUT_ORDER = new Set(["ar", "tr", "fa"]); // who stands behind the verb may be the one who acts
const HE = new Set(["husband", "partner", "father", "parents", "carer", "child", "man", "someone"]);
const SHE = new Set(["wife", "partner", "mother", "parents", "carer", "child", "woman", "someone"]);
export const isChild = (one) => one?.kind === "child" || one?.kind === "baby";

// Who does it to whom around the verb at `verb`. `noun` allows that nobody is named.
export function roles(s, verb, noun = false) {
  const nobody = { agent: null, victim: null, mine: false };
  if (verb < 0) return nobody;
  const { people, marks } = s;
  const by = people.find((one) => one.by);
  const passive = s.has("passive") || s.has("get_beaten", "gets_beaten");
  const doer = by ?? people.find((one) => !one.object && !one.against && one.at < verb) ?? people.find((one) => !one.object && !one.against);
  const i = s.at("i");
  if (s.has("me") || marks[verb].has("hits_me")) return { agent: doer ?? null, victim: "me", mine: false };
  if (i >= 0 && passive) {
    const between = people.find((one) => !one.by && one.at > i && one.at < verb);
    return { agent: by ?? null, victim: between ?? "me", mine: false };
  }
  if (passive && !by && people.length) return { agent: null, victim: people[0], mine: false };
  if (by) return { agent: by, victim: people.find((one) => one !== by) ?? (noun ? "me" : null), mine: false };
  if (i >= 0 && people.length && i < people[0].at) return { agent: null, victim: people[0], mine: true };
  const victim = people.find((one) => one !== doer && (one.object || one.at > doer?.at)) ?? people.find((one) => one.object || one.against);
  if (people.length > 1 || victim) return { agent: victim && doer !== victim ? doer ?? null : null, victim: victim ?? null, mine: false };
  return { agent: doer ?? null, victim: doer && s.child === doer ? doer : doer ? "me" : null, mine: false };
}

export function violence(s) {
  if (s.event("expelled") >= 0) return answered(s, { mine: true });
  const parts = s.clauses();
  const said = parts.length > 1 ? parts.map((part) => beaten(part) ?? bruised(part) ?? acting(part)).filter(Boolean) : [];
  const told = said.find(({ mine, agent, victim }) => !mine && agent && victim) ?? said.find(({ victim }) => victim === "me")
    ?? said.find(({ mine, victim }) => mine && victim) ?? said.find(({ mine }) => mine) ?? said.find(({ victim }) => victim) ?? said[0];
  const clear = told?.mine || (told?.victim && (told.agent || told.victim !== "me"));
  const whole = clear ? null : beaten(s) ?? bruised(s) ?? acting(s);
  const best = (whole?.mine && parts.length > 1 ? null : whole) ?? told ?? behaving(s) ?? controlling(s) ?? fearing(s) ?? named(s);
  return best ? answered(s, best) : null;
}

// „Ich werde geschlagen“, „meine Freundin wird bedroht“, „er hat mich geschlagen“, „ich habe mein Kind geschlagen“.
function beaten(s) {
  const mine = s.event("get_beaten");
  if (mine >= 0) return { victim: "me", agent: s.people.find(({ by }) => by) ?? s.people.find(({ object }) => !object) };
  const theirs = s.event("gets_beaten");
  const verb = theirs >= 0 ? theirs : s.event("beaten");
  if (verb < 0) return null;
  const by = s.people.find((one) => one.by);
  const others = s.people.filter((one) => one !== by);
  const i = s.speaker;
  if (s.has("me")) {
    const doers = others.filter(({ object }) => !object);
    return { victim: "me", agent: by ?? doers.find((one) => one.at < verb && !isChild(one)) ?? doers[0] };
  }
  if (theirs >= 0 || s.has("passive") || (by && !others.length)) {
    const between = others.find(({ at }) => at > i && at < verb);
    if (i >= 0 && !between && !(others.length && i > verb)) return { victim: "me", agent: by ?? others.find(({ kind, object }) => CLOSE.has(kind) && !object) };
    return { victim: between ?? others[0] ?? (by ? "me" : null), agent: by };
  }
  if ((s.marks[verb].has("hits") || s.marks[verb].has("hit")) && !s.has("have")) return null; // „bedroht“ is a verb as well
  if (i >= 0) return { mine: true, victim: others[0] };
  if (others.length > 1) return { agent: others[0], victim: others[1] };
  if (!others.length && s.whole.list.length > 3) return null; // „eingesperrt im Aufzug“
  return { victim: others[0] ?? null, agent: by };
}

// „Hab blaue Flecken von meinem Mann“, „die Kollegin hat ein Veilchen“.
function bruised(s) {
  if (!s.people.length || s.event("bruises") < 0 || (s.has("me") && s.has("hits"))) return null;
  const agent = s.people.find(({ by }) => by);
  const victim = s.people.find((one) => one !== agent) ?? "me";
  if (isChild(victim) && victim.mine && s.people.length === 1) return null; // one's own child falls down a good deal
  return { victim, agent };
}

// „Mein Mann schlägt mich“, „Papa schlägt Mama“, „ich schlage mein Kind“.
function acting(s) {
  const kill = s.event("kills", "kill", "to_kill");
  const verb = kill >= 0 ? kill : s.event("hits_me", "hits_her", "hits", "hit", "to_hit");
  if (verb < 0) return struck(s);
  if (verb + s.start === s.whole.reflexive) return null;
  const mark = s.marks[verb];
  const deadly = kill >= 0;
  const { people } = s;
  const doers = people.filter(({ object, against }) => !object && !against);
  if (mark.has("hits_her")) return { victim: people.find(({ kind }) => kind === "woman") ?? { kind: "woman" }, agent: doers[0] };
  if (mark.has("hits_me") || s.has("me")) {
    const before = doers.filter(({ at }) => at < verb);
    return { victim: "me", agent: [...before].reverse().find((one) => !isChild(one)) ?? before.at(-1) ?? doers[0], deadly };
  }
  if (s.has("myself") && !people.length) return null;
  const oneself = s.at("oneself");
  if (oneself >= 0 && Math.abs(oneself - verb) < 3) return doers.some(({ kind }) => ELDERS.has(kind) && kind !== "carer") ? { victim: doers[0], agent: doers[0] } : null;
  const i = s.speaker;
  const first = mark.has("hit") || mark.has("kill");
  const infinitive = mark.has("to_hit") || mark.has("to_kill");
  const wanting = (from) => s.marks.some((one, at) => at > from && at < verb && one.has("want"));
  const many = infinitive && !first && people.some(({ kind, at }) => kind === "parents" && at < verb && !wanting(at)); // „meine Eltern schlagen“
  const third = mark.has("hits") || mark.has("kills") || many;
  const alone = first && third && people.length > 0 && people.every(({ object }) => object); // „ударил жену“
  const mine = alone || (i >= 0 && (verb - i === 1 || first || (infinitive && !many)) && !(third && !first && people.some(({ at }) => at > i && at < verb)));
  if (mine || (first && !third && !infinitive && i < 0)) {
    const by = people.find((one) => one.by);
    if (by && i < 0) return { victim: "me", agent: by };
    if (mine || people.length || !SPOKEN_OUT.has(s.grammar.language)) return { mine: true, victim: people[0], deadly };
    return mark.has("violence") ? { victim: null } : null;
  }
  if (!people.length) { // „kills“, „beaten“; more words than that would name somebody
    if (SPOKEN_OUT.has(s.grammar.language) && s.whole.list.length > 2) return null;
    return (deadly && third) || mark.has("beaten") ? { victim: null, deadly } : null;
  }
  if (infinitive && !third && i < 0 && !s.has("want") && people.every(isChild) && s.list.length > 2) return null; // „Schubsen Kleinkinder normal“
  if (people.length === 1) {
    const [one] = people;
    if (one.by) return { victim: "me", agent: one, deadly };
    if (one.object || (one.kind === "wife" && !one.my && mark.has("beaten")) || (one.at > verb && !WITHOUT_ORDER.has(s.grammar.language))) return { victim: one, deadly };
    return isChild(one) ? null : { victim: one.kind === "man" || one.kind === "woman" ? one : "me", agent: one, deadly };
  }
  const by = people.find((one) => one.by);
  const behind = people.find(({ at, by: through }) => at > verb && !through);
  const agent = by ?? (behind ? [...doers].reverse().find(({ at }) => at < verb) : doers.find((one) => !isChild(one))) ?? doers[0];
  const victim = people.find((one) => one !== agent && one.object) ?? (behind !== agent && behind) ?? people.find((one) => one !== agent);
  if (isChild(agent) && victim && !CLOSE.has(victim.kind)) return null;
  return { agent, victim, deadly };
}

// „Er hat mir etwas ins Gesicht …“: whatever the verb is, it hits.
function struck(s) {
  const agent = s.event("blow") >= 0 && s.has("me") ? s.people.find((one) => !isChild(one) && !one.object) : null;
  return agent ? { victim: "me", agent } : null;
}

// „Mein Mann ist gewalttätig“, „er rastet aus“; „ich raste aus“.
function behaving(s) {
  if (s.event("rage") >= 0) return { mine: true, victim: s.child };
  if (s.event("violent", "rages") < 0) return null;
  const agent = s.people.find(({ kind, against }) => CLOSE.has(kind) && !against);
  if (agent) return { victim: "me", agent };
  const victim = s.people.find(({ against }) => against);
  if (s.has("i") && s.has("violent") && (victim || !s.people.length)) return { mine: true, victim };
  return null;
}

// „Mein Mann nimmt mir das Geld weg“, „er kontrolliert alles, was ich mache“: between partners only; parents may forbid a good deal.
function controlling(s) {
  if (!s.has("controls")) return null; // „erlaubt mir keine Freunde“ denies nothing
  const agent = s.people.find(({ kind }) => COUPLE.has(kind)) ?? s.people.find(({ pronoun }) => pronoun && s.has("my", "me", "watched"));
  return agent ? { victim: "me", agent } : null;
}

// „Ich habe Angst vor meinem Mann“.
function fearing(s) {
  if (s.event("fear") < 0) return null;
  const needed = s.grammar.classes.has("of");
  const angry = s.has("drunk", "rages", "violent", "hits", "lurks") && s.people.find(({ kind }) => CLOSE.has(kind));
  const agent = angry || s.people.find(({ kind, of, near, object, at }) => (needed ? of : at > s.at("fear") || s.grammar.language === "tr") && (CLOSE.has(kind) || (near && kind === "child")) && !(object && !needed && kind === "child"));
  return agent ? { victim: "me", agent } : null;
}

// „Häusliche Gewalt“, „Gewalt gegen Männer“, „Gewalt vom Partner“.
function named(s) {
  if (s.event("violence") < 0) return null;
  const against = s.people.find((one) => one.against);
  if (against) return { victim: against, noun: true };
  const wife = s.person("wife");
  if (wife && !wife.by && !wife.my) return { victim: wife, noun: true }; // „häusliche Gewalt Ehefrau“
  const agent = s.people.find(({ kind, by }) => by || CLOSE.has(kind));
  if (agent) return { victim: "me", agent, noun: true };
  return { victim: s.people[0] ?? null, noun: true };
}

// Who suffers through whom, as the answer that stands first for them.
function answered(s, { agent, victim, deadly, mine, noun }) {
  const acute = Boolean(deadly) || s.urgent || s.has("heard") || (!noun && s.has("cry") && !s.has("often", "past")) || (s.reflexive === undefined && s.event("kills", "to_kill") >= 0);
  const hurt = s.hurt;
  const doer = mine && !s.has("hides", "peril") ? otherDoer(s) : null;
  if (mine && doer) return answered(s, { victim: "me", agent: doer, deadly });
  if (mine && !s.has("hides", "peril")) {
    if (isChild(victim)) return { answer: victim.kind === "baby" && !hurt ? "baby" : "own-child", hurt };
    return { answer: "violent", acute: Boolean(deadly), hurt };
  }
  if (victim === "me" && (agent?.kind === "baby" || ((!agent || isChild(agent)) && !s.has("passive") && onlyInsults(s)))) return null;
  return { answer: row(s, meant(s, victim, agent), meant(s, agent, victim)), acute, hurt, violence: true, other: Boolean(victim) && victim !== "me" };
}

// Somebody close who acts or of whom it comes: then „ich“ is no perpetrator. „Die Schläge von meinem Mann“.
function otherDoer(s) {
  if (!SPOKEN_OUT.has(s.grammar.language)) return null;
  const speaker = s.speaker;
  return s.people.find((one) => CLOSE.has(one.kind) && (one.by || (!one.object && !one.dative && !one.against && !one.of && one.at < speaker))) ?? null;
}

// „Mein Sohn beschimpft mich“ is no blow.
function onlyInsults(s) {
  return s.has("insults") && !s.marks.some((mark) => ["hits", "beaten", "kills"].some((name) => mark.has(name)) && !mark.has("insults"));
}

// „Er“ and „sie“ are those who were named before.
function meant(s, one, other) {
  if (!one?.pronoun) return one;
  const kinds = one.pronoun === "he" ? HE : SHE;
  return s.people.find((named) => !named.pronoun && named.kind !== other?.kind && kinds.has(named.kind) && !(isChild(named) && named.at > one.place)) ?? one;
}

export function row(s, victim, agent) {
  const by = agent?.kind;
  if (s.has("am_young")) return "child";
  if (!victim || victim === "me") {
    if (s.has("am_woman")) return "woman";
    if (s.has("am_man")) return "man";
    const stepping = (by === "husband" || by === "wife") && !agent.mine && s.person("father", "mother"); // „Mama hat einen Freund, der …“
    if (stepping) return "child";
    if (by === "husband") return "woman";
    if (by === "wife") return "man";
    if (agent?.theirs && s.people.some(isChild) && (by === "father" || by === "mother")) return by === "father" ? "woman" : "man"; // „der Kleine sah, wie sein Vater mich …“
    if (ELDERS.has(by)) return s.has("grown") ? "anyone" : "child";
    return isChild(agent) && !s.has("grown") ? "parent" : "anyone";
  }
  switch (victim.kind) {
    case "parents": return (by && !ELDERS.has(by)) || (!by && s.person("husband", "wife")) ? ["woman", "man"].find((kind) => s.marks[victim.place].has(kind)) ?? "anyone" : "child";
    case "child": case "baby": case "carer": return agent?.theirs && COUPLE.has(by) ? "woman" : "child";
    case "wife": case "woman": return by === "father" ? "child" : "woman";
    case "husband": case "man": return by === "mother" ? "child" : "man";
    case "mother": return (!by || ELDERS.has(by)) && !s.has("grown") ? "child" : by === "child" ? "parent" : "woman";
    case "father": return (!by || ELDERS.has(by)) && !s.has("grown") ? "child" : by === "child" ? "parent" : "man";
    default: return "anyone";
  }
}
