// What every page has: what Back shows of it, dropdowns by keyboard, what is folded, the date
// on paper. Loaded in the head and not as a module: all this must be in force before the first paint.
import { stored } from "./storage.js";

const LEFT = "nahraum.left";
const root = document.documentElement;

// In a tab in which somebody has left for good (exit.js), a page of before that comes back gives way to the one that
// was left for. What is opened afterwards says so in its entry of the history, and stays.
const left = () => stored("sessionStorage", (storage) => storage.getItem(LEFT));
let gone = false;
const giveWay = () => {
  const mark = left();
  gone = Boolean(mark) && history.state?.left !== mark;
  if (gone) location.replace(mark.slice(mark.indexOf(" ") + 1));
};
const stay = () => {
  const mark = left();
  if (mark) history.replaceState({ ...history.state, left: mark }, "");
};
// What a browser keeps of a page shows nothing until it is known whether it may.
const look = () => {
  root.style.visibility = gone ? "hidden" : "";
};
const [visit] = performance.getEntriesByType("navigation");
if (["back_forward", "reload"].includes(visit?.type)) giveWay();
look();
if (!gone) stay();
window.addEventListener("hashchange", stay);
window.addEventListener("pagehide", () => {
  root.style.visibility = "hidden";
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) giveWay();
  look();
  if (gone) event.stopImmediatePropagation();
});

// What only scripts can do is in sight as long as all of them come.
if ("noModule" in HTMLScriptElement.prototype) root.dataset.nrScripts = "";
document.addEventListener("error", ({ target }) => {
  if (target.localName === "script") delete root.dataset.nrScripts;
}, true);

function closeOnLeaving(dropdown) {
  dropdown.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !dropdown.open) return;
    dropdown.open = false;
    dropdown.querySelector("summary").focus();
  });
  dropdown.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !dropdown.contains(event.relatedTarget)) dropdown.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!dropdown.contains(event.target)) dropdown.open = false;
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("details[data-nr-dropdown]").forEach(closeOnLeaving);
  for (const button of document.querySelectorAll("[data-nr-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});

// A link to something folded unfolds it.
const unfold = () => {
  // While a page is loading nothing is `:target` yet.
  const there = document.querySelector(":target") ?? document.getElementById(location.hash.slice(1));
  let fold = there?.closest("details");
  for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
};
window.addEventListener("hashchange", unfold);
window.addEventListener("DOMContentLoaded", unfold);

window.addEventListener("beforeprint", () => {
  for (const line of document.querySelectorAll("[data-nr-printed]")) {
    const lang = root.lang === "en" ? "en-GB" : root.lang || "de";
    const day = new Date().toLocaleDateString(lang, { dateStyle: "long" });
    line.textContent = ` ${line.dataset.nrLabel} ${day}`;
  }
});
