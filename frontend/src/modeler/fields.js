// One field of the properties panel: what it shows, and how its value is read from and written to the model.
import {
  SelectEntry, TextAreaEntry, TextFieldEntry, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited,
} from '@bpmn-io/properties-panel';
import { h } from '@bpmn-io/properties-panel/preact';
import { useService } from 'bpmn-js-properties-panel';

const inPage = document.getElementById('choices');
const choices = inPage ? JSON.parse(inPage.textContent) : {};

/** A value kept as an attribute of its owner. */
export function attribute(name) {
  return {
    read: (owner) => owner.get(name) ?? '',
    write: (owner, value) => ({ [name]: value || undefined }),
  };
}

/** A value kept as the text of an expression element inside its owner. */
export function expression(name) {
  return {
    read: (owner) => owner.get(name)?.get('body') ?? '',
    write: (owner, value, factory) => {
      if (!value) return { [name]: undefined };
      const made = factory.create('bpmn:FormalExpression', { body: value });
      made.$parent = owner;
      return { [name]: made };
    },
  };
}

/** A value that is not in the list is still shown: it may come from a version with other choices. */
function options({ options: fixed, choices: key }, current) {
  const known = fixed ?? choices[key];
  const strange = current && !known.some(({ value }) => value === current);
  return [{ value: '', label: '(geen)' }, ...known, ...(strange ? [{ value: current, label: `${current} (onbekend)` }] : [])];
}

function Field({ element, id, field, owner }) {
  const modeling = useService('modeling');
  const factory = useService('bpmnFactory');
  const debounce = useService('debounceInput');
  const getValue = () => field.value.read(owner);
  const setValue = (value) => {
    if ((value ?? '') !== getValue()) modeling.updateModdleProperties(element, owner, field.value.write(owner, value, factory));
  };
  const shared = { element, id, label: field.label, description: field.hint, getValue, setValue, debounce };
  if (isChoice(field)) return h(SelectEntry, { ...shared, getOptions: () => options(field, getValue()) });
  if (field.feel) return h(TextAreaEntry, { ...shared, rows: 2, monospace: true, autoResize: true });
  return h(TextFieldEntry, shared);
}

const isChoice = ({ options: fixed, choices: key }) => Boolean(fixed ?? choices[key]);

function isEdited(field) {
  if (isChoice(field)) return isSelectEntryEdited;
  return field.feel ? isTextAreaEntryEdited : isTextFieldEntryEdited;
}

/** The entry of `field` as the properties panel wants it; `owner` is the part of the model that keeps the value. */
export function entry(field, owner) {
  return { id: `bb-${field.id}`, component: Field, isEdited: isEdited(field), field, owner };
}
