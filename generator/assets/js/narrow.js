// Narrows a page of entries in groups to what the form above them asks for: a field compares its value with the
// entries' data of its name, a list of words or a day. Choices stay in the page.
import "./back.js";
import { numberText } from "./cards.js";
import { _ } from "./words.js";

const form = document.getElementById("eingrenzen");
const groups = [...document.querySelectorAll("[data-group]")].map((group) => ({
  group,
  entries: [...group.querySelectorAll("[data-entry]")],
  count: group.querySelector(".nr-chip__count"),
  all: group.querySelector(".nr-chip__count")?.textContent,
}));
// What stands beside the entries is narrowed like them, but nobody looked for it.
const asked = ({ group }) => group.dataset.group !== "beside";
const all = groups.filter(asked).reduce((sum, { entries }) => sum + entries.length, 0);

const has = (list, value) => list === "*" || list.split(" ").includes(value);
// What has no day, or lies ahead, is told whenever it was written.
const since = (day, value) => !day || day >= value;

// What a field asks for, on paper; where nobody chose a day it is the first one there is.
const told = (field) => {
  const day = () => new Date(field.value || field.min)
    .toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  return `${field.labels[0].textContent}: ${field.type === "date" ? day() : field.selectedOptions[0].text}`;
};

function unfold(group) {
  for (const fold of group.querySelectorAll(":scope > details")) fold.open = true;
}

function narrow() {
  const chosen = [...form.elements].filter((field) => field.name && field.value);
  let total = 0;
  for (const one of groups) {
    const { group, entries, count, all: words } = one;
    let shown = 0;
    for (const entry of entries) {
      const suits = ({ type, name, value }) => (type === "date" ? since : has)(entry.dataset[name], value);
      const fits = chosen.every(suits);
      entry.hidden = !fits;
      shown += fits;
    }
    group.hidden = chosen.length > 0 && !shown;
    if (chosen.length) unfold(group);
    if (count) count.textContent = chosen.length ? numberText(shown) : words;
    if (asked(one)) total += shown;
  }
  document.getElementById("nichts-gefunden").hidden = total > 0;
  document.getElementById("auswahl").textContent =
    [...form.elements].filter((field) => field.name && (field.value || field.min)).map(told).join(" · ");
  document.getElementById("gezeigt").textContent = chosen.length
    ? _("{n} von {all} gezeigt", { n: numberText(total), all: numberText(all) }) : "";
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(() => {
    narrow();
    for (const { group } of groups) unfold(group);
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}
