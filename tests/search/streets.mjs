/* Runs the browser's look-up of streets: from {register, keys, addresses, houses, matches, queries} to what it knows of them. */
import { house, numbersText, Register, splitAddress, streetKey } from "./streets.js";

export const start = () => (given) => {
  const register = new Register(given.register);
  const spaces = ([place, number]) => Object.fromEntries([...register.match(place, number)].map(([geography, { parts, spaces, known }]) => [geography, { spaces, known, points: parts.map(({ point }) => point) }]));
  return {
    names: register.names,
    parts: register.parts.map((parts) => parts.map((part) => ({ ...part, text: numbersText(part) }))),
    keys: (given.keys ?? []).map(streetKey),
    addresses: (given.addresses ?? []).map(splitAddress),
    houses: (given.houses ?? []).map((text) => house(text)?.key ?? null),
    matches: (given.matches ?? []).map(spaces),
    suggested: (given.queries ?? []).map((query) => register.suggest(query).map((place) => register.names[place])),
  };
};
