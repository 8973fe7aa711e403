// The box of danger for who works with a family: of others, with the office and the town's own services.
import { folded, joined, phoneOf, whenOf } from "./danger_box.js";
import { element } from "./element.js";
import { _ } from "./words.js";

// What the law asks, and who advises, comes where it isn't acute.
export function professionalBox(danger, found, texts, moment = new Date()) {
  const said = {
    acute: _("Akut: sofort anrufen. Vorher braucht es keine Fallbesprechung, keine Einwilligung und kein Formular."),
    duty: _("Jugendamt; außerhalb der Sprechzeiten seine Bereitschaft oder die Polizei:"),
    here: _("Beratung am Ort:"),
    place: _("Sicherer Platz:"),
    advisers: _("Nicht akut: Beratung durch eine insoweit erfahrene Fachkraft"),
  };
  const when = (line) => line.called ? "" : line.always ? _("Tag und Nacht") : whenOf(line, moment);
  const standIn = ([phone, tel]) => element("span", {}, `${_("Vertretung:")} `, phoneOf({ phone, tel }));
  const item = ({ deputies = [], ...line }) => element("span", {},
    ...joined([phoneOf(line), line.called || line.mark ? "" : line.name, when(line), ...deputies.map(standIn)]));
  const rows = danger.forProfessionals(found, moment).map(([name, lines]) => [name, lines.map(item)]);
  const below = (items) => items.flatMap((one) => [element("br"), one]);
  const row = (name, items) => element("li", { class: "nr-danger__line" },
    ...name === "acute" ? joined([...items, said.acute]) : [said[name], ...below(items)]);
  const calm = rows.find(([name]) => name === "advisers")?.[1] ?? [];
  const law = _("ASD: sofort mit einer zweiten Fachkraft einschätzen. Freier Träger, Kita: § 8a Absatz 4 SGB VIII. "
    + "Schule, Praxis, Beratung: § 4 KKG.");
  return element("section", { class: "nr-danger", "aria-label": _("Beratung und Schutz") },
    element("h3", { class: "nr-danger__title" }, _("Beratung und Schutz")),
    element("ul", { class: "nr-danger__lines" },
      ...rows.filter(([name]) => name !== "advisers").map(([name, items]) => row(name, items))),
    element("div", { class: "nr-danger__more" },
      folded(said.advisers, element("p", {}, law, ...below(calm))),
      element("p", {}, element("a", { href: texts.help, target: "_blank", rel: "noopener" }, _("Alle Nummern"),
        element("span", { class: "nr-vh" }, ` ${_("(öffnet ein neues Fenster)")}`)))));
}
