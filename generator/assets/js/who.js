// Finds whom to call by what is typed: of each part of the page those entries show that hold every word, and parts without any go.
// Nothing leaves the page; without this script all of it is there, folded.
import "./back.js";
import { numberText } from "./cards.js";
import { _ } from "./words.js";

const form = document.getElementById("wer-suche");
const ways = document.querySelector(".nr-who");
const status = document.getElementById("wer-gefunden");
const plain = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const spaces = [...document.querySelectorAll(".nr-who__space")];
const parts = [...document.querySelectorAll(".nr-part")].map((part) => ({
  part, open: part.open,
  entries: [...part.querySelectorAll(".nr-calls > li, tbody > tr, .nr-glance__row")].map((entry) => {
    // Found as well by the area, by the heading, and by what people shorten: addresses of offices hold „asd“ or „wjh“.
    const heads = [part.querySelector("h2"), entry.closest(".nr-who__space")?.querySelector("h3")].filter(Boolean);
    const links = [...entry.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    return { entry, text: plain([entry.textContent, ...heads.map((head) => `${head.id} ${head.textContent}`), ...links].join(" ")) };
  }),
}));

function find() {
  const asked = plain(form.elements.wer.value).split(/\s+/).filter(Boolean);
  const there = parts.some(({ entries }) => entries.some(({ text }) => asked.every((word) => text.includes(word))));
  // Where nobody is found all of it shows.
  const wanted = there ? asked : [];
  let total = 0;
  for (const { part, open, entries } of parts) {
    let shown = 0;
    for (const { entry, text } of entries) {
      entry.hidden = !wanted.every((word) => text.includes(word));
      shown += !entry.hidden;
    }
    part.hidden = wanted.length > 0 && !shown;
    part.open = wanted.length > 0 ? shown > 0 : open;
    total += shown;
  }
  for (const space of spaces) space.hidden = !space.querySelector(".nr-calls > li:not([hidden]), tbody > tr:not([hidden])") && wanted.length > 0;
  ways.hidden = wanted.length > 0;
  status.textContent = wanted.length ? _("{n} gefunden", { n: numberText(total) }) : there ? "" : _("Dazu ist niemand eingetragen. Hier steht, wer eingetragen ist.");
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", find);
  form.addEventListener("submit", (event) => event.preventDefault());
  find();
}
