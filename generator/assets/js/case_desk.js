// The workspace once danger is out of question: what is asked for, the ideas that follow, and the package.
import { numberText } from "./cards.js";
import { Form } from "./case_form.js";
import { Ideas } from "./case_ideas.js";
import { Ladder } from "./case_ladder.js";
import { Package } from "./case_package.js";
import { loadDanger, show } from "./danger_box.js";
import { professionalBox } from "./danger_case.js";
import { json } from "./loading.js";
import { loadLines, loadOffers } from "./offers.js";
import { _ } from "./words.js";

const NOTING = 350; // ms without a key before what was written is looked at

export class Desk {
  // `ask` leads back to the first question, `danger` answers it.
  constructor(mount, { ask, danger }) {
    this.mount = mount;
    this.settings = mount.dataset;
    this.danger = danger;
    this.part = (name) => mount.querySelector(`[data-case-${name}]`);
    this.status = this.part("status");
    this.data = JSON.parse(document.getElementById("nr-case").textContent);
    this.family = false;
    this.box = this.part("box");
    this.back = this.part("back");
    this.back.firstChild.addEventListener("click", ask);
    this.part("view")?.addEventListener("click", () => {
      this.view(!this.family);
      this.draw();
    });
    for (const tick of this.ticks()) tick.addEventListener("change", () => this.pack?.layOut());
    for (const note of this.notes()) note.addEventListener("input", () => this.wrote());
  }

  ticks() {
    return [...this.mount.querySelectorAll("[name=prompt]")];
  }

  // The family's own ideas are written down beside the question that they answer.
  notes() {
    return [...this.mount.querySelectorAll("[data-case-note]")];
  }

  wrote() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.draw(), NOTING);
    this.pack?.layOut();
  }

  // With the family in the room the ladder's names, what is of danger and what is for professionals are out of sight.
  view(family) {
    this.family = family;
    this.mount.dataset.view = family ? "family" : "team";
    this.part("view")?.setAttribute("aria-pressed", String(family));
    this.pack?.view(family);
    for (const field of this.mount.querySelectorAll("#fall .nr-field > textarea")) {
      field.parentElement.hidden = family && Boolean(this.grave(field.value));
    }
  }

  get dirty() {
    const filled = this.form && !this.form.empty || this.pack?.count > 0;
    return filled || this.ticks().some(({ checked }) => checked) || this.notes().some(({ value }) => value.trim());
  }

  async load() {
    if (this.ladder || this.loading) return;
    this.loading = true;
    this.say(_("Die Angebote werden geladen …"));
    const { list, index, language, file, lines } = this.settings;
    try {
      const coming = [loadOffers(list, index, language), json(file), loadDanger(index, language)];
      const [offers, about, lexicon] = await Promise.all(coming);
      // Who can't tell danger suggests nothing.
      if (!lexicon) throw new Error("no lexicon of danger");
      await lexicon.further();
      this.lexicon = lexicon;
      this.ladder = new Ladder(offers, about);
      const heard = { changed: () => this.changed(), wrote: () => this.wrote(), danger: this.danger };
      this.form = new Form(this.mount, this.settings, this.ladder, heard);
      this.pack = new Package(this.part("package"), this);
      this.pack.own.addEventListener("input", () => this.wrote());
      const again = () => this.draw();
      this.ideas = new Ideas(this.part("ladder"), this.ladder, this.pack, new Set(lexicon.file.grave), again);
      this.part("view")?.removeAttribute("hidden");
      this.draw();
      await loadLines(offers, lines, () => this.ideas.fillLines());
    } finally {
      this.loading = false;
    }
  }

  changed() {
    this.ideas.few();
    this.pack.speak(this.form.value.language);
    this.draw();
    if (this.pack.kind === "team") this.pack.layOut();
  }

  draw() {
    if (!this.ladder) return;
    const asked = this.form.value;
    const grave = this.recognised(asked);
    const kept = (places) => this.lexicon.apart(places, grave);
    const found = asked.topics.length || asked.aids.length ? this.ladder.find(asked, Boolean(grave), kept) : null;
    this.pack.asked = new Set(asked.aids);
    this.pack.suits((place) => kept([place]).length > 0);
    const language = asked.language && this.ladder.language(asked.language);
    const { count, vague, others } = this.ideas.draw(found,
      { family: this.family, grave: Boolean(grave), language, told: this.told(language) });
    show(this.box, this.lexicon, this.family ? null : grave, { help: this.settings.help, box: professionalBox });
    this.back.hidden = !grave || this.family;
    const area = asked.area && this.ladder.offers.choices.facets.get("gebiet").get(asked.area).label;
    const n = numberText(count);
    const ideas = count === 1 ? _("1 Idee") : _("{n} Ideen", { n });
    const unsaid = vague ? _("{n} sagen nicht, für wen", { n: vague }) : "";
    if (!found) this.say(_("Wählen Sie, worum es geht. Dann stehen hier Ideen."));
    else if (count || others) this.say([ideas, area, unsaid].filter(Boolean).join(" · "));
    else this.say(_("Dazu ist nichts eingetragen. Das heißt nicht, dass es nichts gibt: "
      + "Fragen Sie im Team und im Sozialraum."));
    this.label("count", found ? _("Ideen ({n})", { n }) : _("Ideen"));
  }

  // Once above all ideas: who interprets, and which situations still ask for a subject.
  told(language) {
    const who = language ? this.ladder.interpreters() : [];
    return [language && _("{language} sprechen nicht alle.", { language }),
      who.length && _("Es übersetzt: {who}.", { who: who.join(" · ") }),
      ...this.form.unspecific.map((situation) =>
        _("Welches Thema unter „{situation}“? Dann werden es weniger Ideen.", { situation }))].filter(Boolean);
  }

  // What stands on a button of the bar.
  label(name, text) {
    this.part(name).querySelector(".nr-button__text").textContent = text;
  }

  // Who writes or chooses violence gets no talks with both sides, and sees the way back to the first question.
  recognised({ goals, will, topics }) {
    const written = [...goals, will, ...this.pack.ideas];
    return written.map((text) => this.grave(text)).find(Boolean) ?? this.lexicon.about(topics);
  }

  grave(text) {
    return this.lexicon.recognise(text);
  }

  // Aloud, beside the number of ideas.
  tell(text) {
    this.part("gone").textContent = text;
  }

  counted() {
    const count = this.pack?.shown ?? 0;
    this.label("to-package", count ? _("Paket ({n})", { n: count }) : _("Paket"));
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  forget() {
    clearTimeout(this.noting);
    for (const tick of this.ticks()) tick.checked = false;
    for (const note of this.notes()) note.value = "";
    this.form?.reset();
    this.pack?.clear();
    this.ideas?.clear();
    this.view(false);
    this.draw();
  }
}
