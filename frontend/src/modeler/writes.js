// What a decision writes into the dossier: <bb:write field="rvt.grond_overslaan" value="= grond_overslaan"/>, one per field.
import { attribute, entry } from './fields.js';

const FIELDS = [
  { id: 'field', label: 'Veld', value: attribute('field'), hint: 'Zoals rvt.grond_overslaan' },
  { id: 'value', label: 'Waarde', value: attribute('value'), feel: true, hint: 'FEEL, begint met =' },
];

/** The group of the properties panel, without its component. */
export function writes(element, injector) {
  const [modeling, factory] = ['modeling', 'bpmnFactory'].map((name) => injector.get(name));
  const task = element.businessObject;
  const all = () => task.get('extensionElements')?.get('values') ?? [];
  const isWrite = ({ $type }) => $type === 'bb:Write';

  function replace(values) {
    const extensions = factory.create('bpmn:ExtensionElements', { values });
    extensions.$parent = task;
    for (const value of values) value.$parent = extensions;
    modeling.updateModdleProperties(element, task, { extensionElements: values.length ? extensions : undefined });
  }

  return {
    id: 'bb-writes',
    label: 'Legt vast in het dossier',
    add: () => replace([...all(), factory.create('bb:Write', { field: '', value: '' })]),
    items: all().filter(isWrite).map((write, at) => ({
      id: `bb-write-${at}`,
      label: write.get('field') || '(kies een veld)',
      entries: FIELDS.map((field) => ({ ...entry(field, write), id: `bb-write-${at}-${field.id}` })),
      remove: () => replace(all().filter((value) => value !== write)),
    })),
  };
}
