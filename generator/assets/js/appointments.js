// The appointments of offers that were chosen, as a file for calendars. Those of all offers are loaded and put together
// here: no server learns what was chosen. What is sensitive has none.
import { numberText } from "./cards.js";
import { download } from "./download.js";
import { json } from "./loading.js";
import { dateText } from "./open.js";
import { _ } from "./words.js";

// Gives what is said about it; `count` offers were chosen.
export async function saveAppointments(address, ids, count) {
  const { events, head, tail, until } = await json(address);
  const found = ids.filter((id) => Object.hasOwn(events, id));
  if (!found.length) return _("Dabei sind keine Termine mit fester Zeit.");
  download("termine.ics", [head, ...found.map((id) => events[id]), tail], "text/calendar");
  const held = { m: numberText(found.length), all: numberText(count), date: dateText(Date.parse(until)) };
  return _("Termine von {m} der {all} Angebote, soweit bis {date} bekannt. "
    + "Was fast die ganze Woche offen ist oder keine festen Zeiten hat, steht nicht darin.", held);
}
