// The menus offer only what the engine runs: what docs/reference/bpmn-profile.md refuses can't be drawn by a click. A file that
// was read in may still hold it; then the findings say so.
import { isAny } from 'bpmn-js/lib/util/ModelUtil';
import { isEventSubProcess } from 'bpmn-js/lib/util/DiUtil';

const AFTER_BPMN_JS = 500; // a lower priority comes later, and so sees what it may take away
const NEVER = /^replace-with-(task|script-task|complex-gateway|transaction|(cancel|compensation)-.+)$/;
const STARTED_BY_EVENT = /^replace-with-(?!none-).+-start$/;
const ON_BORDER = /^replace-with-(?:non-interrupting-)?(\w+)-boundary$/;
const WITH_STEPS = ['bpmn:SubProcess', 'bpmn:CallActivity'];
const WAITING = [...WITH_STEPS, 'bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:ReceiveTask'];
const HOSTS = { escalation: WITH_STEPS, error: [...WITH_STEPS, 'bpmn:ServiceTask', 'bpmn:BusinessRuleTask'] };
const DRAWN_ONLY = ['create.data-object', 'create.data-store']; // data is in the dossier
const TASK = { type: 'bpmn:UserTask' };

const without = (entries, isRefused) => Object.fromEntries(Object.entries(entries).filter(([id]) => !isRefused(id)));

/** Whether the engine would refuse the element after this choice in its menu. */
function refuses(element, id) {
  if (NEVER.test(id)) return true;
  if (STARTED_BY_EVENT.test(id)) return !isEventSubProcess(element.parent);
  const [, kind] = ON_BORDER.exec(id) ?? [];
  return Boolean(kind && element.host) && !isAny(element.host, HOSTS[kind] ?? WAITING);
}

class ReplaceMenu {
  constructor(popupMenu) {
    popupMenu.registerProvider('bpmn-replace', AFTER_BPMN_JS, this);
  }

  getPopupMenuEntries(element) {
    return (entries) => without(entries, (id) => refuses(element, id));
  }

  static $inject = ['popupMenu'];
}

/** A task is drawn as a task for a person, which is what most of them are: one without a kind is refused. */
const asUserTask = (entry, title, action) => ({ ...entry, className: 'bpmn-icon-user-task', title, action: { ...entry.action, ...action } });

class Palette {
  #make;

  constructor(palette, elementFactory, create) {
    this.#make = (event) => create.start(event, elementFactory.createShape(TASK));
    palette.registerProvider(AFTER_BPMN_JS, this);
  }

  getPaletteEntries() {
    return (entries) => this.#changed(without(entries, (id) => DRAWN_ONLY.includes(id)));
  }

  #changed(entries) {
    const action = { dragstart: this.#make, click: this.#make };
    return { ...entries, 'create.task': asUserTask(entries['create.task'], 'Taak toevoegen', action) };
  }

  static $inject = ['palette', 'elementFactory', 'create'];
}

class ContextPad {
  #action;

  constructor(contextPad, elementFactory, create, autoPlace, appendPreview) {
    const shape = () => elementFactory.createShape(TASK);
    this.#action = {
      dragstart: (event, element) => create.start(event, shape(), { source: element }),
      click: (_, element) => autoPlace.append(element, shape()),
      hover: (_, element) => {
        appendPreview.create(element, TASK.type);
        return () => appendPreview.cleanUp();
      },
    };
    contextPad.registerProvider(AFTER_BPMN_JS, this);
  }

  getContextPadEntries(element) {
    const isData = isAny(element, ['bpmn:DataObjectReference', 'bpmn:DataStoreReference']);
    return (entries) => this.#changed(without(entries, (id) => id === 'append.compensation-activity' || (isData && id === 'connect')));
  }

  #changed(entries) {
    const plain = entries['append.append-task'];
    return plain ? { ...entries, 'append.append-task': asUserTask(plain, 'Taak toevoegen', this.#action) } : entries;
  }

  static $inject = ['contextPad', 'elementFactory', 'create', 'autoPlace', 'appendPreview'];
}

export const menuModule = {
  __init__: ['bbReplaceMenu', 'bbPalette', 'bbContextPad'],
  bbReplaceMenu: ['type', ReplaceMenu],
  bbPalette: ['type', Palette],
  bbContextPad: ['type', ContextPad],
};
