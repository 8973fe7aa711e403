// Says in words whether a door is open now: elements with `data-open` (a compact schedule) get the words and a
// `data-state` (open | soon | closed). What can't be said leaves the written hours as they are.
//
// `data-today="6"` on a list moves what is open today to the front and shows six entries. With `data-today-title` (the
// id of a title) only those that are open today stay, the title says so, and `data-today-areas` shows where else to
// look. With nothing open today, nothing changes.
import { dateOf, isForAll, mediumOn, stateAt, timesOn } from "./hours.js";
import { _ } from "./words.js";

const DAY = 864e5;
const FAR = 14;
const { lang } = document.documentElement;
const english = lang.startsWith("en"), german = lang.startsWith("de");
const locale = lang === "en" ? "en-GB" : lang; // „en“ alone writes dates the American way

function clock(hour, minute) {
  const minutes = String(minute).padStart(2, "0");
  if (german) return _("{time} Uhr", { time: minute ? `${hour}:${minutes}` : hour });
  if (!english) return `${String(hour % 24).padStart(2, "0")}:${minutes}`;
  if (!minute && hour === 12) return _("mittags");
  if (!minute && hour === 24) return _("Mitternacht");
  return `${hour % 12 || 12}${minute ? `:${minutes}` : ""}${hour % 24 < 12 ? "am" : "pm"}`;
}

// A time as the wall clock shows it: a door that closes at midnight closes "um 24 Uhr" of the day before.
function parts(wall, closing = false) {
  const [date, time] = wall.split("T");
  const [hour, minute] = time.split(":").map(Number);
  const midnight = closing && hour === 0 && minute === 0;
  return { day: Date.parse(date) - (midnight ? DAY : 0), time: clock(midnight ? 24 : hour, minute) };
}

const weekdayText = (day) => [_("So"), _("Mo"), _("Di"), _("Mi"), _("Do"), _("Fr"), _("Sa")][new Date(day).getUTCDay()];

// A day as „Sa, 21.11.“.
export function dateText(day) {
  const looks = { day: "numeric", month: german ? "numeric" : "short", timeZone: "UTC" };
  return `${weekdayText(day)}, ${new Date(day).toLocaleDateString(locale, looks)}`;
}

function opens(next, today) {
  const { day, time } = parts(next);
  const away = Math.round((day - today) / DAY);
  if (away === 0) return { state: "soon", text: _("öffnet heute um {time}", { time }) };
  if (away === 1) return { state: "closed", text: _("öffnet morgen um {time}", { time }) };
  if (away > FAR) return null;
  if (away < 7) return { state: "closed", text: _("öffnet {day} um {time}", { day: weekdayText(day), time }) };
  return { state: "closed", text: _("öffnet am {date} um {time}", { date: dateText(day), time }) };
}

const today = (moment) => Date.parse(dateOf(moment));

// What is said about a chosen date: „Sa, 21.11.: 10 bis 12 Uhr“.
export function dayInWords(schedule, date) {
  const times = timesOn(schedule, date).map(([start, end]) => {
    const said = [start, end].map((minutes) => minutes === null ? null
      : clock(Math.floor((minutes > 1440 ? minutes - 1440 : minutes) / 60), minutes % 60));
    if (end === null) return _("ab {time}", { time: said[0] });
    return start === 0 && end >= 1440
      ? _("rund um die Uhr") : _("{start} bis {end}", { start: said[0].replace(/ Uhr$/, ""), end: said[1] });
  });
  if (!times.length) return null;
  const day = `${dateText(Date.parse(date))}: ${times.join(", ")}`;
  const way = wayOf(mediumOn(schedule, date));
  return way ? `${way}: ${day}` : day;
}

const wayOf = (medium) => ({ phone: _("am Telefon"), video: _("online") })[medium] ?? "";

// What is by telephone, on a screen or only for those who registered says so before.
export function inWords(schedule, moment = new Date()) {
  const now = stateAt(schedule, moment);
  if (schedule.e === "there" && now.open) return { state: "there", text: _("immer da") };
  const found = stateInWords(schedule, moment, now);
  if (!found || found.state === "ask") return found;
  const way = wayOf(now.medium) || (schedule.e === "booked" ? _("mit Anmeldung") : "");
  if (!way) return found;
  return { state: found.state === "open" ? "afar" : "closed", text: `${way}: ${found.text}` };
}

// Without the way that leads there.
export function stateInWords(schedule, moment, now = stateAt(schedule, moment)) {
  if (now.open) {
    const end = now.until && parts(now.until, true);
    const far = !end || end.day > today(moment) + DAY;
    return { state: "open", text: openText(schedule, far ? null : end.time) };
  }
  if (now.ask) {
    return { state: "ask", text: schedule.e === "quiet"
      ? _("{day}: vielleicht nicht erreichbar", { day: now.ask })
      : _("{day}: bitte vorher nachfragen", { day: now.ask }) };
  }
  return now.open === false && now.next ? opens(now.next, today(moment)) : null;
}

// What is open until a time, or to no end in sight. „Jetzt offen“ promises that the filter finds it, too: what is
// confidential is on no list of what is open.
function openText(schedule, time) {
  if (isForAll(schedule)) return time ? _("jetzt offen bis {time}", { time }) : _("jetzt offen");
  if (schedule.e === "quiet") return time ? _("jetzt erreichbar bis {time}", { time }) : _("jetzt erreichbar");
  return time ? _("geöffnet bis {time}", { time }) : _("rund um die Uhr");
}

function fill(element, moment) {
  element.dataset.plain ??= element.textContent;
  const found = inWords(JSON.parse(element.dataset.open), moment);
  element.textContent = found ? found.text : element.dataset.plain;
  element.hidden = !element.textContent;
  if (found) element.dataset.state = found.state;
  else delete element.dataset.state;
  return found?.state;
}

const RANK = { open: 0, soon: 1 };

function keepToday(list) {
  const entries = [...list.querySelectorAll(".nr-card")];
  const rank = (entry) => RANK[entry.querySelector("[data-open]")?.dataset.state] ?? 2;
  const open = entries.filter((entry) => rank(entry) < 2);
  if (!open.length) return;
  const title = document.getElementById(list.dataset.todayTitle);
  open.sort((one, other) => rank(one) - rank(other));
  const ordered = title ? open : [...open, ...entries.filter((entry) => rank(entry) === 2)];
  const shown = ordered.slice(0, Number(list.dataset.today));
  for (const entry of [...shown].reverse()) entry.parentElement.prepend(entry);
  for (const entry of entries) entry.hidden = !shown.includes(entry);
  if (!title) return;
  title.textContent = _("Heute offen");
  for (const areas of document.querySelectorAll("[data-today-areas]")) areas.hidden = false;
}

export function refresh(root = document, moment = new Date()) {
  for (const element of root.querySelectorAll("[data-open]")) {
    // What runs behind this script, a search for help among it, doesn't end with a schedule that can't be read.
    try {
      fill(element, moment);
    } catch (error) {
      console.error(error);
    }
  }
}

refresh();
document.querySelectorAll("[data-today]").forEach(keepToday);
setInterval(refresh, 6e4);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
window.addEventListener("pageshow", () => setTimeout(refresh)); // once the page is whole again (back.js)
