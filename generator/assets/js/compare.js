// Compare any areas and figures in tables, with a dot and its interval in each row. The data come once, from a file
// beside the page; what was chosen stands in the fragment of the address, to be handed on, and nowhere else.
import "./back.js";
import { small } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { shape } from "./shape.js";
import { enhance } from "./tables.js";
import { _ } from "./words.js";

const form = document.getElementById("auswahl");
const result = document.getElementById("ergebnis");
const status = document.getElementById("vergleich-stand");
let data;

const chosen = (name) => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map((input) => input.value);

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (!wanted.has("g") && !wanted.has("k")) return;
  for (const name of ["g", "k"]) {
    const ids = new Set((wanted.get(name) ?? "").split("."));
    for (const input of form.querySelectorAll(`input[name="${name}"]`)) input.checked = ids.has(input.value);
  }
  for (const group of form.querySelectorAll("details")) group.open = group.querySelector("input:checked") !== null;
}

// --- one indicator -------------------------------------------------------------------------------------------------

function tableOf(indicator, areas) {
  const bounded = areas.some((area) => indicator.cells[area]?.interval);
  const compared = Boolean(indicator.town), town = compared ? indicator.cells[data.town].value : undefined;
  const cells = areas.map((area) => indicator.cells[area] ?? {});
  const at = scaleOf([...cells.flatMap(({ value, low, high }) => [value, low, high]), town].filter(Number.isFinite));
  const head = element("tr", {}, element("th", { scope: "col", "data-key": "space" }, _("Gebiet")),
    element("th", { scope: "col", class: "nr-num", "data-key": "value" }, indicator.head));
  if (indicator.comparable) head.append(element("th", { scope: "col" }, _("Bild")));
  if (bounded) head.append(element("th", { scope: "col", class: "nr-num" }, _("Unsicherheit")));
  if (compared) head.append(element("th", { scope: "col", "data-key": "verdict" },
    _("im Vergleich: {town} ({value})", { town: data.names[data.town], value: indicator.town })));
  const rows = areas.map((area) => {
    const cell = indicator.cells[area];
    const row = element("tr", {}, element("th", { scope: "row" }, data.names[area]));
    const value = element("td", { class: "nr-num" }, cell?.text ?? "–");
    if (cell?.value !== undefined) value.dataset.sort = cell.value;
    else value.classList.add("nr-muted");
    if (cell?.gap ?? !cell) value.append(" ", element("span", { class: "nr-gap" }, cell?.gap ?? _("keine Zahl")));
    row.append(value);
    if (indicator.comparable) row.append(element("td", {}, pictureOf(cell, town, at)));
    if (bounded) row.append(element("td", { class: "nr-num nr-muted" }, cell?.interval ?? ""));
    if (compared) row.append(element("td", {}, cell?.verdict ?? ""));
    return row;
  });
  const id = `tabelle-${indicator.id}`;
  const table = element("table", { id }, element("caption", { id: `${id}-titel`, class: "nr-vh" },
    `${indicator.title}, ${indicator.head}`), element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "nr-table", role: "region", tabindex: "0", "aria-labelledby": `${id}-titel` }, table);
}

// Where a value lies between the least and the most of all, zero among them, in the direction of reading.
function scaleOf(values) {
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  const mirrored = document.documentElement.dir === "rtl";
  const part = (value) => (value - low) / (high - low || 1);
  return (value) => `${(mirrored ? 1 - part(value) : part(value)) * 100}%`;
}

// A row's dot with its interval, the town's line, and zero, on the scale of the table; its words stand beside.
function pictureOf({ value, low, high } = {}, town, at) {
  const line = (look, from, to, top, bottom) => from === undefined ? null
    : shape("line", { class: `nr-chart__${look}`, x1: at(from), x2: at(to), y1: top, y2: bottom });
  return shape("svg", { class: "nr-chart nr-chart--dot", height: 24, "aria-hidden": "true" },
    line("zero", 0, 0, 0, 24), line("benchmark", town, town, 0, 24), line("interval", low, high, 12, 12),
    value === undefined ? null : shape("circle", { class: "nr-chart__dot", cx: at(value), cy: 12, r: 5 }));
}

// --- the whole -----------------------------------------------------------------------------------------------------

function show() {
  const areas = chosen("g").filter((area) => area in data.names);
  const figures = chosen("k").map((id) => data.indicators.find((one) => one.id === id)).filter(Boolean);
  const ids = figures.map(({ id }) => id).join(".");
  history.replaceState(history.state, "", `#g=${areas.join(".")}&k=${ids}`);
  if (!areas.length || !figures.length) {
    status.textContent = _("Wählen Sie mindestens ein Gebiet und eine Zahl.");
    result.replaceChildren();
    return;
  }
  status.textContent =
    _("Verglichen werden: Gebiete {areas}, Zahlen {figures}.", { areas: areas.length, figures: figures.length });
  result.replaceChildren(...figures.map((indicator) => {
    const heading = element("h2", {}, element("a", { href: indicator.link }, indicator.title));
    const none = _("Eine Anzahl hängt von der Größe des Gebiets ab. Deshalb steht hier kein Bild.");
    const section = element("section", {}, heading, small(indicator.says), tableOf(indicator, areas),
      indicator.comparable ? null : small(none));
    enhance(section.querySelector("table"));
    return section;
  }));
}

function filterAreas(event) {
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const item of form.querySelectorAll("[data-area]")) item.hidden = !item.dataset.area.includes(wanted);
  if (wanted) for (const group of form.querySelectorAll("fieldset details")) group.open = true;
}

async function start() {
  fromAddress();
  try {
    data = await json(form.dataset.source);
  } catch (error) {
    console.warn("nahraum: compare", error);
    return;
  }
  form.hidden = false;
  form.addEventListener("change", (event) => event.target.matches("input[type=checkbox]") && show());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  form.querySelector("input[type=search]")?.addEventListener("input", filterAreas);
  show();
}

if (form) start();
