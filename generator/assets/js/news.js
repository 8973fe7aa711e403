// Narrows „Tipps und Themen“ to an area, a topic and what has happened since a day: entries with `data-spaces`, `data-topics` and
// `data-date`, below headings that count them. Choices stay in the page; without this script everything is there.
import { numberText } from "./cards.js";
import { _ } from "./words.js";

const form = document.getElementById("eingrenzen");
const groups = [...document.querySelectorAll("[data-news]")].map((group) => ({
  group, entries: [...group.querySelectorAll("li[data-topics]")], count: group.querySelector(".nr-chip__count"), all: group.querySelector(".nr-chip__count").textContent,
}));

const has = (list, value) => !value || list === "*" || list.split(" ").includes(value);

function narrow() {
  const { gebiet, thema, seit } = form.elements;
  const chosen = Boolean(gebiet.value || thema.value || seit.value);
  let total = 0;
  for (const { group, entries, count, all } of groups) {
    let shown = 0;
    for (const entry of entries) {
      const { spaces, topics, date } = entry.dataset;
      // What has no day, or lies ahead, is told whenever it was written.
      const fits = has(spaces, gebiet.value) && has(topics, thema.value) && (!seit.value || !date || date >= seit.value);
      entry.hidden = !fits;
      shown += fits;
    }
    group.hidden = chosen && !shown;
    count.textContent = chosen ? numberText(shown) : all;
    total += shown;
  }
  document.getElementById("nichts-neues").hidden = total > 0;
  document.getElementById("gezeigt").textContent = chosen ? _("{n} Meldungen", { n: numberText(total) }) : "";
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}
