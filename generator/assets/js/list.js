// The page of the own list: shows it, prints it as a handout, hands it on as a link. The ids stand in the fragment of an
// address, which browsers never send; the entries come in blocks that hold all offers, so no server learns which are wanted.
import { adding } from "./adding.js";
import { element } from "./element.js";
import { address, blockOf, language, loadBlock, notice, telephone, terms } from "./entries.js";
import { drawing } from "./qr.js";
import { keep, MOST, remembered, valid } from "./remember.js";
import { _ } from "./words.js";

const mount = document.getElementById("merkliste");
const part = (name) => mount.querySelector(`[data-list-${name}]`);
const status = part("status");
const facts = () => [_("Wann"), _("Wo"), _("Kosten"), _("Für wen"), _("Zugang"), _("Sprachen"), _("Mitbringen")];
document.querySelector("[data-without-script]").remove();
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
    shown.shared ? null : element(
      "button", { type: "button", class: "nr-button nr-button--plain", onclick: () => remove(id) },
      _("Entfernen"), element("span", { class: "nr-vh" }, ` ${entry.n}`),
    ),
  );
}

function code(id, entry) {
  return mount.querySelector("[name=qr]").checked ? drawing(address(id, mount.dataset.root), _("QR-Code zu: {name}", { name: entry.n })) : null;
}

function table() {
  const codes = mount.querySelector("[name=qr]").checked;
  const heads = [_("Angebot"), _("Telefon"), _("Wann"), _("Wo"), _("Gut zu wissen"), ...(codes ? [_("Seite")] : [])];
  const rows = [...shown.entries].map(([id, entry]) => {
    const [when, where, cost, whom, access, languages] = entry.f;
    return element(
      "tr", {},
      element("th", { scope: "row", ...language(entry) }, entry.n), element("td", { class: "nr-ltr" }, entry.p ?? ""),
      element("td", {}, when, notice(entry, _("Hinweis"))), element("td", {}, where), element("td", {}, [cost, whom, access, languages].filter(Boolean).join(" · ")),
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
  const sheets = mount.querySelector("[name=form]:checked").value === "sheets";
  document.documentElement.dataset.handout = sheets ? "sheets" : "table";
  part("paper").replaceChildren(...(sheets ? [...shown.entries].map(sheet) : [table()]));
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
  const asked = valid(decodeURIComponent(location.hash.slice(1)).split(","));
  const own = remembered();
  const shared = asked.length > 0 && (asked.length !== own.length || asked.some((id) => !own.includes(id)));
  const ids = shared ? asked : own;
  mount.hidden = false;
  let entries;
  try {
    entries = await entriesOf(ids);
  } catch (error) {
    console.error(error);
    say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return;
  }
  shown = { ids, entries, shared };
  const full = entries.size > 0;
  part("full").hidden = !full;
  part("empty").hidden = full;
  part("shared").hidden = !shared || !full;
  part("clear").hidden = part("add").hidden = shared;
  part("entries").replaceChildren(...[...entries].map(([id, entry]) => item(id, entry)));
  part("link").value = full ? link() : "";
  for (const other of mount.querySelectorAll("[data-list-language]")) other.href = `${other.href.split("#")[0]}#${[...entries.keys()].join(",")}`;
  if (full) layOut();
  const lost = ids.length - entries.size;
  const missing = lost ? ` ${lost === 1 ? _("Ein Angebot gibt es nicht mehr.") : _("{n} Angebote gibt es nicht mehr.", { n: lost })}` : "";
  say(message || (full ? count(entries.size) : ""), missing);
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

async function remove(id) {
  const entry = shown.entries.get(id);
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

// Leaving quickly takes the ids out of the page as well.
document.addEventListener("nahraum:leave", () => mount.remove());
adding(part("add"), { held: remembered, add, say });
part("print").addEventListener("click", () => window.print());
part("copy").addEventListener("click", copy);
part("clear").addEventListener("click", clear);
part("adopt").addEventListener("click", adopt);
mount.addEventListener("change", layOut);
window.addEventListener("hashchange", () => draw());
window.addEventListener("storage", () => draw());
draw();
