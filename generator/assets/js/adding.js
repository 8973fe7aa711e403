// The field of the own list that puts offers on it by their names. All names come at once, when somebody goes there.
import { button } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { fold, words } from "./folding.js";
import { once } from "./once.js";
import { _ } from "./words.js";

const MOST = 6;
const LONG = 4; // letters from which a word is also found within others: „café“ in „Elterncafé“

const named = ([id, name, where]) =>
  ({ id, name, where, own: words(name).map(fold), all: words(`${name} ${where}`).map(fold) });
const fits = (word, sought) => word.startsWith(sought) || (sought.length >= LONG && word.includes(sought));

// Names that have every word sought, those that begin with it first.
export function matching(names, query) {
  const sought = words(query).map(fold);
  if (!sought.length) return [];
  const holds = (words) => (one) => words.some((word) => fits(word, one));
  const begins = ({ own }) => own[0].startsWith(sought[0]);
  const found = names.filter(({ own, all }) => sought.every(holds(all)) && sought.some(holds(own)));
  return [...found].sort((one, other) => begins(other) - begins(one));
}

// `held` tells what is on the list, `add` puts an offer there and tells whether that went well, `say` tells people.
export function adding(field, { held, add, say }) {
  const [input, list] = ["input", "ul"].map((name) => field.querySelector(name));

  const load = () => once("namen.json", async () => (await json("namen.json")).map(named));

  async function show() {
    const query = input.value;
    let found;
    try {
      const own = held();
      found = matching(await load(), query).filter(({ id }) => !own.includes(id));
    } catch (error) {
      console.error(error);
      say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
      return;
    }
    if (query !== input.value) return;
    list.replaceChildren(...found.slice(0, MOST).map(choice));
    if (!query.trim()) return;
    say(found.length ? _("{n} gefunden", { n: found.length })
      : _("Kein Angebot mit diesem Namen, das auf Listen steht. "
      + "Schutz und Hilfe in Krisen steht auf keiner, damit niemand sie dort liest; die Suche findet sie."));
  }

  function choice(offer) {
    const name = element("span", { class: "nr-adding__name", dir: "auto" }, offer.name);
    const where = offer.where ? element("span", { class: "nr-small" }, offer.where) : null;
    return element("li", {}, button("nr-adding__offer", () => choose(offer), name, where));
  }

  function choose(offer) {
    if (!add(offer)) return;
    input.value = "";
    list.replaceChildren();
    input.focus();
  }

  // The first one that fits is meant by who types on and presses Enter.
  async function take(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    await show();
    list.querySelector("button")?.click();
  }

  input.addEventListener("focus", () => load().catch(console.error), { once: true });
  input.addEventListener("keydown", take);
  input.addEventListener("input", show);
}
