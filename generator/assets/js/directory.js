// The directory's filters, list and map. Choices stand in the address, so a link can be shared and Back works; the word
// sought and one's own place never do. Without this script the pre-built lists lead to every offer.
import { answerOf } from "./answer.js";
import "./back.js";
import { quiet } from "./controls.js";
import { card, countText, numberText } from "./cards.js";
import { loadDanger, recognised, show, spoken } from "./danger_box.js";
import { element } from "./element.js";
import { tellHelpers } from "./elsewhere.js";
import { without } from "./facets.js";
import { FilterForm } from "./filter_form.js";
import { Filters, read, TIMED, write } from "./filters.js";
import { dateOf } from "./hours.js";
import { knowing } from "./loading.js";
import { loadChoices, loadLines, loadOffers } from "./offers.js";
import { dateText } from "./open.js";
import { pause } from "./pause.js";
import { lists } from "./remember.js";
import { nameOf } from "./when.js";
import { _ } from "./words.js";

const NOTHING = { here: null, within: 0, words: null, order: "" };
const FIRST = 20; // cards shown before „Mehr zeigen“
const TYPING = 150; // ms without a key before the list follows
const REST = 400; // and before words of other languages are asked for
const BESIDE = matchMedia("(min-width: 56em)"); // there the map stands beside the list
const PATIENCE = 400; // ms before it is said that the offers are on their way

class Directory {
  constructor(mount) {
    this.mount = mount;
    this.settings = mount.dataset;
    this.list = document.getElementById("liste");
    this.status = document.getElementById("anzahl");
    this.box = document.getElementById("gefahr");
    this.danger = null; // the lexicon, once somebody writes or chooses a topic
    this.found = null; // what it finds in the word sought or the topic chosen
    this.sought = this.answer = null; // what the search finds for the word sought, and what is said of it
    this.nothing = document.getElementById("keineintrag").content.firstElementChild; // who helps where nothing is
    this.prebuilt = [...this.list.childNodes];
    this.prebuiltCount = [...this.status.childNodes];
    this.chosen = new Map();
    this.extra = { ...NOTHING }; // never in the address
    this.shown = FIRST;
  }

  async start() {
    // A topic in the address may be violence: then nothing is drawn before the numbers are known.
    if (new URLSearchParams(location.search).has("thema")) await this.lexicon();
    this.choices = await loadChoices(this.settings.list);
    this.form = new FilterForm(this.choices, {
      change: (name, values, how) => this.change(name, values, how),
      typed: (word) => this.typed(word),
      place: (here, within) => this.place(here, within),
      reset: () => this.reset(),
      map: (opener) => this.toggleMap(opener),
      order: (order) => this.sort(order),
      applied: () => this.status.scrollIntoView(),
      opened: () => this.load().then(() => this.drawNow(), () => null),
    }, this.settings, this.mount.querySelector("form"));
    this.mount.addEventListener("focusin", () => this.lexicon(), { once: true });
    const load = () => this.load().catch(() => null);
    for (const sign of ["focusin", "pointerover", "pointerdown"]) {
      this.mount.addEventListener(sign, load, { once: true });
    }
    const { word } = this.form;
    if (word.value) this.typed(word.value);
    word.parentElement.after(this.box); // in sight of who writes
    window.addEventListener("popstate", () => this.restore());
    this.drawing = document.querySelector("[data-drawing]");
    this.drawing?.querySelectorAll(".nr-map__frame, button").forEach((part) =>
      part.addEventListener("click", () => this.toggleMap(this.form.mapButton)));
    this.restore();
    if (location.hash === "#fach") this.form.openTrade();
  }

  // All offers come when somebody first touches the form: what is asked for says nothing about who asks.
  async load() {
    if (this.offers) return;
    const offers = await loadOffers(this.settings.list, this.settings.index, this.settings.language);
    this.filters ??= new Filters(offers);
    this.offers ??= offers;
  }

