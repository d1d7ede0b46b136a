/** Runs the program that the command line names and prints what it gives: for node, bun and deno. */
import { runProgram } from "./main.mjs";

const result = await runProgram(process.argv[2]);
console.log(`\n${JSON.stringify(result)}`);
