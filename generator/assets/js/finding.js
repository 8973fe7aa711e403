// Short forms for what was found or is missing. Nothing is sent: what comes out is text to copy, a mail to save and a
// file of YAML; a need never becomes a mail. Nothing is stored, and nothing of it comes back.
import { bar } from "./back.js";
import { labelled, quiet } from "./controls.js";
import { copyField } from "./copied_field.js";
import { download } from "./download.js";
import { element } from "./element.js";
import { mail, RECORDS, trouble } from "./find_records.js";
import { _ } from "./words.js";

const TYPES = { yml: "application/yaml", eml: "message/rfc822" };

const save = (name, text) => download(name, [text], `${TYPES[name.split(".").at(-1)]};charset=utf-8`);

class Finding {
  constructor(form) {
    this.form = form;
    this.kind = form.dataset.finding;
    this.result = form.nextElementSibling;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.make();
    });
    form.addEventListener("reset", () => this.result.replaceChildren());
  }

  // The form's words as somebody reads them: „Art: Offener Treff“.
  said() {
    return [...this.form.elements].filter((field) => field.name && field.value.trim()).map((field) => {
      const label = this.form.querySelector(`label[for="${field.id}"]`).textContent;
      const value = field.tagName === "SELECT" ? field.selectedOptions[0].textContent : field.value;
      return [label, value].map((text) => text.replace(/\s+/g, " ").trim()).join(": ");
    });
  }

  make() {
    const values = Object.fromEntries(new FormData(this.form));
    const bad = [...this.form.elements].find((field) =>
      field.name && field.dataset.note === undefined && trouble(field.value));
    if (bad && trouble(bad.value) === "person") {
      return this.tell(bad, _("Das klingt nach einer Person, einer Mailadresse oder einer Handynummer. "
        + "Lassen Sie das weg: Alle können es lesen."));
    }
    if (bad) return this.tell(bad, _("Hier steht noch ein Platzhalter."));
    const files = RECORDS[this.kind](values);
    if (files.length) return this.show(files);
    this.tell(this.form.querySelector("input, select"),
      _("Es fehlt noch etwas: Füllen Sie alle Felder mit Stern aus."));
  }

  tell(field, text) {
    this.result.replaceChildren(element("p", { class: "nr-status", role: "alert" }, text));
    field.focus();
  }

  letter() {
    const asked = _("Bitte prüfen und übernehmen. Für die Redaktion liegt der Eintrag als Datei bei.");
    const opening = [_("Guten Tag,"), "", _("das habe ich im Sozialraum gefunden:"), ""];
    return [...opening, ...this.said(), "", asked, "", ""].join("\n");
  }

  show(files) {
    const { to, subject } = this.form.dataset;
    const heads = files.map(({ path, text }) => `${path}\n\n${text}`).join("\n");
    const letter = this.kind === "need" ? heads : this.letter();
    const field = element("textarea", { class: "nr-input", id: `ergebnis-${this.kind}`, rows: "10",
      readonly: true, dir: "auto" });
    field.value = this.kind === "need" ? letter : `${letter}\n${heads}`;
    const status = element("p", { class: "nr-status", role: "status" });
    const button = (label, press) => quiet(press, element("span", { class: "nr-button__text" }, label));
    const copy = () => copyField(field, status, _("Kopiert."));
    this.result.replaceChildren(
      labelled(this.kind === "need" ? _("Der Eintrag") : _("Die Mail an die Redaktion, mit dem Eintrag"), field),
      element("div", { class: "nr-actions" },
        button(_("Text kopieren"), copy),
        this.kind !== "need" && to ? button(_("Als Mail-Entwurf speichern"),
          () => save("fund.eml", mail({ to, subject, text: letter, files }))) : null,
        ...files.map(({ path, text }) => {
          const name = path.split("/").at(-1);
          return button(_("Datei {name}", { name }), () => save(name, text));
        })),
      status);
    field.focus();
  }
}

for (const form of document.querySelectorAll("[data-finding]")) {
  form.hidden = false;
  new Finding(form);
}
document.querySelector("[data-without-script]")?.remove();
bar();