  // The same for whoever waits for the result: the list says so, and where it can't be had.
  async ready() {
    if (this.offers) return true;
    this.list.setAttribute("aria-busy", "true");
    const late = setTimeout(() => this.say([element("span", {}, _("Die Angebote werden geladen …"))]), PATIENCE);
    try {
      await this.load();
      return true;
    } catch (error) {
      console.error(error);
      this.say([element("span", {}, _("Die Filter laden gerade nicht. Bitte versuchen Sie es noch einmal. "
        + "Hier stehen alle Angebote von A bis Z."))]);
      return false;
    } finally {
      clearTimeout(late);
      this.list.removeAttribute("aria-busy");
    }
  }

  restore() {
    this.chosen = read(location.search, this.choices.facets);
    this.redraw();
    this.later();
  }

  // Anew, from the first card on.
  redraw() {
    this.shown = FIRST;
    this.draw();
  }

  // A topic that was chosen before the lexicon was there is looked at again.
  later() {
    if (this.chosen.has("thema") && !this.danger) this.lexicon().then((danger) => danger && this.draw());
  }

  async lexicon() {
    return this.danger ??= await loadDanger(this.settings.index, this.settings.language);
  }

  // Who is in danger sees the numbers above the list, by what was written or by the topic that was chosen.
  warn() {
    const word = this.asked ?? "", heard = recognised(this.danger, word, this.settings.language);
    this.found = heard.found ?? heard.danger?.about([...this.chosen.get("thema") ?? []]) ?? null;
    this.answer = word && answerOf(word, heard, this.offers?.index, this.sought, this.meant);
    this.barred = Boolean(this.answer && heard.found && this.answer.alone); // until the button below the box is pressed
    const texts = { root: this.settings.root, help: this.settings.help, safe: this.settings.safe,
      exit: this.settings.wayOut, field: this.form.word,
      other: this.barred && (() => this.search(this.meant = this.asked)) };
    show(this.box, heard.danger, this.found, texts);
    document.getElementById("boden").hidden = Boolean(this.found);
  }

  // What is grave leaves no step in the history, neither where it is chosen nor where it is taken back.
  get grave() {
    return [...this.chosen.get("thema") ?? []].some((topic) => this.choices.grave.has(topic));
  }

  // `how` is "push" for a choice and "replace" while one is typing, so that Back undoes choices and not letters.
  change(name, values, how = "push") {
    const before = this.grave;
    if (values.size) this.chosen.set(name, values);
    else this.chosen.delete(name);
    this.inHistory(before || this.grave ? "replace" : how);
    this.redraw();
    this.later();
  }

  inHistory(how) {
    const address = location.pathname + write(this.chosen, this.choices.facets);
    if (address !== location.pathname + location.search) history[`${how}State`](history.state, "", address);
  }

  // What is typed takes its room at once: what it finds moves nothing.
  typed(word) {
    clearTimeout(this.typing);
    this.form.seek(word.trim(), this.orders(word.trim()));
    this.typing = setTimeout(() => this.search(word.trim()), TYPING);
  }

  async search(word) {
    this.asked = word;
    this.sought = null;
    const [there] = await Promise.all([this.ready(), word && this.lexicon()]);
    if (!there || this.asked !== word) return;
    const index = this.offers.index;
    this.shown = FIRST;
    if (!word) {
      this.find(word);
      return this.draw();
    }
    try {
      const rest = () => new Promise((resolve) => { setTimeout(resolve, REST); });
      for await (const _all of knowing(index, this.danger, word, this.settings, rest)) {
        if (this.asked !== word) return;
        this.find(word);
        this.draw();
      }
    } catch (error) {
      console.error(error);
    }
  }

  find(word) {
    const { index } = this.offers;
    this.sought = word ? index.search(word) : null;
    this.warn();
    const { ids, facets = [], elsewhere = [] } = this.answer || {};
    this.extra.words = this.answer ? this.offers.placed(ids) : null;
    this.form.named = facets.map((facet) => ({ ...facet, rest: without(index, word, facet) }));
    tellHelpers(this.nothing.querySelector("[data-search-elsewhere]"), elsewhere.map((id) => index.entry(id)),
      this.settings.root);
  }

