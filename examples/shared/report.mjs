/** One line of JSON for each step of a run. What the client warns of is a step, too. */
export function report(step, result) {
  process.stdout.write(`${JSON.stringify({ step, ...result })}\n`);
}

for (const level of ["warn", "error"]) {
  console[level] = (...words) => report("warning", { words: words.map(String) });
}

process.on("unhandledRejection", (reason) => {
  report("warning", { words: [String(reason?.stack ?? reason)] });
  process.exitCode = 1;
});
