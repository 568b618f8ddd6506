// One-letter keys for people who do this all day. They can be switched off (WCAG 2.1.4) and never act while one types.
import { keep, read } from './settings.js';
import { toggle } from './selection.js';

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';

const actions = {
  '/': () => focus('#zoek'),
  '?': () => document.getElementById('toetsen')?.showModal(),
  a: () => focus('#actie'),
  n: () => focus('[data-next]'), // not a click: a slip of the finger should not take a task
  x: () => selectRow(),
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
};

// Each answers whether the key did something, and so whether the browser should leave it alone.
function focus(selector) {
  const element = document.querySelector(selector);
  element?.focus();
  return Boolean(element);
}

function selectRow() {
  const row = document.activeElement.closest('tr');
  if (row) toggle(row);
  return Boolean(row);
}

function walk(step) {
  const here = document.activeElement.closest('tr');
  if (!here) return false;
  const rows = [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent !== null);
  const at = rows.findIndex((row) => here.contains(row));
  const next = rows[at + step];
  next?.focus();
  return Boolean(next);
}

export function watchKeys() {
  const off = document.getElementById('toetsen-uit');
  if (off) off.checked = read('toetsen') === 'uit';
  off?.addEventListener('change', () => keep('toetsen', off.checked ? 'uit' : 'aan'));
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || read('toetsen') === 'uit') return;
    if (target.closest(`${TYPING}, dialog[open]`) || !Object.hasOwn(actions, key)) return;
    if (actions[key]() !== false) event.preventDefault();
  });
}