  is(...kinds) {
    return kinds.includes(this.answer?.kind);
  }

  allowed(places) {
    const about = this.danger.offersAbout(this.found);
    return about ? places.filter((id) => about.includes(id)) : this.danger.apart(places, this.found);
  }

  place(here, within) {
    Object.assign(this.extra, { here, within: here ? within : 0 });
    this.redraw();
  }

  // Once chosen, an order stays until everything is reset.
  sort(order) {
    this.extra.order = order;
    this.redraw();
  }

  reset() {
    clearTimeout(this.typing);
    this.asked = "";
    this.sought = this.answer = null;
    this.extra = { ...NOTHING };
    const before = this.grave;
    this.chosen = new Map();
    this.inHistory(before ? "replace" : "push");
    this.form.clear();
    this.form.seek("", this.orders());
    this.redraw();
  }

  get narrowed() {
    return this.chosen.size > 0 || Boolean(this.extra.here || this.extra.words);
  }

  // As the page came: everything, from A to Z.
  get plain() {
    return !this.narrowed && ["", "name"].includes(this.extra.order);
  }

  // Without a choice the list is the one in the page, and nothing has to be loaded.
  draw() {
    if (this.offers) return this.drawNow();
    const counts = (name, value) => this.choices.facets.get(name)?.get(value)?.count ?? null;
    this.form.show(this.chosen, { counts, ...this.orders() }, !this.plain);
    if (!this.plain) this.waiting ??= this.ready().then((there) => {
      this.waiting = null;
      if (there) this.drawNow();
    });
  }

  // In which order the list stands, and in which others it can.
  orders(words = this.extra.words) {
    const { here, order } = this.extra, area = this.chosen.has("gebiet"), known = this.choices.knows(dateOf());
    const orders = [words && "treffer", area && "gebiet", known && "offen", "nah", "name"].filter(Boolean);
    const later = area ? "gebiet" : this.narrowed && known ? "offen" : "name";
    const usual = words ? "treffer" : here ? "nah" : later;
    return { orders, order: orders.includes(order) && (order !== "nah" || here) ? order : usual };
  }

  drawNow() {
    this.warn();
    const orders = this.orders();
    const result = Object.assign(this.filters.apply(this.chosen, { ...this.extra, order: orders.order }), orders);
    if (this.found) {
      result.places = this.allowed(result.places);
      for (const below of ["nearly", "unsaid"]) result[below] = this.allowed(result[below]);
      result.count = result.places.length;
    }
    this.form.order.hidden = this.barred; // the order of help is no choice
    this.result = result;
    this.form.show(this.chosen, result, !this.plain);
    if (this.plain && this.shown === FIRST) {
      this.list.replaceChildren(...this.prebuilt);
      this.say([...this.prebuiltCount, ...this.missing(result)]);
    } else {
      this.drawList(result);
      if (this.barred) this.say([]);
      else this.say(this.is("mute") ? [element("span", {}, this.settings.unheard)]
        : [element("strong", {}, countText(result.count)), ...this.missing(result)]);
    }
    this.showOnDrawing();
    this.showOnMap();
  }

