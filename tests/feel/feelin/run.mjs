// Evaluates a list of expressions with feelin. In: {folder, context, expressions}; out: a list of {value} or {error}.
// A value {"@": "2026-01-31"} in the context is a date, as JSON has none.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { folder, context, expressions } = JSON.parse(readFileSync(0, 'utf8'));
const { evaluate, isFunction } = await import(pathToFileURL(`${folder}/node_modules/feelin/dist/index.js`));

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  if ('@' in value) return evaluate(`@"${value['@']}"`).value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, revive(inside)]));
}

function plain(value) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'function' || isFunction(value)) return 'function';
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]));
}

const revived = revive(context);
const answers = expressions.map((expression) => {
  try {
    return { value: plain(evaluate(expression, revived).value) };
  } catch (error) {
    return { error: error.constructor.name };
  }
});
process.stdout.write(JSON.stringify(answers));
