// Shows a process model, and where a dossier is in it. What the server provides:
//   <div id="canvas" data-xml-url="..." data-tokens-url="..." aria-label="...">   data-tokens-url may be left out
//   the XML answers application/xml (BPMN 2.0 with its diagram); the tokens answer JSON, of which every part may be left out:
//     {"active": {"t_tolk": 2}, "passed": ["start", ...], "incidents": ["t_x"], "links": {"t_tolk": "/werkvoorraad?..."}}
//   active: how many dossiers or tokens stand on an element; links: where the number leads
//   instead of the URL: <script type="application/json" id="tokens">, with the same JSON
//   buttons anywhere on the page: [data-zoom="in|out|fit"]
// Elements that are passed get the class `passed`, active ones `active`, those with an incident `incident`.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import './diagram/diagram.css';
import { drawTokens } from './diagram/tokens.js';
import { readJson, readText, show } from './diagram/read.js';
import { rendering } from './diagram/rendering.js';
import { watchZoom } from './diagram/zoom.js';

const canvas = document.getElementById('canvas');

async function readTokens() {
  const inPage = document.getElementById('tokens');
  if (inPage) return JSON.parse(inPage.textContent);
  return canvas.dataset.tokensUrl ? readJson(canvas.dataset.tokensUrl) : {};
}

await show(canvas, async () => {
  const viewer = new NavigatedViewer({ container: canvas, ...rendering });
  const [xml, tokens] = await Promise.all([readText(canvas.dataset.xmlUrl), readTokens()]);
  await viewer.importXML(xml);
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  drawTokens(viewer, tokens);
  watchZoom(viewer);
});
