// Choosing rows of a list: the row is tinted, the bar with actions appears, and one box chooses all.
const boxes = () => [...document.querySelectorAll('tbody .check input')];

function show() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  for (const box of all) box.closest('tr').classList.toggle('on', box.checked);
  const head = document.querySelector('thead .check input');
  if (head) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  const bar = document.querySelector('.bulk');
  if (!bar) return;
  bar.hidden = chosen === 0;
  const counter = bar.querySelector('[data-n]');
  const { one, many } = counter.dataset;
  counter.textContent = (chosen === 1 ? one : many).replace('{n}', chosen);
}

export function toggle(row) {
  const box = row.querySelector('.check input');
  if (!box) return;
  box.checked = !box.checked;
  show();
}

function choose(checked) {
  for (const box of boxes()) box.checked = checked;
  show();
}

export function watchSelection() {
  document.addEventListener('change', ({ target }) => {
    if (target.matches('thead .check input')) choose(target.checked);
    else if (target.closest('.check')) show();
  });
  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-clear]')) choose(false);
  });
  document.addEventListener('htmx:after:swap', show);
  show();
}
