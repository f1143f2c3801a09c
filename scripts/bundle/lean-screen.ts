import type { Plugin } from 'rolldown';

const LAZY_WIDTH = '\0lazy-string-width';

/** All that Yoga asks of fetch: the bytes of a `data:` address. */
const FETCH =
  "async (url) => ({ ok: true, arrayBuffer: () => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') })";

/**
 * Gives Ink, and what Ink is made of, a cheaper way to the same result: no HTTP client for the module that Yoga carries
 * as text, no tables of the world's scripts for a screen of plain characters, no cryptography for the keys of rows.
 */
export function leanScreen(root: string): Plugin {
  const stringWidth = `${root}src/tui/format/string-width.ts`;
  return {
    name: 'lean-screen',
    resolveId: {
      filter: { id: /^(?:string-width|\0lazy-string-width)$/ },
      handler(id, importer) {
        if (id === LAZY_WIDTH || importer === stringWidth) return LAZY_WIDTH;
        return importer === LAZY_WIDTH ? null : stringWidth;
      },
    },
    load: {
      filter: { id: /^\0lazy-string-width$/ },
      // Its patterns alone take longer to make than a screen takes to draw.
      handler: () => "let real; export default (...about) => (real ??= require('string-width').default)(...about);",
    },
    transform: {
      filter: { id: /yoga-wasm-base64-esm\.js$/ },
      handler: (code) => ({ code: `const fetch = ${FETCH}; ${code}`, map: null }),
    },
  };
}
