// „Welcher Sozialraum ist meiner?“: street and house number, or one's own position, matched in the browser against the
// register that comes with the page. Nothing is sent, stored or put into the address.
import "./back.js";
import { card, countText } from "./cards.js";
import { quiet, small } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { loadOffers, OTHER } from "./offers.js";
import { _ } from "./words.js";

const NEARBY = 6; // cards
const AROUND = 40; // so many of the nearest are asked whether they are open

class Finder {
  constructor(mount, address, position) {
    Object.assign(this, { address, position });
    this.settings = mount.dataset;
    const part = (name) => mount.querySelector(`[data-finder-${name}]`);
    this.status = part("status");
    this.result = part("result");
    this.turn = 0;
    if (this.settings.streets) {
      this.field = new this.address.AddressField(this.settings,
        { chosen: (found) => this.show(found), cleared: () => this.clear() });
      part("form").prepend(this.field.element);
    }
    part("own")?.addEventListener("click", () => this.locate());
    part("form").hidden = false;
  }

  // Whoever asks anew isn't answered what was asked before.
  clear() {
    this.turn += 1;
    this.status.textContent = "";
    this.result.replaceChildren();
  }

  async locate() {
    this.field?.drop();
    this.clear();
    const { turn } = this;
    this.status.textContent = _("Ihr Standort wird gesucht …");
    try {
      const coming = [this.position.ownPosition(), this.address.loadAreas(this.settings), json(this.settings.shapes)];
      const [{ point, accuracy }, areas, file] = await Promise.all(coming);
      if (turn === this.turn) this.placed(point, accuracy, areas, this.position.readShapes(file));
    } catch (error) {
      if (turn === this.turn) this.status.textContent = error.told ?? this.position.unknown();
    }
  }

  // The finest areas of every geography around a point; near a border the person is asked.
  placed(point, accuracy, areas, shapes) {
    const found = new Map();
    for (const geography of areas.geographies) {
      const ids = Object.keys(areas.areas).filter((id) => areas.areas[id].geography === geography);
      const depths = [...new Set(ids.map((id) => areas.areas[id].depth))].sort((one, other) => other - one);
      for (const depth of depths) {
        const { within, near } = this.position.areasAt(point, accuracy, shapes,
          ids.filter((id) => areas.areas[id].depth === depth));
        if (!within.length) continue;
        found.set(geography, [...within, ...near]);
        break;
      }
    }
    const first = areas.geographies.find((id) => found.has(id));
    if (!first) {
      this.status.textContent = _("Ihr Standort liegt außerhalb der Gebiete. "
        + "Geben Sie die Straße ein, in der Sie wohnen.");
      return;
    }
    const label = _("Ihr Standort");
    const ids = found.get(first);
    if (ids.length === 1) return this.show({ label, point, areas: found });
    this.status.textContent = _("Sie sind nah an einer Grenze. In welchem Gebiet wohnen Sie?");
    const take = (id) => this.show({ label, point, areas: new Map(found).set(first, [id]) });
    const choices = ids.map((id) => element("li", {}, quiet(() => take(id), areas.areas[id].name)));
    this.result.replaceChildren(element("ul", { class: "nr-finder__choices" }, ...choices));
    this.result.querySelector("button").focus();
  }

  async show({ label, point, areas: found }) {
    const areas = await this.address.loadAreas(this.settings);
    const first = areas.geographies.find((id) => found.has(id));
    const [id] = found.get(first);
    const area = areas.areas[id];
    const title = element("h3", { tabindex: "-1" }, _("{place}: {area}", { place: label, area: area.name }));
    this.result.replaceChildren(title, this.where(area, areas), ...this.others(found, first, areas),
      this.offices(area, areas), element("div", { "data-nearby": true }));
    this.status.textContent = _("Gefunden: {area}", { area: area.name });
    title.focus();
    await this.nearby(point, id);
  }

  link(area) {
    return element("a", { href: this.settings.root + area.url }, area.name);
  }

