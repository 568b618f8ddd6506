// Edits a process model. What the server provides:
//   <div id="canvas" data-xml-url data-save-url data-check-url data-csrf data-version>   <div id="properties">  <div id="findings">
//   data-xml-url     GET, answers application/xml
//   data-save-url    POST the XML (application/xml; headers X-CSRFToken and, when data-version is given, If-Match). Answers JSON
//                    {"message": "Concept bewaard om 10:51", "version": "13.2"}; any other status than 2xx means not saved, and
//                    its "message" says why. The new version replaces data-version
//   data-check-url   POST the XML the same way; answers {"problems": [{"element", "line", "code", "message", "severity"}]},
//                    element may be null, severity is "error" or "warning"; "name", "file" and "url" of an element that is
//                    drawn in another diagram may be added
//   <script type="application/json" id="choices">, optional: {"forms": [], "teams": [], "handlers": [], "decisions": [], "processes": []}
//                    of {"value", "label"}; a field without choices is a text field
//   <... id="saved" role="status">   gets the message; buttons [data-save] [data-undo] [data-redo] [data-zoom="in|out|fit"]
//                    [data-download="name.bpmn"]
//   [data-draft]     shown once something is saved. [data-when-errors] is shown and [data-when-no-errors] enabled as they say;
//                    [data-error-count] gets the number; [data-first-error] leads to the first. All optional
//   <form data-after-save>           is sent when the draft holds what is on the screen
// A change is saved two seconds after the last one. Leaving with unsaved changes asks first. #canvas gets data-ready when the
// diagram is there, #findings gets data-errors with the number of errors whenever a check has answered.
import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel';
import './diagram/diagram.css';
import './modeler/modeler.css';
import { readText, show } from './diagram/read.js';
import { rendering } from './diagram/rendering.js';
import { openLegibly, watchZoom } from './diagram/zoom.js';
import bb from './modeler/bb.json';
import { Findings } from './modeler/findings.js';
import { propertiesModule } from './modeler/provider.js';
import { Draft } from './modeler/draft.js';
import { menuModule } from './modeler/menu.js';
import { dutchModule } from './modeler/dutch.js';

const canvas = document.getElementById('canvas');

function watchButtons(modeler, draft) {
  const stack = modeler.get('commandStack');
  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-undo]')) stack.undo();
    if (target.closest('[data-redo]')) stack.redo();
    if (target.closest('[data-save]')) draft.save();
    const download = target.closest('[data-download]');
    if (download) draft.download(download.dataset.download);
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
    event.preventDefault();
    draft.save();
  });
}

await show(canvas, async () => {
  const modeler = new Modeler({
    container: canvas,
    propertiesPanel: { parent: '#properties' },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, propertiesModule, dutchModule, menuModule],
    moddleExtensions: { bb },
    ...rendering,
  });
  await modeler.importXML(await readText(canvas.dataset.xmlUrl));
  openLegibly(modeler.get('canvas'));
  const findings = new Findings(modeler, document.getElementById('findings'));
  const draft = new Draft(modeler, canvas.dataset, findings);
  watchZoom(modeler);
  watchButtons(modeler, draft);
  await draft.check();
});

export { untranslated } from './modeler/dutch.js';
