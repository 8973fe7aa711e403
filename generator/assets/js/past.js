// Days that are over vanish from a page that was made some days ago; where none is left, one reads of which day it is.
import { dateOf } from "./hours.js";

const today = dateOf();
for (const day of document.querySelectorAll("[data-day]")) day.hidden = day.dataset.day < today;
for (const list of document.querySelectorAll("[data-days]")) {
  const days = [...list.querySelectorAll("[data-day]")];
  const over = days.length > 0 && days.every(({ hidden }) => hidden);
  for (const part of list.querySelectorAll("[data-over]")) part.hidden = !over;
  // Of a week in folds today and the next day stand open, as when the page was made.
  for (const day of [...list.querySelectorAll("details[data-day]:not([hidden])")].slice(0, 2)) day.open = true;
}
