import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const TEXT = /\.(html|js|css|svg|json|txt|webmanifest)$/;

/** The server sends what lies beside an asset as `.br` or `.gz`: packed once here, not on every request. */
function packed(): Plugin {
  let out = 'dist';
  const pack = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) pack(path);
      else if (TEXT.test(entry.name)) {
        const bytes = readFileSync(path);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    }
  };
  return {
    name: 'packed',
    apply: 'build',
    configResolved: (config) => void (out = config.build.outDir),
    closeBundle: () => pack(out),
  };
}

const server = 'http://localhost:8080';

export default defineConfig({
  plugins: [packed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // Old phones are the rule here, not the exception.
    target: ['es2020', 'safari14', 'chrome87', 'firefox78'],
    // The page's security policy allows no inline data but images.
    assetsInlineLimit: 0,
    // Parts that come later ask for their pieces themselves; named in advance, the names alone would weigh on everybody's first load.
    modulePreload: { polyfill: false, resolveDependencies: (_file, deps, { hostType }) => (hostType === 'js' ? deps.filter((one) => one.endsWith('.css')) : deps) },
    // The staff's page is one of its own: whoever comes to be here never loads it.
    rolldownOptions: { input: ['index.html', 'staff.html'] },
  },
  server: { proxy: { '/ws': { target: server, ws: true }, '/api': server, '/rooms': server } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
