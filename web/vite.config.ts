import { readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { schemaTypes } from "./schemaTypes.ts";

/** Where the service takes the built files from. */
const BUILT = "../service/console/built";
const COMPRESSIBLE = /\.(js|css|svg|json|ttf)$/;
/** `npm run build:console` leaves GraphiQL out, which takes most of the time. */
const PAGES = {
  console: "index.html",
  ...(process.env.CONSOLE_ONLY ? {} : { graphiql: "graphiql.html" }),
};
/**
 * What three pages or more need is one file: split as far as it can be, a page asks for sixty, and a
 * browser fetches six at a time. GraphiQL's editor stays by itself.
 */
const SHARED = {
  name: "shared",
  minShareCount: 3,
  test: (module: string) => !/graphiql|monaco/.test(module),
};
/** All styles of our own: a part that is loaded later has none that could be missing. */
const STYLES = { name: "shared", test: /\.module\.css$/ };
/** Below this the headers of an encoding cost as much as it saves. */
const WORTH_COMPRESSING = 1024;

export default defineConfig({
  plugins: [react(), schemaTypes(), compressed()],
  resolve: { tsconfigPaths: true },
  // The service puts a fresh nonce in place of this with every page.
  html: { cspNonce: "__NONCE__" },
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false }, // every browser of the last years has it
    assetsInlineLimit: 0, // the content security policy allows no data: but pictures
    rollupOptions: {
      input: PAGES,
      output: { codeSplitting: { groups: [STYLES, SHARED] } },
      // GraphiQL's modules say "use no memo" to a compiler that is not used here.
      onwarn: (warning, tell) => warning.code === "MODULE_LEVEL_DIRECTIVE" || tell(warning),
    },
    chunkSizeWarningLimit: 10_000, // the bench tells what a first list weighs
  },
  server: { proxy: { "/graphql": { target: "http://127.0.0.1:8000", ws: true } } },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    setupFiles: ["tests/setup.ts"],
    isolate: false, // a process for each file took four fifths of the time
  },
} as Parameters<typeof defineConfig>[0]);

/** Writes each text beside itself as .gz and .br, so that no request waits for compression. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = BUILT }) {
      for (const name of await readdir(dir, { recursive: true })) {
        if (COMPRESSIBLE.test(name)) compress(join(dir, name));
      }
    },
  };
}

function compress(file: string): void {
  const content = readFileSync(file);
  if (content.length < WORTH_COMPRESSING) return;
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: content.length > 2_000_000 ? 9 : 11 };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }));
}
