// Audits a GraphQL server by the suite of npm's graphql-http: node audit.mjs URL TOKEN
// Prints each check as JSON: its id, its name, and why it failed, or null.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { serverAudits } = require("graphql-http");

const [url, token] = process.argv.slice(2);

/** `fetch`, signed in. */
function fetchFn(input, init = {}) {
  return fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
}

/** A check that breaks off is one that failed, too. */
async function failure(check) {
  try {
    const result = await check();
    return result.status === "ok" ? null : `${result.status}: ${result.reason}`;
  } catch (error) {
    return String(error.cause ?? error);
  }
}

const checks = serverAudits({ url, fetchFn }).map(async ({ id, name, fn }) => {
  return { id, name, failure: await failure(fn) };
});
process.stdout.write(JSON.stringify(await Promise.all(checks)));