  // What a filter can't know is said, so that nobody takes „unknown“ for „no“.
  missing(result) {
    const timed = TIMED.some((name) => this.chosen.has(name));
    const notes = [];
    if (timed && result.outdated) {
      notes.push(_("Was gerade offen ist, weiß diese Seite nicht mehr. Bitte fragen Sie vorher nach."));
    } else if (result.silent && (timed || this.extra.within > 0)) {
      notes.push(_("Hier steht alles, was dazu passt, ohne Auswahl nach Zeit und Ort. "
        + "Ob jemand da ist, erfahren Sie von der Stelle selbst."));
    }
    else if (result.unknown.length) {
      const date = dateText(Date.parse(this.choices.last));
      notes.push(result.dates.length ? _("Zeiten sind nur bis {date} bekannt.", { date })
        : _("Die Zeiten dieses Tages sind noch nicht bekannt (nur bis {date}); "
          + "hier steht alles, was sonst passt.", { date }));
    } else if (timed) {
      if (this.chosen.has("offen") && !this.deserted(result)) {
        notes.push(_("Hier können Sie jetzt hingehen, anrufen oder schreiben, ohne Anmeldung."));
      }
      if (this.chosen.has("offen") && result.unsure) {
        notes.push(_("{n} weitere ohne sichere Zeiten", { n: numberText(result.unsure) }));
      }
      notes.push(_("Angebote ohne feste Zeiten und vertrauliche Angebote sind nicht dabei."));
    }
    const placeless = this.mapOpen ? this.offers.placeless.common(result.bits) : 0;
    if (placeless) notes.push(_("davon {n} ohne Ort auf der Karte", { n: numberText(placeless) }));
    notes.push(...this.whose(result));
    const said = notes.map((note) => small(` · ${note}`));
    // What protects is on no list of a day: nobody is to see when somebody is there. At night its numbers help.
    if (timed) said.push(small(` · ${_("Schutz und Hilfe in einer Krise, auch nachts:")} `, this.helpLink()));
    return said;
  }

  // Whether nobody is at any of what is open now: a playground is no answer at night.
  deserted({ places, outdated, silent }) {
    const attended = (place) => this.offers.offer(place).schedule?.e !== "there";
    return this.chosen.has("offen") && !outdated && !silent && !places.some(attended);
  }

  helpLink() {
    return element("a", { href: this.settings.help }, _("Sofort Hilfe"));
  }

  // For whom they are, where somebody asks for an area: there, for the whole town, or nobody has said.
  whose({ circles, bits }) {
    if (circles.length < 2) return [];
    const [here, town, unsaid] = circles.map((circle) => circle.common(bits));
    const notes = [_("davon hier oder für dieses Gebiet: {n}", { n: numberText(here) })];
    if (town) notes.push(_("für die ganze Stadt: {n}", { n: numberText(town) }));
    if (unsaid) notes.push(_("woanders, ohne Angabe für wen: {n}", { n: numberText(unsaid) }));
    return notes;
  }

  sign(place, { circles }) {
    const text = { 0: _("hier oder für dieses Gebiet"), 1: _("für die ganze Stadt"),
      2: _("woanders, ohne Angabe für wen") };
    return circles.length > 1 ? text[circles.findIndex((circle) => circle.has(place))] : "";
  }

  say(nodes) {
    if (this.found) nodes = [element("span", { class: "nr-vh" }, `${spoken(this.danger, this.found)} `), ...nodes];
    const text = nodes.map((node) => node.textContent).join("");
    if (text !== this.said) this.status.replaceChildren(...nodes);
    this.said = text;
  }

  drawList(result) {
    const { rungs = [], missed = [], elsewhere = [] } = this.answer || {};
    const silent = new Set(this.offers.placed(rungs.filter(({ unsaid }) => unsaid).flatMap(({ ids }) => ids)));
    const told = result.places.filter((place) => !silent.has(place));
    const places = (told.length ? told : result.places).slice(0, this.shown);
    const perhaps = this.is("perhaps") && places.length > 0, no = this.is("no", "perhaps") && !perhaps;
    this.nothing.querySelector("[data-search-claim]").hidden = !no;
    for (const one of this.nothing.querySelectorAll("[data-search-number]")) one.hidden = !no && !perhaps;
    this.fillLines();
    if (!places.length && (this.found || this.is("mute"))) return this.list.replaceChildren();
    if (!places.length) return this.list.replaceChildren(no ? this.nothing : this.empty(),
      ...this.below([], result));
    const nobody = element("p", {}, element("strong", {}, _("Gerade ist nichts besetzt.")), ` ${_("Bei Not:")} `,
      this.helpLink());
    const shown = [...this.deserted(result) ? [nobody] : [], this.cards(places, result)];
    const strong = (text) => element("p", {}, element("strong", {}, text));
    const filter = missed.map(nameOf).join("“, „");
    const near = filter && this.is("hits")
      ? [strong(_("Zu „{filter}“ steht nichts. Das kommt nahe:", { filter }))] : [];
    const helped = no || elsewhere.length ? [this.nothing] : [];
    this.list.replaceChildren(...perhaps
      ? [strong(_("Genau dazu haben wir keinen Eintrag. Vielleicht passt:")), ...shown, this.nothing]
      : [...helped, ...near, ...shown]);
    for (const list of lists) list.add();
    const rest = (told.length || result.places.length) - places.length;
    if (rest) this.list.append(this.more(result, rest));
    const unsaid = told.length ? result.places.filter((place) => silent.has(place)) : [];
    this.list.append(...this.below(unsaid, result));
  }

