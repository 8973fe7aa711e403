// The page of the own list: shows it, prints it as a handout, hands it on as a link. The ids stand in the fragment of an
// address, which browsers never send; the entries come in blocks that hold all offers, so no server learns which are wanted.
import { adding } from "./adding.js";
import "./back.js";
import { element } from "./element.js";
import { address, blockOf, language, loadBlock, notice, telephone, terms } from "./entries.js";
import { json } from "./loading.js";
import { drawing } from "./qr.js";
import { keep, MOST, remembered, valid } from "./remember.js";
import { _ } from "./words.js";

const mount = document.getElementById("merkliste");
const part = (name) => mount.querySelector(`[data-list-${name}]`);
const status = part("status");
const facts = () => [_("Wann"), _("Wo"), _("Kosten"), _("Für wen"), _("Zugang"), _("Sprachen"), _("Mitbringen"), _("Plätze")];
document.querySelector("[data-without-script]").remove();
let turn = 0; // of what is drawn: what was asked for earlier may come later
let shown = { ids: [], entries: new Map(), shared: false };

async function entriesOf(ids) {
  const found = new Map();
  const loaded = await Promise.all(ids.map((id) => loadBlock("", blockOf(id, Number(mount.dataset.blocks)))));
  ids.forEach((id, place) => Object.hasOwn(loaded[place], id) && found.set(id, loaded[place][id]));
  return found;
}

function phone(entry) {
  return entry.p ? element("p", { class: "nr-kept__phone" }, element("a", { href: telephone(entry.p) }, entry.p)) : null;
}

function item(id, entry) {
  return element(
    "li", { class: "nr-kept__item", "data-id": id },
    element("h2", language(entry), element("a", { href: address(id, mount.dataset.home) }, entry.n)),
    element("p", language(entry), entry.s),
    notice(entry, _("Hinweis")),
    phone(entry),
    terms(entry, facts()),
    shown.shared ? null : removing(id, entry),
  );
}

// What ended stays on the list until it is taken off, and says what came after it; on paper it is no more.
function gone(id, entry) {
  const after = entry.s ? [_("So geht es weiter:"), " ", element("a", { href: address(entry.s, mount.dataset.home) }, entry.sn)] : [];
  return element(
    "li", { class: "nr-kept__item", "data-id": id },
    element("h2", language(entry), element("a", { href: address(id, mount.dataset.home) }, entry.n)),
    element("p", { class: "nr-kept__notice" }, element("strong", {}, _("Dieses Angebot gibt es nicht mehr.")), entry.u ? ` ${_("Es endete am {date}.", { date: entry.u })}` : "", " ", ...after),
    shown.shared ? null : removing(id, entry),
  );
}

function removing(id, entry) {
  return element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => remove(id, entry) }, _("Entfernen"), element("span", { class: "nr-vh" }, ` ${entry.n}`));
}

function code(id, entry) {
  return mount.querySelector("[name=qr]").checked ? drawing(address(id, mount.dataset.root), _("QR-Code zu: {name}", { name: entry.n })) : null;
}

function table() {
  const codes = mount.querySelector("[name=qr]").checked;
  const heads = [_("Angebot"), _("Telefon"), _("Wann"), _("Wo"), _("Gut zu wissen"), ...(codes ? [_("Seite")] : [])];
  const rows = [...shown.entries].map(([id, entry]) => {
    const [when, where, cost, whom, access, languages, bring, places] = entry.f;
    return element(
      "tr", {},
      element("th", { scope: "row", ...language(entry) }, entry.n), element("td", { class: "nr-ltr" }, entry.p ?? ""),
      element("td", {}, when, notice(entry, _("Hinweis"))), element("td", {}, where), element("td", {}, [cost, whom, access, languages, places, bring && `${_("Mitbringen")}: ${bring}`].filter(Boolean).join(" · ")),
      codes ? element("td", {}, code(id, entry)) : null,
    );
  });
  return element(
    "table", {},
    element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))), element("tbody", {}, ...rows),
  );
}

function sheet([id, entry]) {
  return element(
    "article", { class: "nr-sheet" },
    element("h2", language(entry), entry.n),
    element("p", language(entry), entry.s),
    notice(entry, _("Hinweis")),
    phone(entry),
    terms(entry, facts()),
    element("p", {}, entry.m ?? ""),
    element("div", { class: "nr-sheet__code" }, code(id, entry), element("p", { class: "nr-ltr" }, address(id, mount.dataset.root))),
    entry.c ? element("p", {}, _("Geprüft am {date}", { date: entry.c })) : null,
  );
}

