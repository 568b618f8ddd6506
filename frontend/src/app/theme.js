// Light or dark, and the height of the rows.
import { keep, read } from './settings.js';

const root = document.documentElement;
root.dataset.theme ??= read('thema') ?? '';
if (!root.dataset.theme) delete root.dataset.theme;
root.dataset.density ??= read('dichtheid') ?? 'compact';

function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function toggleDensity(button) {
  const roomy = root.dataset.density !== 'ruim';
  root.dataset.density = roomy ? 'ruim' : 'compact';
  button.setAttribute('aria-pressed', String(roomy));
  keep('dichtheid', root.dataset.density);
}

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-theme-toggle]')) {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    keep('thema', root.dataset.theme);
  }
  const density = target.closest('[data-density-toggle]');
  if (density) toggleDensity(density);
});
