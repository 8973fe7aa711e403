/* Starts a driver with the first line of stdin, and answers each further line with a line. */
import { createInterface } from "node:readline";

const { start } = await import(process.argv[2]);
let answer;
for await (const line of createInterface({ input: process.stdin })) {
  const given = JSON.parse(line);
  if (answer) process.stdout.write(`${JSON.stringify(answer(given))}\n`);
  else answer = start(given);
}
