// Offers of the directory in, a calendar file of their appointments out (iCalendar, RFC 5545), made in the browser: no server learns what was
// chosen. The offers that it gets have schedules; what is sensitive has none.
import { dateOf, timesOn } from "./hours.js";

const LENGTH = 75; // octets of a line
const AHEAD = 56; // days
const MEETING = 12 * 60; // a house that is open more minutes a week is no appointment
const NO_END = 60; // minutes of an event without a known end
const wallClock = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" });
const bytes = new TextEncoder();

const plus = (date, days) => new Date(Date.parse(date) + days * 864e5).toISOString().slice(0, 10);
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
const stamp = (moment) => `${new Date(moment).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

function line(name, value) {
  const lines = [""];
  for (const letter of `${name}:${value}`) {
    if (bytes.encode(lines.at(-1) + letter).length > LENGTH) lines.push(" ");
    lines[lines.length - 1] += letter;
  }
  return `${lines.join("\r\n")}\r\n`;
}

// The moment of minutes after midnight on the wall clock in Germany.
export function momentOf(date, minutes) {
  const wall = Date.parse(date) + minutes * 6e4;
  const shown = (moment) => Date.parse(`${wallClock.format(moment).replace(" ", "T")}Z`);
  const first = wall - (shown(wall) - wall);
  return wall - (shown(first) - first);
}

// Days of which times are known, from today.
function days(schedule, today) {
  const last = [schedule.u, plus(today, AHEAD)].sort()[0];
  const found = [];
  for (let date = today; date <= last; date = plus(date, 1)) found.push(date);
  return found;
}

export function isMeeting(schedule, today) {
  const week = days(schedule, today).slice(0, 7).flatMap((date) => timesOn(schedule, date));
  return week.reduce((sum, [start, end]) => sum + (end === null ? NO_END : end - start), 0) <= MEETING;
}

// `offers` as `Offers.offer` gives them, `root` the address of the site's language, `name` what the calendar is called. Null where there is
// no appointment among them.
export function datesFile(offers, { root, name, moment = new Date() }) {
  const today = dateOf(moment);
  const host = new URL(root).host;
  const there = new Set();
  let until = "";
  const events = offers.filter(({ schedule }) => schedule && isMeeting(schedule, today)).flatMap((offer) => days(offer.schedule, today).flatMap((date) => timesOn(offer.schedule, date).map(([start, end]) => {
    if (date > until) until = date;
    there.add(offer.id);
    return [line("BEGIN", "VEVENT"), line("UID", `${offer.id}-${date}-${start}@${host}`), line("DTSTAMP", stamp(moment)),
      line("DTSTART", stamp(momentOf(date, start))), line("DTEND", stamp(momentOf(date, end ?? start + NO_END))),
      line("SUMMARY", escaped(offer.title)), ...(offer.where ? [line("LOCATION", escaped(offer.where))] : []),
      line("URL", new URL(offer.url, root).href), line("TRANSP", "TRANSPARENT"), line("END", "VEVENT")].join("");
  })));
  if (!events.length) return null;
  const head = [line("BEGIN", "VCALENDAR"), line("VERSION", "2.0"), line("PRODID", `-//Nahraum//${host}`), line("X-WR-CALNAME", escaped(name))];
  return { text: [...head, ...events, line("END", "VCALENDAR")].join(""), count: events.length, offers: there.size, until };
}