// What goes on paper is made when the list or a choice changes, so that printing from the browser's menu works as well.
function layOut() {
  const form = mount.querySelector("[name=form]:checked").value;
  document.documentElement.dataset.handout = form;
  const papers = { table: () => [table()], sheets: () => [...shown.entries].map(sheet), beside: () => beside.length ? [element("h2", {}, _("Angebote nebeneinander")), besideTable(beside, { linked: false })] : [] };
  part("paper").replaceChildren(...papers[form]());
}

// What stands side by side is loaded when somebody asks for it, on the page or on paper.
function choose({ target }) {
  if (target.value === "beside") part("trade").open = true;
  layOut();
}

// --- side by side, and as files: what the trade asks for is loaded for that alone, in blocks that hold all offers --------------------

const SIDE_BY_SIDE = 4;
const trade = () => [_("Träger"), _("Art"), _("Ebene"), _("Rechtsgrundlage")];
let compared = new Set();
let beside = [];

async function rows() {
  const blocks = Number(mount.dataset.blocks);
  return Promise.all([...shown.entries].map(async ([id, entry]) => {
    const more = (await loadBlock("", blockOf(id, blocks), "fach"))[id];
    const known = [[_("Hinweis"), entry.a], ...facts().map((term, place) => [term, entry.f[place]]), ...trade().map((term, place) => [term, more[place]]), [_("Geprüft am"), entry.c]];
    return { id, entry, name: entry.n, summary: entry.s, phone: entry.p, mail: entry.m, url: address(id, mount.dataset.root), facts: known.map(([term, text]) => [term, text ?? ""]) };
  }));
}

// `linked`: on paper a name leads nowhere.
function besideTable(offers, { linked }) {
  const heads = offers.map(({ id, entry }) => element("th", { scope: "col", ...language(entry) }, linked ? element("a", { href: address(id, mount.dataset.home) }, entry.n) : entry.n));
  const lines = [[_("Telefon"), ...offers.map(({ phone }) => phone ?? "")], ...offers[0].facts.map(([term], place) => [term, ...offers.map(({ facts: known }) => known[place][1])])]
    .filter(([, ...texts]) => texts.some(Boolean))
    .map(([term, ...texts]) => element("tr", {}, element("th", { scope: "row" }, term), ...texts.map((text) => element("td", {}, text || "–"))));
  return element("table", {}, element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...lines));
}

const sideBySide = (offers) => element("div", { class: "nr-table", role: "region", tabindex: "0", "aria-label": _("Angebote nebeneinander") }, besideTable(offers, { linked: true }));

async function compare() {
  if (!part("trade").open) return;
  const { entries } = shown;
  const offers = await withRows();
  if (!offers || entries !== shown.entries) return;
  if (![...compared].every((id) => shown.entries.has(id)) || !compared.size) compared = new Set(offers.slice(0, SIDE_BY_SIDE).map(({ id }) => id));
  const choice = ({ id, entry }) => element("label", { class: "nr-choice" }, element("input", {
    type: "checkbox", name: "compared", value: id, checked: compared.has(id), disabled: compared.size >= SIDE_BY_SIDE && !compared.has(id),
    onchange: ({ target }) => {
      if (target.checked) compared.add(id);
      else compared.delete(id);
      compare().then(() => part("choice").querySelector(`[value="${id}"]`)?.focus());
    },
  }), element("span", language(entry), entry.n));
  part("choice").replaceChildren(element("legend", {}, _("Bis zu {n} nebeneinander", { n: SIDE_BY_SIDE })), ...offers.map(choice));
  beside = offers.filter(({ id }) => compared.has(id));
  part("beside").replaceChildren(...(beside.length ? [sideBySide(beside)] : []));
  part("print-beside").disabled = !beside.length;
  layOut();
}

function printBeside() {
  mount.querySelector("[name=form][value=beside]").checked = true;
  layOut();
  window.print();
}

const withRows = () => loaded(rows());

async function loaded(answer) {
  try {
    return await answer;
  } catch (error) {
    console.error(error);
    say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return null;
  }
}

