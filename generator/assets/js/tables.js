// Tables that sort: a column whose heading has `data-key` gets a button; `data-sort` of a cell is what it is sorted by.
// Rows without a value stay at the end. The first press sorts words from A to Z and numbers from high to low.
import { element } from "./element.js";
import { _ } from "./words.js";

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function keyOf(row, column) {
  const cell = row.cells[column];
  const written = cell.dataset.sort ?? cell.textContent.trim();
  if (written === "" || (cell.dataset.sort === undefined && cell.classList.contains("nr-muted"))) return null;
  const number = Number(written);
  return Number.isNaN(number) ? written : number;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}

function sortBy(table, column, descending) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => ({ row, place, key: keyOf(row, column) }));
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
    return (descending ? -1 : 1) * compare(a.key, b.key) || a.place - b.place;
  });
  body.append(...rows.map(({ row }) => row));
}

export function enhance(table) {
  const headings = [...table.tHead.rows[0].cells];
  const status = element("p", { class: "nr-vh", role: "status" });
  table.parentElement.after(status);
  headings.forEach((heading, column) => {
    if (!heading.dataset.key) return;
    const label = heading.textContent.trim().replace(/\s+/g, " ");
    const button = element("button", { type: "button", class: "nr-sort" });
    const arrow = element("span", { class: "nr-sort__arrow", "aria-hidden": "true" });
    const link = heading.querySelector("a");
    if (link) {
      // A heading that leads somewhere keeps its link; the button stands beside it.
      button.append(arrow);
      button.setAttribute("aria-label", _("sortieren nach {column}", { column: label }));
      heading.append(" ", button);
    } else {
      button.append(...heading.childNodes, arrow);
      heading.append(button);
    }
    button.addEventListener("click", () => {
      const numbers = [...table.tBodies[0].rows].some((row) => typeof keyOf(row, column) === "number");
      const now = heading.getAttribute("aria-sort");
      const descending = now === null ? numbers : now === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortBy(table, column, descending);
      status.textContent = descending
        ? _("Sortiert nach {column}, absteigend.", { column: label })
        : _("Sortiert nach {column}, aufsteigend.", { column: label });
    });
  });
}

for (const table of document.querySelectorAll(".nr-table > table")) {
  if (table.tHead?.querySelector("[data-key]")) enhance(table);
}
