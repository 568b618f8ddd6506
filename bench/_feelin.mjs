// feelin as a rival of our FEEL: reads {folder, context, expressions} from its first line, then for each line "go"
// evaluates all and answers with the seconds and the value of each. It has no way to parse beforehand.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

let evaluate, isFunction, context, expressions;

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
  if (typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]));
}

function timed(expression) {
  const start = performance.now();
  try {
    const { value } = evaluate(expression, context);
    return [(performance.now() - start) / 1000, plain(value)];
  } catch {
    return [(performance.now() - start) / 1000, 'error'];
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'go') {
    process.stdout.write(`${JSON.stringify(expressions.map(timed))}\n`);
  } else {
    const given = JSON.parse(line);
    ({ evaluate, isFunction } = await import(pathToFileURL(`${given.folder}/node_modules/feelin/dist/index.js`)));
    ({ expressions } = given);
    context = revive(given.context);
  }
}
