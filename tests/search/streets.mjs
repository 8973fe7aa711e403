/* Runs the browser's look-up of streets: reads {register, keys, addresses, houses, matches, queries} from stdin. */
import { readFileSync } from "node:fs";
import { house, numbersText, Register, splitAddress, streetKey } from "./streets.js";

const given = JSON.parse(readFileSync(0, "utf8"));
const register = new Register(given.register);
const spaces = ([place, number]) => Object.fromEntries([...register.match(place, number)].map(([geography, { parts, spaces, known }]) => [geography, { spaces, known, points: parts.map(({ point }) => point) }]));
process.stdout.write(JSON.stringify({
  names: register.names,
  parts: register.parts.map((parts) => parts.map((part) => ({ ...part, text: numbersText(part) }))),
  keys: (given.keys ?? []).map(streetKey),
  addresses: (given.addresses ?? []).map(splitAddress),
  houses: (given.houses ?? []).map((text) => house(text)?.key ?? null),
  matches: (given.matches ?? []).map(spaces),
  suggested: (given.queries ?? []).map((query) => register.suggest(query).map((place) => register.names[place])),
}));
