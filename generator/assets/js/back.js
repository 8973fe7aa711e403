// What comes back of a page in which somebody wrote or chose: nothing where somebody has left for good meanwhile
// (exit.js); after danger or something grave it is loaded anew. What every page does then: site.js.
//
// A page that is kept hears nothing of that. So a number that says nothing stands in the tab's storage, and leaving
// clears it with everything that is ours: without it, or where storage is forbidden, nothing comes back.
import { stored } from "./storage.js";

const KEY = "nahraum.back";
// Who was quicker than this script has written already.
let touched = [...document.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
let barred = false;
let number = null;

const ofTab = (work) => stored("sessionStorage", work);
const read = () => ofTab((storage) => storage.getItem(KEY));
const inAddress = () => Boolean(location.search || location.hash);

function keep() {
  const one = read() ?? String(Math.random());
  return ofTab((storage) => {
    storage.setItem(KEY, one);
    return one;
  });
}

// From now on nothing of this page comes back.
export function bar() {
  barred = true;
}

for (const sign of ["input", "click"]) {
  document.addEventListener(sign, ({ target }) => {
    touched ||= Boolean(target.closest("form, button, input, select, textarea"));
  });
}

window.addEventListener("pagehide", () => {
  if (barred) ofTab((storage) => storage.removeItem(KEY));
  else if (touched || inAddress()) number = keep();
});

window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || !(barred || touched || inAddress()) || (!barred && number && number === read())) return;
  bar();
  document.documentElement.style.visibility = "hidden";
  location.replace(location.pathname);
});

// A browser that kept nothing loads the page anew, with the choices that its address holds.
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "back_forward" && inAddress() && !read()) {
  history.replaceState(history.state, "", location.pathname);
}
