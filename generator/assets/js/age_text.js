// Months in, what a filter by age is called out.
import { _ } from "./words.js";

export function ageText(age, inMonths = age % 12) {
  if (inMonths) return age === 1 ? _("1 Monat alt") : _("{n} Monate alt", { n: age });
  return age === 12 ? _("1 Jahr alt") : _("{n} Jahre alt", { n: age / 12 });
}
