// Compare any areas and figures in tables and dots with intervals. The data come once, from a file beside the page;
// what was chosen stands in the fragment of the address, so that it can be handed on, and nowhere else.
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
const ROW = 46;
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

function toAddress(areas, figures) {
  history.replaceState(history.state, "", `#g=${areas.join(".")}&k=${figures.join(".")}`);
}

// --- one indicator -------------------------------------------------------------------------------------------------

function tableOf(indicator, areas) {
  const bounded = areas.some((area) => indicator.cells[area]?.interval);
  const compared = Boolean(indicator.town);
  const head = element("tr", {}, element("th", { scope: "col", "data-key": "space" }, _("Gebiet")),
    element("th", { scope: "col", class: "nr-num", "data-key": "value" }, indicator.head));
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
    if (bounded) row.append(element("td", { class: "nr-num nr-muted" }, cell?.interval ?? ""));
    if (compared) row.append(element("td", {}, cell?.verdict ?? ""));
    return row;
  });
  const id = `tabelle-${indicator.id}`;
  const table = element("table", { id }, element("caption", { id: `${id}-titel`, class: "nr-vh" },
    `${indicator.title}, ${indicator.head}`), element("thead", {}, head), element("tbody", {}, ...rows));
  const frame =
    element("div", { class: "nr-table", role: "region", tabindex: "0", "aria-labelledby": `${id}-titel` }, table);
  return { frame, table };
}

function scaleOf(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const quarter = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(quarter));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= quarter - 1e-9);
  const first = Math.floor(low / step + 1e-9) * step;
  const last = Math.max(first + step, Math.ceil(high / step - 1e-9) * step);
  const mirrored = document.documentElement.dir === "rtl";
  const part = (value) => (value - first) / (last - first);
  const at = (value) => `${(mirrored ? 1 - part(value) : part(value)) * 100}%`;
  const ticks = [];
  for (let tick = first; tick <= last + step / 1000; tick += step) ticks.push(Math.round(tick * 1e6) / 1e6);
  return { at, ticks, mirrored };
}

function anchorOf(number, count) {
  return number === 0 ? "start" : number === count - 1 ? "end" : "middle";
}

function dotsOf(indicator, areas) {
  const cells = areas.map((area) => ({ name: data.names[area], ...indicator.cells[area] }));
  const town = indicator.town ? indicator.cells[data.town].value : undefined;
  const all = [...cells.flatMap(({ value, low, high }) => [value, low, high]), town];
  const { at, ticks, mirrored } = scaleOf(all.filter((value) => value !== undefined));
  const top = 26;
  const bottom = top + ROW * cells.length;
  const id = `bild-${indicator.id}`;
  const svg = shape("svg", { class: "nr-chart nr-chart--dot", height: bottom + 24, role: "img",
    "aria-labelledby": `${id}-t ${id}-d` });
  svg.append(shape("title", { id: `${id}-t` }, `${indicator.title}, ${indicator.head}`));
  svg.append(shape("desc", { id: `${id}-d` },
    cells.map(({ name, text, gap }) => `${name}: ${text ?? "–"} ${gap ?? ""}`.trim()).join("; ")));
  const format = new Intl.NumberFormat(document.documentElement.lang);
  ticks.forEach((tick, number) => {
    svg.append(shape("line", { class: tick === 0 ? "nr-chart__zero" : "nr-chart__grid", x1: at(tick), x2: at(tick),
      y1: top, y2: bottom }));
    svg.append(shape("text", { class: `nr-chart__tick nr-chart__${anchorOf(number, ticks.length)}`, x: at(tick),
      y: bottom + 17 }, format.format(tick)));
  });
  if (town !== undefined) {
    const place = parseFloat(at(town));
    const anchor = place < 15 ? (mirrored ? "end" : "start") : place > 85 ? (mirrored ? "start" : "end") : "middle";
    svg.append(shape("line", { class: "nr-chart__benchmark", x1: at(town), x2: at(town), y1: top - 6, y2: bottom }));
    svg.append(shape("text", { class: `nr-chart__tick nr-chart__strong nr-chart__${anchor}`, x: at(town), y: 14 },
      `${data.names[data.town]} ${indicator.cells[data.town].text}`));
  }
  cells.forEach(({ name, value, low, high, text, interval, gap }, number) => {
    const y = top + ROW * number;
    const row = shape("g", { class: "nr-chart__row" });
    row.append(shape("text", { class: "nr-chart__name", x: mirrored ? "100%" : "0%", y: y + 17 }, name));
    row.append(shape("text", { class: "nr-chart__value nr-chart__end", x: mirrored ? "0%" : "100%", y: y + 17 },
      interval ? `${text} (${interval})` : `${text ?? "–"} ${gap ?? ""}`.trim()));
    if (low !== undefined) {
      row.append(shape("line", { class: "nr-chart__interval", x1: at(low), x2: at(high), y1: y + 31, y2: y + 31 }));
      for (const end of [low, high]) {
        row.append(shape("line", { class: "nr-chart__interval", x1: at(end), x2: at(end), y1: y + 27, y2: y + 35 }));
      }
    }
    if (value !== undefined) row.append(shape("circle", { class: "nr-chart__dot", cx: at(value), cy: y + 31, r: 5 }));
    svg.append(row);
  });
  return element("figure", { class: "nr-plot" }, svg);
}

// --- the whole -----------------------------------------------------------------------------------------------------

function show() {
  const areas = chosen("g").filter((area) => area in data.names);
  const figures = chosen("k").map((id) => data.indicators.find((one) => one.id === id)).filter(Boolean);
  toAddress(areas, figures.map(({ id }) => id));
  if (!areas.length || !figures.length) {
    status.textContent = _("Wählen Sie mindestens ein Gebiet und eine Zahl.");
    result.replaceChildren();
    return;
  }
  status.textContent =
    _("Verglichen werden: Gebiete {areas}, Zahlen {figures}.", { areas: areas.length, figures: figures.length });
  result.replaceChildren(...figures.map((indicator) => {
    const heading = element("h2", {}, element("a", { href: indicator.link }, indicator.title));
    const { frame, table } = tableOf(indicator, areas);
    const picture = indicator.comparable
      ? dotsOf(indicator, areas)
      : small(_("Eine Anzahl hängt von der Größe des Gebiets ab. Deshalb steht hier kein Bild."));
    const section = element("section", {}, heading, small(indicator.says), frame, picture);
    enhance(table);
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