  cards(places, result) {
    return element("ul", { class: "nr-cards" }, ...places.map((place) => this.card(place, result)));
  }

  // Below what fits stands what nearly fits a box that was ticked, and what says nothing of it or of the filters that
  // words name.
  below(silent, result) {
    const named = [...result.flags.map((name) => this.form.label(name, ["1"])), ...this.form.named.map(nameOf)];
    const folds = [[_("kostenlos mit Bürgergeld, Wohngeld, Kinderzuschlag"), result.nearly],
      [_("nicht gesagt: {filter}", { filter: named.join(", ") }), [...silent, ...result.unsaid]]];
    return folds.filter(([, places]) => places.length).map(([title, places]) => element("details",
      { class: "nr-more", ontoggle: ({ target }) => target.lastChild.matches("ul")
        || target.append(this.cards(places, result)) }, element("summary", {}, `${title} (${places.length})`)));
  }

  card(place, result) {
    const made = card(this.offers.offer(place), {
      root: this.settings.root,
      line: this.offers.lines.get(place),
      distance: result.distances?.[place],
      dates: [...result.dates, ...this.form.named.flatMap(({ dates = [] }) => dates)],
      sign: this.sign(place, result),
    });
    made.classList.toggle("nr-card--there", made.dataset.id === this.selected);
    return made;
  }

  more(result, rest) {
    const press = () => {
      const from = this.shown;
      this.shown += FIRST;
      this.drawList(result);
      this.list.querySelectorAll(".nr-card__title a")[from]?.focus();
    };
    const said = _("{n} von {all} gezeigt", { n: numberText(this.shown), all: numberText(result.count) });
    return next(quiet(press, _("{n} weitere zeigen", { n: Math.min(rest, FIRST) })), " ", small(said));
  }

  // The one line under the names comes after the cards: names, times and places are what one decides by.
  async fillLines() {
    if (this.loadingLines || this.offers.lines.size >= this.offers.size) return;
    this.loadingLines = true;
    await loadLines(this.offers, this.settings.lines, () => {
      for (const shown of this.list.querySelectorAll(".nr-card[data-place]")) {
        shown.querySelector(".nr-card__text").textContent = this.offers.lines.get(Number(shown.dataset.place)) ?? "";
      }
    });
    this.loadingLines = false;
  }

  // Nothing fits: says which single choice is in the way, and takes it back on a tap.
  empty() {
    const ways = [...this.chosen].flatMap(([name, values]) => {
      const without = new Map(this.chosen);
      without.delete(name);
      const { count } = this.filters.apply(without, this.extra);
      if (!count) return [];
      const label = this.form.label(name, [...values]);
      const press = () => {
        this.change(name, new Set());
        this.form.focus();
      };
      return [quiet(press, _("Ohne „{filter}“: {count}", { filter: label, count: countText(count) }))];
    });
    const said = ways.length
      ? _("Nehmen Sie eine Auswahl zurück:")
      : _("Nehmen Sie eine Auswahl zurück, oder setzen Sie alles zurück.");
    ways.push(quiet(() => this.form.clearing.click(), _("Alles zurücksetzen")));
    return element("div", { class: "nr-empty" },
      element("h2", { class: "nr-empty__title" }, _("Dazu passt gerade kein Angebot.")),
      element("p", {}, said),
      element("ul", { class: "nr-filter__ways" }, ...ways.map((way) => element("li", {}, way))));
  }

