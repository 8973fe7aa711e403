// Narrows lists to what is chosen in a form: every `select[data-by]` names a data attribute of the entries (`data-spaces`, a list of
// words; a star fits everything), `input[data-since]` the day since when. Groups count their entries and hide when nothing is left.
// Choices stay in the page; without this script everything is there.
import { numberText } from "./cards.js";
import { _ } from "./words.js";

const form = document.getElementById("eingrenzen");
const groups = [...document.querySelectorAll("[data-narrowed]")].map((group) => ({
  group, entries: [...group.querySelectorAll("[data-spaces]")], count: group.querySelector(".nr-chip__count"), all: group.querySelector(".nr-chip__count").textContent,
}));

const has = (list, value) => !value || list === "*" || list.split(" ").includes(value);

function narrow() {
  const choices = [...form.querySelectorAll("select[data-by]")].map(({ value, dataset }) => [dataset.by, value]);
  const since = form.querySelector("input[data-since]")?.value ?? "";
  const chosen = Boolean(since) || choices.some(([, value]) => value);
  let total = 0;
  for (const { group, entries, count, all } of groups) {
    let shown = 0;
    for (const entry of entries) {
      const { date } = entry.dataset;
      // What has no day, or lies ahead, is told whenever it was written.
      const fits = choices.every(([by, value]) => has(entry.dataset[by], value)) && (!since || !date || date >= since);
      entry.hidden = !fits;
      shown += fits;
    }
    group.hidden = chosen && !shown;
    count.textContent = chosen ? numberText(shown) : all;
    total += shown;
  }
  document.getElementById("nichts-gefunden").hidden = total > 0;
  document.getElementById("gezeigt").textContent = chosen ? _("{n} gezeigt", { n: numberText(total) }) : "";
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}
