// Offers in, their cards out: copies of the pattern in the page (templates/parts/filter.html), filled.
import { element } from "./element.js";
import { isOpenOn } from "./hours.js";
import { dayInWords, inWords } from "./open.js";
import { _ } from "./words.js";

// A distance as in „650 m“ and „1,2 km“, as generator/render/base/texts.py writes it.
function distanceText(metres) {
  if (metres < 1000) return `${Math.max(50, Math.round(metres / 50) * 50)} m`;
  return `${(metres / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} km`;
}

// The same with the minutes on foot, as `Texts.on_foot` gives them.
export function onFootText(metres) {
  const minutes = Math.max(1, Math.ceil(metres * 1.3 / 75));
  if (minutes > 45) return distanceText(metres);
  return _("{distance}, etwa {n} Min. zu Fuß", { distance: distanceText(metres), n: minutes });
}

// `offer` as `Offers.offer` gives it; `line` is the one line under the name, `distance` metres or undefined. With
// `dates` the card says when the offer is there on the first of them that fits, between two minutes of the day. `sign`
// says for whom it is, where somebody asked for an area.
export function card(offer, { root, line = "", distance, dates = [], sign = "", moment = new Date() }) {
  const made = document.getElementById("kartenmuster").content.firstElementChild.cloneNode(true);
  made.dataset.id = offer.id;
  made.dataset.place = offer.place;
  const link = made.querySelector("a");
  link.href = root + offer.url;
  link.textContent = offer.title;
  const text = made.querySelector(".nr-card__text");
  text.textContent = line;
  if (offer.language) for (const part of [link, text]) Object.assign(part, { lang: offer.language, dir: "auto" });
  else made.querySelector(".nr-small")?.remove();
  const badge = made.querySelector(".nr-badge");
  if (offer.status) badge.textContent = offer.status;
  else badge.remove();
  const [open, ...facts] = made.querySelectorAll(".nr-facts > li");
  fillOpen(open, offer, moment, dates);
  const near = Number.isFinite(distance);
  const told = [near ? onFootText(distance) : "", near ? "" : offer.where, offer.cost, offer.spoken, offer.waiting];
  told.forEach((text, nth) => text ? facts[nth].lastElementChild.append(text) : facts[nth].remove());
  const whose = sign && sign !== offer.where ? [element("li", { class: "nr-card__sign" }, sign)] : [];
  made.querySelector(".nr-facts").append(...whose);
  if (offer.kept) made.dataset.keep = "";
  return made;
}

function fillOpen(item, { schedule, hours }, moment, dates) {
  const state = item.querySelector(".nr-open");
  const date = schedule && dates.find((day) => isOpenOn(schedule, day));
  const then = date && dayInWords(schedule, date);
  if (then) {
    state.hidden = false;
    state.textContent = state.dataset.written = then; // the day that was asked for is the same on paper
    return;
  }
  const now = schedule && inWords(schedule, moment);
  if (!now && !hours) return item.remove();
  state.hidden = false;
  state.textContent = now ? now.text : hours;
  if (hours) state.dataset.written = hours; // for paper
  if (now) state.dataset.state = now.state;
  if (schedule) {
    state.dataset.open = JSON.stringify(schedule);
    state.dataset.plain = hours;
  }
}

// Numbers as the page's language writes them.
const numbers = new Intl.NumberFormat(document.documentElement.lang);
export const numberText = (value) => numbers.format(value);

export const countText = (count) => count === 1 ? _("1 Angebot") : _("{n} Angebote", { n: numberText(count) });
