// The editor speaks Dutch. What dutch.json does not know stays English, and is remembered so that a test can see it.
import dutch from './dutch.json';

const missing = new Set();

/** bpmn-js writes the same words in several ways: "Sub-process", "Sub Process", "(Non Interrupting)". */
const key = (template) => template.toLowerCase().replace('non interrupting', 'non-interrupting');

function translate(template, replacements = {}) {
  const translated = dutch[key(template)];
  if (translated === undefined && /[a-z]{2}/i.test(template)) missing.add(template);
  return (translated ?? template).replace(/{([^}]+)}/g, (_, name) => replacements[name] ?? `{${name}}`);
}

export const untranslated = () => [...missing];
export const dutchModule = { translate: ['value', translate] };
