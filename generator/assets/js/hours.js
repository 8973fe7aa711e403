// A compact schedule (generator/model/schedule.py) and a moment in, whether it is open out:
// {open: true | false | null, until, next, comment}; times are "YYYY-MM-DDTHH:MM" on the wall clock in Germany, as a door sign says them
// (the night the clocks go forward as well).
const clock = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" });
const wall = (minutes) => new Date(minutes * 6e4).toISOString().slice(0, 16);

export function stateAt(schedule, moment = new Date()) {
  const [year, month, date, hour, minute] = clock.format(moment).match(/\d+/g);
  const today = Date.UTC(year, month - 1, date) / 6e4;
  const now = today + hour * 60 + +minute;
  const first = Date.parse(schedule.s) / 6e4;
  const last = Date.parse(schedule.u) / 6e4;
  const result = { open: null };
  if (today < first || today > last) return result;
  const certain = [];
  let vague;
  for (let day = Math.max(first, today - 1440); day <= last; day += 1440) {
    const weekday = (new Date(day * 6e4).getUTCDay() + 6) % 7;
    for (const [start, end, unknown, comment] of schedule.x?.[wall(day).slice(0, 10)] ?? schedule.w?.[weekday] ?? []) {
      if (!unknown) certain.push([day + start, day + end, comment]);
      else if (!vague && day + start <= now && now < day + end) vague = [comment];
    }
  }
  const current = certain.find(([start, end]) => start <= now && now < end);
  if (current) {
    let end = current[1];
    for (const [start, later] of certain) if (start <= end && end < later) end = later;
    if (end < last + 1440) result.until = wall(end);
  } else {
    const next = certain.find(([start]) => start > now);
    if (next) result.next = wall(next[0]);
  }
  result.open = current ? true : vague || !schedule.w ? null : false;
  const comment = current ? current[2] : vague?.[0];
  if (comment) result.comment = comment;
  return result;
}
