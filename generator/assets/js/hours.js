// A compact schedule (generator/hours/schedule.py) and a moment in, whether it is open out:
// {open: true | false | null, until, next, comment, ask, medium}; times are "YYYY-MM-DDTHH:MM" on the wall clock in
// Germany, as a door sign says them (the night the clocks go forward as well). `ask` is why one should ask before one
// goes today. Beyond the last day nothing is known.
const clock = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" });
const wall = (minutes) => new Date(minutes * 6e4).toISOString().slice(0, 16);
const DAY = 1440;
const DAY_BEGINS = 300; // up to five in the morning the evening before lasts, for those who ask what is open on a day
const OPEN_END = 2, ASK = 3;
const MEDIA = ["", "phone", "video", "appointment"];

// The date in Germany as "YYYY-MM-DD".
export const dateOf = (moment = new Date()) => clock.format(moment).slice(0, 10);

// All intervals that begin on days from `from` to `to`, each as [start, end, kind, comment, medium], in minutes.
function* intervals(schedule, from, to) {
  const first = Date.parse(schedule.s) / 6e4;
  const last = Date.parse(schedule.u) / 6e4;
  for (let day = Math.max(first, from); day <= Math.min(last, to); day += DAY) {
    const weekday = (new Date(day * 6e4).getUTCDay() + 6) % 7;
    const rows = schedule.x?.[wall(day).slice(0, 10)] ?? schedule.w?.[weekday] ?? [];
    for (const [start, end, kind = 0, comment, medium = 0] of rows) {
      yield [day + start, day + end, kind, comment, medium];
    }
  }
}

// Whether something certainly begins with an interval: it is certain, or only its end isn't.
const begins = ([start, , kind], certain) => !kind || kind === OPEN_END && certain.every(([, end]) => end !== start);

// Whether one may go, call or write then without registering: pages call it „jetzt offen“, and its filter finds it.
export const isForAll = ({ e: entry = "" }) => entry === "" || entry === "there";

const covers = (schedule, date) => schedule.s <= date && date <= schedule.u;

export function stateAt(schedule, moment = new Date()) {
  const [year, month, date, hour, minute] = clock.format(moment).match(/\d+/g);
  const today = Date.UTC(year, month - 1, date) / 6e4;
  const now = today + hour * 60 + +minute;
  const result = { open: null };
  if (!covers(schedule, `${year}-${month}-${date}`)) return result;
  const last = Date.parse(schedule.u) / 6e4;
  const found = [...intervals(schedule, today - DAY, last)];
  const certain = found.filter(([, , kind]) => !kind);
  // A door before a telephone, where both are open.
  const open = certain.filter(([start, end]) => start <= now && now < end);
  const current = open.find(([, , , , medium]) => !medium) ?? open[0];
  if (current) {
    let end = current[1];
    for (const [start, later, , , medium] of certain) {
      if (medium === current[4] && start <= end && end < later) end = later;
    }
    if (current[4]) result.medium = MEDIA[current[4]];
    if (end < last + DAY) result.until = wall(end);
    if (current[3]) result.comment = current[3];
    result.open = true;
    return result;
  }
  const coming = found.filter((row) => row[0] > now && begins(row, certain))
    .sort((one, other) => one[0] - other[0] || one[4] - other[4]);
  const next = coming.length ? coming[0][0] : Infinity;
  if (next < Infinity) {
    result.next = wall(next);
    if (coming[0][4]) result.medium = MEDIA[coming[0][4]];
  }
  const asked = found.find(([start, end, kind]) =>
    kind === ASK && now < end && today <= start && start < today + DAY && start < next);
  if (asked) result.ask = asked[3];
  const vague = found.find(([start, end, kind]) => kind && start <= now && now < end);
  if (vague?.[3] && vague[2] !== ASK) result.comment = vague[3];
  result.open = vague || !schedule.w ? null : false;
  return result;
}

// The times of a date as [start, end] in minutes, end null where nobody said it; what is certain, overlaps united.
export function timesOn(schedule, date) {
  if (!covers(schedule, date)) return [];
  const day = Date.parse(date) / 6e4;
  const found =
    [...intervals(schedule, day, day)].filter(([start, , kind]) => !kind || kind === OPEN_END && start >= day);
  const certain = found.filter(([, , kind]) => !kind);
  const times = [];
  const beginning = found.filter((row) => begins(row, certain)).sort((one, other) => one[0] - other[0]);
  for (const [start, end, kind] of beginning) {
    const before = times.at(-1);
    if (before && before[1] !== null && !kind && start <= before[1]) before[1] = Math.max(before[1], end);
    else times.push([start, kind ? null : end]);
  }
  return times.map(([start, end]) => [start - day, end === null ? null : end - day]);
}

// How one gets there on a date where nothing certain is at a door: "phone" or "video"; "" at a door.
export function mediumOn(schedule, date) {
  const day = Date.parse(date) / 6e4;
  const certain = [...intervals(schedule, day, day)].filter(([, , kind]) => !kind || kind === OPEN_END);
  return certain.length ? MEDIA[Math.min(...certain.map(([, , , , medium]) => medium))] : "";
}

// Whether nobody can know it of a date: no times are written, or not for sure between two minutes of it.
export function isVagueOn(schedule, date, from, to) {
  if (!covers(schedule, date) || !schedule.w) return true;
  const day = Date.parse(date) / 6e4;
  return [...intervals(schedule, day - DAY, day + DAY)].some(([start, end, kind]) =>
    kind && start < day + to && end > day + from);
}

// Whether a door is certainly open between two minutes of a date, or opens; nights belong to the evening before.
export function isOpenOn(schedule, date, from = DAY_BEGINS, to = DAY_BEGINS + DAY) {
  if (!covers(schedule, date)) return false;
  const day = Date.parse(date) / 6e4;
  const found = [...intervals(schedule, day - DAY, day + DAY)].filter(([start]) => start < day + to);
  const certain = found.filter(([, , kind]) => !kind);
  return certain.some(([, end]) => end > day + from)
    || found.some((row) => row[0] >= day + from && begins(row, certain));
}
