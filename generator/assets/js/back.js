// What „Back“ may show. A page in which somebody wrote or chose is empty while it is left, so that what a browser keeps of it shows
// nothing; it fills again when it is back. It doesn't, and is loaded anew, where somebody has left for good meanwhile (exit.js), or where
// danger or something grave was shown.
//
// A page that is kept hears nothing of that. So a number that says nothing stands in the tab's storage, and leaving clears it with
// everything that is ours: without it, or where storage is forbidden, nothing comes back.
const KEY = "nahraum.back";
// Who was quicker than this script has written already.
let touched = [...document.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
let barred = false;
let away = null; // {nodes, focus, x, y, number}

function ofTab(work) {
  try {
    return work(sessionStorage);
  } catch (error) {
    console.info("nahraum: no storage", error.name);
    return null;
  }
}

const read = () => ofTab((storage) => storage.getItem(KEY));
const inAddress = () => Boolean(location.search || location.hash);

function keep() {
  const number = read() ?? String(Math.random());
  return ofTab((storage) => {
    storage.setItem(KEY, number);
    return number;
  });
}

// From now on nothing of this page comes back.
export function bar() {
  barred = true;
}

// Empties the page into this script's memory.
export function takeAway() {
  if (away) return;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  away = { nodes: [...document.body.childNodes], focus: document.activeElement, x: scrollX, y: scrollY, number: null };
  document.body.replaceChildren();
}

function bringBack() {
  const { nodes, focus, x, y } = away;
  away = null;
  document.body.replaceChildren(...nodes);
  focus?.focus({ preventScroll: true });
  scrollTo(x, y);
}

for (const sign of ["input", "click"]) {
  document.addEventListener(sign, ({ target }) => {
    touched ||= Boolean(target.closest("form, button, input, select, textarea"));
  });
}

window.addEventListener("pagehide", () => {
  if (barred) ofTab((storage) => storage.removeItem(KEY));
  else if (!touched && !inAddress()) return;
  takeAway();
  if (!barred) away.number = keep();
});

window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || !away) return;
  if (away.number && away.number === read()) return bringBack();
  bar();
  location.replace(location.pathname);
});

// A browser that kept nothing loads the page anew, with the choices that its address holds.
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "back_forward" && inAddress() && !read()) history.replaceState(null, "", location.pathname);