  // --- the map: only after a tap, the same entries as the list; on a desk a drawing until then
  // ---------------------------------------------------

  get mapOpen() {
    return Boolean(this.map) && !document.getElementById("karte").hidden;
  }

  async toggleMap(opener) {
    const frame = document.getElementById("karte");
    const open = frame.hidden;
    frame.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    frame.parentElement.classList.toggle("nr-directory--map", open);
    if (this.map) this.drawNow();
    if (open && opener.offsetParent) opener.focus({ preventScroll: true });
    if (!open || this.map || this.loading) return;
    this.loading = true;
    try {
      const [{ createMap, entriesOf }] = await Promise.all([import("./directory-map.js"), this.load()]);
      if (!this.result) this.drawNow();
      await pause();
      this.ids ??= Array.from({ length: this.offers.size }, (_none, place) => this.offers.idOf(place));
      await pause();
      const areas = this.choices.facets.get("gebiet"), topics = this.choices.facets.get("thema");
      this.map = await createMap(frame, {
        items: entriesOf(this.offers, this.ids, topics, this.settings.root),
        after: "liste",
        nameOf: (id, name) => areas?.get(id)?.label ?? name,
        onSelect: (id) => this.select(id),
      });
      this.drawNow();
      frame.scrollIntoView({ block: "nearest" });
    } catch (error) {
      console.error(error);
      frame.replaceChildren(element("p", {}, _("Die Karte lädt gerade nicht. Alle Angebote stehen in der Liste.")));
    }
    this.loading = false;
  }

  // The drawing has only the dots of what fits.
  showOnDrawing() {
    if (!this.drawing) return;
    const at = (place) => String(this.offers.point(place)?.map((degrees) => Math.round(degrees * 1e5)));
    const fits = new Set(this.result.bits.places().map(at));
    for (const dot of this.drawing.querySelectorAll("[data-at]")) {
      dot.toggleAttribute("hidden", !fits.has(dot.dataset.at));
    }
  }

  // The map shows what fits, in all pages of the list, and moves there; without a choice it shows the town.
  showOnMap() {
    const { bits } = this.result;
    if (!this.mapOpen || this.onMap?.equals(bits)) return;
    this.onMap = bits;
    this.selected = null;
    const ids = bits.places().map((place) => this.ids[place]);
    this.map.show(ids);
    if (this.narrowed) this.map.fit(ids);
    else this.map.home();
  }

  // What was opened on the map is marked in the list and brought into view, where the map stays in view.
  select(id) {
    const nth = this.result.places.findIndex((place) => this.ids[place] === id);
    if (nth < 0) return;
    this.selected = id;
    if (nth >= this.shown || !this.list.querySelector(`.nr-card[data-id="${CSS.escape(id)}"]`)) {
      this.shown = Math.max(this.shown, Math.ceil((nth + 1) / FIRST) * FIRST);
      this.drawList(this.result);
    }
    for (const shown of this.list.querySelectorAll(".nr-card")) {
      shown.classList.toggle("nr-card--there", shown.dataset.id === id);
    }
    if (BESIDE.matches) this.list.querySelector(".nr-card--there")?.scrollIntoView({ block: "nearest" });
  }
}

const small = (...words) => element("span", { class: "nr-small" }, ...words);
// what stands below a list and leads on
const next = (...parts) => element("p", { class: "nr-filter__next" }, ...parts);

const mount = document.getElementById("filter");
if (mount?.dataset.list) {
  new Directory(mount).start().catch((error) => {
    console.error(error);
    delete document.documentElement.dataset.nrScripts; // what stands there without scripts is shown
  });
}
