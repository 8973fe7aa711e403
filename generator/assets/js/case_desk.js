// The workspace once danger is out of question: what is asked for, the ideas that follow, and the package. Made by case.js.
import { careful, Form } from "./case_form.js";
import { today } from "./case_hints.js";
import { Ideas } from "./case_ideas.js";
import { Ladder } from "./case_ladder.js";
import { Package } from "./case_package.js";
import { loadDanger, show } from "./danger_box.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { loadLines, loadOffers } from "./offers.js";
import { _ } from "./words.js";

const NOTING = 350; // ms without a key before what was noted is looked at

// That words aren't understood says nothing of what there is.
function unheard({ unheard: goals }) {
  return goals.length ? _("Mit Ziel {n} kann die Suche nichts anfangen: Sagen Sie es mit anderen Worten, oder wählen Sie ein Thema.", { n: goals.join(", ") }) : "";
}

export class Desk {
  // `ask` leads back to the first question, `lead` to a title of the page.
  constructor(mount, { ask, lead }) {
    this.mount = mount;
    this.settings = mount.dataset;
    this.lead = lead;
    this.part = (name) => mount.querySelector(`[data-case-${name}]`);
    this.status = this.part("status");
    this.data = JSON.parse(document.getElementById("nr-case").textContent);
    this.flat = this.family = false;
    this.form = new Form(this.part("form"), this.settings, { changed: () => this.changed() });
    this.box = element("div", { hidden: true });
    this.back = element("p", { hidden: true }, element("button", { type: "button", class: "nr-button nr-button--quiet", onclick: ask }, _("Zurück zur ersten Frage: Gefahr?")));
    this.part("warning").append(this.box, this.back);
    this.normal = this.toggle(_("Normaleres zuerst"), true, (on) => { this.flat = !on; });
    this.open = this.toggle(_("Ansicht für die Familie"), false, (on) => this.view(on));
    for (const tick of this.ticks()) tick.addEventListener("change", () => this.pack?.layOut());
    this.looks = this.notes().map((note) => {
      note.addEventListener("input", () => this.noted());
      return careful(note, () => this.form.turns);
    });
  }

  ticks() {
    return [...this.mount.querySelectorAll("[name=prompt]")];
  }

  // The family's own ideas are written down beside the question that they answer.
  notes() {
    return [...this.mount.querySelectorAll("[data-case-note]")];
  }

