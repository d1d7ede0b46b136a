/** Writes docs/api.md and the totals in the README: `npm run api`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { coverage, page, totals, withTotals } from "./coverage.js";

const all = coverage();
mkdirSync("docs", { recursive: true });
writeFileSync("docs/api.md", page(all));
writeFileSync("README.md", withTotals(readFileSync("README.md", "utf8"), all));
console.log(totals(all));
