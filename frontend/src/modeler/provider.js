// Which of our fields the properties panel shows for which element. How a field reads and writes is in fields.js.
import { Group, ListGroup } from '@bpmn-io/properties-panel';
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { attribute, entry, expression } from './fields.js';
import { writes } from './writes.js';

// Of the groups bpmn-js brings along, those of constructs our engine runs in its own way or not at all.
const REPLACED = new Set(['timer', 'adHocCompletion', 'multiInstance']);

const STANDINGS = [
  { value: 'D', label: 'D: staat in een bron' },
  { value: 'D-2017', label: 'D-2017: bron uit 2017' },
  { value: 'D-2018', label: 'D-2018: bron uit 2018' },
  { value: 'I', label: 'I: afgeleid' },
  { value: 'U', label: 'U: te bevestigen' },
];
const COMPETENCES = ['medisch', 'strafrechtelijk', 'senior', 'teamleider'].map((value) => ({ value, label: value }));
const FEEL = 'FEEL, begint met =';

const definition = (type) => (element) =>
  element.businessObject.get('eventDefinitions')?.find((candidate) => is(candidate, type));
const itself = (type) => (element) => (is(element, type) ? element.businessObject : undefined);

function conditionalFlow(element) {
  const flow = itself('bpmn:SequenceFlow')(element);
  return flow?.sourceRef?.get('default') === flow ? undefined : flow;
}

// `of` finds what the fields belong to, or nothing when this element has no such fields.
const GROUPS = [
  {
    id: 'task', label: 'Taak', of: itself('bpmn:UserTask'),
    fields: [
      { id: 'form', label: 'Formulier', value: attribute('bb:form'), choices: 'forms' },
      { id: 'team', label: 'Wie doet dit', value: attribute('bb:team'), choices: 'teams', hint: 'Leeg: de naam van de baan' },
      { id: 'competence', label: 'Bevoegdheid', value: attribute('bb:competence'), options: COMPETENCES },
      { id: 'checks', label: 'Vult deze punten', value: attribute('bb:checks'), hint: 'Codes met een spatie ertussen, zoals TAL02 TEG02' },
      { id: 'due', label: 'Termijn', value: attribute('bb:due'), feel: true, hint: `${FEEL}; een datum` },
      { id: 'skipWhen', label: 'Overslaan als', value: attribute('bb:skipWhen'), feel: true,
        hint: `${FEEL}, of never. Leeg: als geen van de punten deze taak nog nodig heeft` },
    ],
  },
  {
    id: 'service', label: 'Handeling van het systeem', of: itself('bpmn:ServiceTask'),
    fields: [{ id: 'handler', label: 'Handeling', value: attribute('bb:handler'), choices: 'handlers' }],
  },
  {
    id: 'decision', label: 'Beslissing', of: itself('bpmn:BusinessRuleTask'),
    fields: [
      { id: 'decision', label: 'Beslistabel', value: attribute('bb:decision'), choices: 'decisions' },
      { id: 'result', label: 'Naam van de uitkomst', value: attribute('bb:result') },
    ],
  },
  {
    id: 'call', label: 'Aangeroepen proces', of: itself('bpmn:CallActivity'),
    fields: [{ id: 'calledElement', label: 'Proces', value: attribute('calledElement'), choices: 'processes' }],
  },
  {
    id: 'flowCondition', label: 'Voorwaarde', of: conditionalFlow,
    fields: [{ id: 'condition', label: 'Neem deze weg als', value: expression('conditionExpression'), feel: true, hint: FEEL }],
  },
  {
    id: 'eventCondition', label: 'Voorwaarde', of: definition('bpmn:ConditionalEventDefinition'),
    fields: [{ id: 'condition', label: 'Gaat af zodra', value: expression('condition'), feel: true, hint: FEEL }],
  },
  {
    id: 'wait', label: 'Wachttijd', of: definition('bpmn:TimerEventDefinition'),
    fields: [
      { id: 'timeDate', label: 'Tot dit moment', value: expression('timeDate'), feel: true, hint: `${FEEL}; leeg resultaat: gaat nooit af` },
      { id: 'timeDuration', label: 'Of: zo lang', value: expression('timeDuration'), feel: true, hint: `${FEEL}; een duur` },
    ],
  },
  {
    id: 'messageKey', label: 'Voor welk punt', of: definition('bpmn:MessageEventDefinition'),
    fields: [{ id: 'key', label: 'Sleutel van het bericht', value: attribute('bb:key'), feel: true, hint: `${FEEL}; leeg: elk bericht met deze naam` }],
  },
  {
    id: 'standing', label: 'Zekerheid', of: itself('bpmn:BaseElement'),
    fields: [{ id: 'standing', label: 'Waar komt dit vandaan', value: attribute('bb:standing'), options: STANDINGS }],
  },
];

class PropertiesProvider {
  #injector;

  constructor(propertiesPanel, injector) {
    this.#injector = injector;
    propertiesPanel.registerProvider(500, this);
  }

  getGroups(element) {
    const ours = GROUPS.map((group) => ({ ...group, owner: group.of(element) }))
      .filter(({ owner }) => owner)
      .map(({ id, label, fields, owner }) => ({
        id: `bb-${id}`, label, component: Group, shouldOpen: true, entries: fields.map((field) => entry(field, owner)),
      }));
    if (is(element, 'bpmn:BusinessRuleTask')) ours.push({ ...writes(element, this.#injector), component: ListGroup });
    const translate = this.#injector.get('translate'); // a group that is not given it speaks English
    return (groups) => {
      const [general, ...others] = groups.filter(({ id }) => !REPLACED.has(id));
      return [general, ...ours, ...others].filter(Boolean).map((group) => ({ ...group, translate }));
    };
  }

  static $inject = ['propertiesPanel', 'injector'];
}

export const propertiesModule = {
  __init__: ['bbPropertiesProvider'],
  bbPropertiesProvider: ['type', PropertiesProvider],
};