async function save(kind) {
  const [offers, files] = await Promise.all([withRows(), import("./list_files.js")]);
  if (!offers) return;
  const cards = kind === "vcf" ? await loaded(json("kontakte.json")) : null;
  if (kind === "vcf" && !cards) return;
  const heads = [_("Angebot"), _("In einem Satz"), _("Telefon"), _("E-Mail"), ...offers[0].facts.map(([term]) => term), _("Seite")];
  const [parts, type, name] = {
    csv: () => [[files.table(offers, heads)], "text/csv;charset=utf-8", "liste.csv"],
    vcf: () => [offers.map(({ id }) => cards[id] ?? ""), "text/vcard;charset=utf-8", "kontakte.vcf"],
    docx: () => [files.wordDocument(_("Angebote"), offers, document.documentElement.lang), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "liste.docx"],
  }[kind]();
  const link = element("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
  say(_("Gespeichert als {name}, auf diesem Gerät.", { name }));
}

function count(number) {
  return number === 1 ? _("1 Angebot") : _("{n} Angebote", { n: number });
}

function say(...words) {
  status.replaceChildren(...words);
}

function link() {
  return `${location.href.split("#")[0]}#${[...shown.entries.keys()].join(",")}`;
}

async function draw(message = "") {
  turn += 1;
  const mine = turn;
  const asked = valid(location.hash.slice(1).split(/,|%2c/i));
  const own = remembered();
  const shared = asked.length > 0 && (asked.length !== own.length || asked.some((id) => !own.includes(id)));
  const ids = shared ? asked : own;
  mount.hidden = false;
  let entries, ended;
  try {
    entries = await entriesOf(ids);
    ended = entries.size < ids.length ? await json("beendet.json") : {};
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return;
  }
  if (mine !== turn) return;
  shown = { ids, entries, shared };
  const over = ids.filter((id) => !entries.has(id) && Object.hasOwn(ended, id));
  const full = entries.size + over.length > 0;
  part("full").hidden = !full;
  part("empty").hidden = full;
  part("handout").hidden = part("trade").hidden = !entries.size;
  part("shared").hidden = !shared || !full;
  part("clear").hidden = part("add").hidden = shared;
  part("entries").replaceChildren(...[...entries].map(([id, entry]) => item(id, entry)), ...over.map((id) => gone(id, ended[id])));
  part("link").value = full ? link() : "";
  for (const other of mount.querySelectorAll("[data-list-language]")) other.href = `${other.href.split("#")[0]}#${[...entries.keys()].join(",")}`;
  if (entries.size) {
    layOut();
    compare();
  }
  const lost = ids.length - entries.size - over.length;
  const missing = lost ? ` ${lost === 1 ? _("Ein Angebot aus der Liste ist hier nicht zu sehen.") : _("{n} Angebote aus der Liste sind hier nicht zu sehen.", { n: lost })}` : "";
  say(message || (full ? count(entries.size + over.length) : ""), missing);
}

// Tells whether it is on the list now; the entry follows.
function add({ id, name }) {
  const own = remembered();
  if (own.length >= MOST) {
    say(_("Ihre Merkliste ist voll. Löschen Sie erst etwas."));
    return false;
  }
  if (!keep([...own, id])) {
    say(_("Ihr Browser erlaubt das nicht. Schreiben Sie sich die Nummer auf."));
    return false;
  }
  if (location.hash) history.replaceState(null, "", location.pathname);
  draw(_("Steht jetzt auf der Liste: {name}", { name }));
  return true;
}

async function remove(id, entry) {
  keep(remembered().filter((other) => other !== id));
  // The fragment would bring the entry back.
  if (location.hash) history.replaceState(null, "", location.pathname);
  await draw(_("Entfernt: {name}", { name: entry.n }));
  status.focus();
}

async function clear() {
  const before = remembered();
  keep([]);
  if (location.hash) history.replaceState(null, "", location.pathname);
  await draw(_("Ihre Merkliste ist gelöscht."));
  status.append(" ", element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => {
    keep(before);
    draw(_("Ihre Merkliste ist wieder da."));
  } }, _("Rückgängig")));
  status.focus();
}

async function adopt() {
  const kept = keep([...remembered(), ...shown.entries.keys()]);
  if (!kept) {
    say(_("Ihr Browser erlaubt das nicht. Drucken Sie die Liste aus."));
    return;
  }
  history.replaceState(null, "", location.pathname);
  await draw(_("Die Liste ist jetzt auf diesem Gerät gespeichert."));
  status.focus();
}

async function copy() {
  const field = part("link");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(_("Der Link ist kopiert."));
  } catch (error) {
    console.info("nahraum: no clipboard", error.name);
    say(_("Der Link ist markiert. Kopieren Sie ihn mit der Tastatur oder über das Menü."));
    field.focus();
  }
}

adding(part("add"), { held: remembered, add, say });
part("print").addEventListener("click", () => window.print());
part("print-beside").addEventListener("click", printBeside);
part("copy").addEventListener("click", copy);
part("clear").addEventListener("click", clear);
part("adopt").addEventListener("click", adopt);
part("trade").addEventListener("toggle", compare);
for (const button of mount.querySelectorAll("[data-list-save]")) button.addEventListener("click", () => save(button.dataset.listSave));
mount.addEventListener("change", choose);
window.addEventListener("hashchange", () => draw());
window.addEventListener("storage", () => draw());
draw();