  where(area, areas) {
    const above = area.within.map((other) => areas.areas[other]);
    const level = ({ name, level }) => name.startsWith(level) ? "" : `${level} `;
    const chain = [area, ...above].flatMap((one, nth) => [nth ? ", " : "", level(one), this.link(one)]);
    const line = element("p", { class: "nr-lead" }, ...chain);
    if (area.fuzzy) line.append(" ", element("span", { class: "nr-small" }, _("Die Grenze ist unscharf.")));
    const link = { class: "nr-button", href: this.settings.root + area.url };
    return element("div", {}, line,
      element("p", {}, element("a", link, _("Was es dort gibt: {area}", { area: area.name }))));
  }

  others(found, first, areas) {
    return [...found].filter(([geography]) => geography !== first).map(([, ids]) => {
      const links = ids.map((id) => areas.areas[id]).flatMap((area, nth) =>
        [nth ? ` ${_("oder")} ` : `${area.level}: `, this.link(area)]);
      return element("p", {}, ...links);
    });
  }

  // „zuständig“ only where the area alone decides.
  offices(area, areas) {
    if (!area.offices.length) return element("p", {}, _("Für dieses Gebiet ist noch kein Amt eingetragen."));
    const lines = area.offices.map(([id, reason]) => {
      const office = areas.offices[id];
      const parts = [element("a", { href: this.settings.root + office.url }, office.name)];
      if (office.phone) parts.push(" · ", element("a", { href: office.tel }, office.phone));
      const duty = reason ? _("Wahrscheinlich zuständig") : _("Zuständig");
      const said = [duty, reason, office.note].filter(Boolean).map((one) => one.replace(/\.?$/, ".")).join(" ");
      parts.push(element("span", { class: "nr-small nr-finder__duty" }, said));
      return element("li", {}, ...parts);
    });
    return element("div", {},
      element("h4", {}, _("Welches Amt ist zuständig?")),
      element("ul", { class: "nr-finder__offices" }, ...lines),
      small(_("Es zählt, wo die Eltern für gewöhnlich leben (§ 86 SGB VIII). Fragen Sie im Zweifel nach.")));
  }

  async nearby(point, id) {
    const box = this.result.querySelector("[data-nearby]");
    if (!this.settings.list) return;
    try {
      const offers = await loadOffers(this.settings.list, this.settings.index, this.settings.language);
      const circles = offers.circles("gebiet", [id]);
      const far = point ? offers.distances(point) : null;
      const placed = (place) => Number.isFinite(far[place]);
      const around = far ? offers.listed.places().filter(placed) : offers.listed.and(circles[0]).places();
      around.sort((one, other) => (far ? far[one] - far[other] : 0) || one - other);
      const near = around.slice(0, far ? AROUND : undefined);
      // What is open, then what opens today; of what is neither the nearest.
      const states = offers.states(new Date());
      near.sort((one, other) => Math.min(states[one], OTHER) - Math.min(states[other], OTHER));
      const soon = near.filter((place) => states[place] < OTHER);
      const shown = (soon.length ? soon : near).slice(0, NEARBY);
      const all = offers.listed.common(offers.holding("gebiet", [id]));
      const title = soon.length ? _("Heute in Ihrer Nähe offen") : _("Angebote in der Nähe");
      const { root } = this.settings;
      const cards = shown.map((place) => card(offers.offer(place), { root, distance: far?.[place] }));
      if (cards.length) box.append(element("h4", {}, title), element("ul", { class: "nr-cards" }, ...cards));
      if (far && cards.length) box.append(small(_("Entfernungen sind Luftlinie, die Minuten geschätzt.")));
      const href = `${this.settings.offers}?gebiet=${id}`;
      const words = _("Alle Angebote für dieses Gebiet: {count}", { count: countText(all) });
      if (all) box.append(element("p", {}, element("a", { href }, words)));
    } catch (error) {
      console.error(error);
    }
  }
}

// What reads addresses comes later, with what else a page may not need.
async function start(mount) {
  new Finder(mount, ...await Promise.all([import("./address.js"), import("./position.js")]));
}

const mount = document.getElementById("finder");
if (mount?.querySelector("[data-finder-form]")) start(mount);
