// Bundles src/ into the folder named on the command line. A page asks for app.js, viewer.js with viewer.css, modeler.js with
// modeler.css, and fonts.css; what those ask for in turn (shared chunks, font files) has a hash of its content in its name.
import { build } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node build.mjs FOLDER');

// Some markup of bpmn-js has style="...", which a strict Content-Security-Policy refuses. In its icons attributes do the same;
// the one in the properties panel stands in modeler.css.
const markupWithoutStyle = {
  name: 'markup-without-style',
  setup({ onLoad }) {
    const attributes = (_, style) => style.replace(/([\w-]+):([^;]+);?/g, '$1="$2" ').trim();
    const edit = (filter, change) => onLoad({ filter }, async ({ path }) => ({ contents: change(await readFile(path, 'utf8')) }));
    edit(/ElementsIcons\.js$/, (code) => code.replace(/style="([^"]*)"/g, attributes));
    edit(/bpmn-js-properties-panel.dist.index\.esm\.js$/, (code) => code.replaceAll('style="height: 100%" ', ''));
  },
};

await rm(folder, { recursive: true, force: true });
await build({
  entryPoints: ['app.js', 'viewer.js', 'modeler.js', 'fonts.css'].map((name) => `src/${name}`),
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['chrome120', 'firefox121', 'safari17'],
  entryNames: '[name]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  minify: true,
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
  loader: { '.svg': 'empty', '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.eot': 'empty' },
  plugins: [markupWithoutStyle],
});