  noted() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.draw(), NOTING);
    this.pack?.layOut();
  }

  toggle(text, pressed, set) {
    const button = element("button", { type: "button", class: "nr-chip", "aria-pressed": String(pressed), onclick: () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      set(on);
      this.draw();
    } }, text);
    return button;
  }

  // With the family in the room the ladder's names, what was written of danger and what is for professionals are out of sight.
  view(family) {
    this.family = family;
    this.mount.dataset.view = family ? "family" : "team";
    this.open.setAttribute("aria-pressed", String(family));
    this.pack?.view(family);
    for (const input of this.mount.querySelectorAll("#fall .nr-field > textarea, #fall .nr-field > input[type=text]")) input.parentElement.hidden = family && Boolean(this.grave(input.value));
  }

  get dirty() {
    return !this.form.empty || Boolean(this.pack && !this.pack.empty) || this.ticks().some(({ checked }) => checked) || this.notes().some(({ value }) => value.trim());
  }

  async load() {
    if (this.ladder || this.loading) return;
    this.loading = true;
    this.say(_("Die Angebote werden geladen …"));
    const { list, index, language, file, lines } = this.settings;
    try {
      const [offers, about, danger] = await Promise.all([loadOffers(list, index, language), json(file), loadDanger(index, language)]);
      // Who can't tell danger suggests nothing.
      if (!danger) throw new Error("no lexicon of danger");
      await danger.all;
      this.danger = danger;
      this.ladder = new Ladder(offers, about);
      this.form.ready(this.ladder);
      this.pack = new Package(this.part("package"), this.ladder, this.data, {
        case_: () => this.form.value, ticks: () => this.ticks(), notes: () => this.notes(), changed: () => this.draw(), told: () => this.counted(), say: (text) => this.say(text),
        grave: (text) => this.grave(text),
      });
      this.looks.push(careful(this.pack.own, () => this.form.turns));
      this.pack.own.addEventListener("input", () => this.noted());
      this.ideas = new Ideas(this.part("ladder"), this.ladder, {
        taken: (id) => this.pack.taken.has(id), take: (id) => this.pack.take(id), claim: () => this.lead("anspruch"),
        violence: new Set(danger.file.grave),
        enjoy: () => this.form.pick("topics", this.ladder.file.strengths),
      });
      // What only the office knows is nothing for the family's eyes: their view is that of the public site.
      this.part("switches").append(this.normal, ...this.data.internal ? [] : [this.open]);
      this.draw();
      await loadLines(offers, lines, () => this.ideas.fillLines());
      // Words of the lines tell which of several offers is meant: who was quicker than they sees the ideas anew.
      if (!this.form.empty) this.draw();
    } finally {
      this.loading = false;
    }
  }

  changed() {
    this.pack?.speak(this.form.value.languages[0] ?? "");
    this.draw();
    if (this.pack?.kind === "team") this.pack.layOut();
  }

  draw() {
    if (!this.ladder) return;
    const asked = this.form.value;
    const grave = this.recognised(asked);
    const something = asked.goals.length || asked.topics.length || asked.aids.length;
    const kept = (places) => this.danger.apart(places, grave);
    const found = something ? this.ladder.find({ ...asked, kept }) : null;
    this.pack.asked = new Set(found ? found.aids.map(({ place }) => this.ladder.about(place, "kind")) : []);
    this.pack.suits((place) => kept([place]).length > 0);
    const count = this.ideas.draw(found, { flat: this.flat, family: this.family, grave: Boolean(grave) });
    this.warn(grave);
    this.form.heard(found?.heard.map((topics) => topics.map(([id, on]) => [id, this.ladder.topic(id), on])) ?? []);
    if (!found) this.say(this.family ? _("Schreiben Sie auf, was anders sein soll.") : _("Schreiben Sie ein Ziel oder wählen Sie ein Thema. Dann stehen hier Ideen."));
    else if (count) this.say([count === 1 ? _("1 Idee") : _("{n} Ideen", { n: count }), unheard(found)].filter(Boolean).join(". "));
    else if (found.unheard.length && !asked.topics.length && !asked.aids.length) this.say(unheard(found));
    else if (this.family) this.say(_("Dazu haben wir keine Idee gefunden."));
    else this.say(_("Dazu haben wir keine Idee gefunden. Das heißt nicht, dass es nichts gibt: Fragen Sie im Team und im Sozialraum."));
  }

  // Who writes of danger sees the numbers, and the way back to the first question. A goal says what is to end: that is there today.
  recognised({ goals, meant, topics, will }) {
    const corrected = meant.flatMap((own) => [...own.keys()].filter((topic) => own.get(topic)));
    return [...goals, will, ...this.pack.ideas].map((text) => this.grave(text)).find(Boolean) ?? this.danger.about([...topics, ...corrected]);
  }

  grave(text) {
    return this.danger.recognise(text) ?? this.danger.recognise(today(text, this.ladder.file.turns));
  }

  warn(grave) {
    const { root, help, safe } = this.settings;
    show(this.box, this.danger, this.family ? null : grave, { root, help, safe, beside: true }, false);
    this.back.hidden = !grave || this.family;
  }

  counted() {
    const count = this.pack?.shown ?? 0;
    this.part("to-package").querySelector(".nr-button__text").textContent = count ? _("Paket ({n})", { n: count }) : _("Paket");
  }

  say(text) {
    this.status.textContent = text;
  }

  forget() {
    clearTimeout(this.noting);
    for (const tick of this.ticks()) tick.checked = false;
    for (const note of this.notes()) note.value = "";
    this.form.reset();
    this.pack?.clear();
    for (const look of this.looks) look();
    this.ideas?.clear();
    if (this.ladder) this.warn(null);
    this.flat = false;
    this.normal.setAttribute("aria-pressed", "true");
    this.view(false);
    this.say("");
  }
}
