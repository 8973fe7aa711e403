// The workspace once danger is out of question: what is asked for, the ideas that follow, and the package. Made by case.js.
import { Form } from "./case_form.js";
import { today } from "./case_hints.js";
import { Ideas } from "./case_ideas.js";
import { Ladder } from "./case_ladder.js";
import { Package } from "./case_package.js";
import { loadDanger, show } from "./danger_box.js";
import { element } from "./element.js";
import { json, loadLines, loadOffers } from "./offers.js";
import { _ } from "./words.js";

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
    this.part("switches").append(this.normal, this.open);
    for (const tick of this.ticks()) tick.addEventListener("change", () => this.pack?.layOut());
  }

  ticks() {
    return [...this.mount.querySelectorAll("[name=prompt]")];
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

  // With the family in the room the ladder's names, words of danger and what is for professionals are out of sight.
  view(family) {
    this.family = family;
    this.mount.dataset.view = family ? "family" : "team";
    this.open.setAttribute("aria-pressed", String(family));
  }

  get dirty() {
    return !this.form.empty || Boolean(this.pack && !this.pack.empty) || this.ticks().some(({ checked }) => checked);
  }

  async load() {
    if (this.ladder || this.loading) return;
    this.loading = true;
    this.say(_("Die Angebote werden geladen …"));
    const { list, index, language, file, lines } = this.settings;
    try {
      const [offers, about, danger] = await Promise.all([loadOffers(list, index, language), json(file), loadDanger(index, language)]);
      this.danger = danger;
      this.ladder = new Ladder(offers, about);
      this.form.ready(this.ladder);
      this.pack = new Package(this.part("package"), this.ladder, this.data, {
        case_: () => this.form.value, ticks: () => this.ticks(), changed: () => this.draw(), told: () => this.counted(), say: (text) => this.say(text),
      });
      this.ideas = new Ideas(this.part("ladder"), this.ladder, {
        taken: (id) => this.pack.taken.has(id), take: (id) => this.pack.take(id), claim: () => this.lead("anspruch"),
        enjoy: () => this.form.pick("topics", this.ladder.file.strengths),
      });
      this.draw();
      await loadLines(offers, lines, () => this.ideas.fillLines());
    } finally {
      this.loading = false;
    }
  }

  changed() {
    this.draw();
    if (this.pack?.kind === "team") this.pack.layOut();
  }

  draw() {
    if (!this.ladder) return;
    const asked = this.form.value;
    const grave = this.recognised(asked);
    const something = asked.goals.length || asked.topics.length || asked.aids.length;
    const kept = (places) => grave && this.danger ? this.danger.ordered(places, grave) : places;
    const found = something ? this.ladder.find({ ...asked, kept }) : null;
    this.pack.asked = new Set(found ? found.aids.map(({ place }) => this.ladder.about(place, "kind")) : []);
    this.ideas.draw(found, { flat: this.flat, family: this.family, grave: Boolean(grave) });
    this.warn(grave);
    const count = found ? found.aids.length + found.claims.length + found.all.length : 0;
    if (!found) this.say(this.family ? _("Schreiben Sie auf, was anders sein soll.") : _("Schreiben Sie ein Ziel oder wählen Sie ein Thema. Dann stehen hier Ideen."));
    else if (count) this.say(count === 1 ? _("1 Idee") : _("{n} Ideen", { n: count }));
    else this.say(_("Dazu ist nichts eingetragen. Das heißt nicht, dass es nichts gibt: Fragen Sie im Team und im Sozialraum."));
  }

  // Who writes of danger sees the numbers, and the way back to the first question. A goal says what is to end: that is there today.
  recognised({ goals, topics, will }) {
    if (!this.danger) return null;
    const said = [...goals, will].filter(Boolean).flatMap((text) => [text, today(text, this.ladder.file.turns)]);
    return said.map((text) => this.danger.recognise(text)).find(Boolean) ?? this.danger.about(topics);
  }

  warn(grave) {
    const { root, help, safe } = this.settings;
    show(this.box, this.danger, this.family ? null : grave, { root, help, safe }, false);
    this.back.hidden = !grave || this.family;
  }

  counted() {
    const count = this.pack?.count ?? 0;
    this.part("to-package").querySelector(".nr-button__text").textContent = count ? _("Paket ({n})", { n: count }) : _("Paket");
  }

  say(text) {
    this.status.textContent = text;
  }

  forget() {
    for (const tick of this.ticks()) tick.checked = false;
    this.form.reset();
    this.pack?.clear();
    this.ideas?.clear();
    if (this.ladder) this.warn(null);
    this.flat = false;
    this.normal.setAttribute("aria-pressed", "true");
    this.view(false);
    this.say("");
  }
}
