// Menus that close when you look away, and buttons that open a dialog.
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.who[open]')) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener('click', ({ target }) => {
  closeMenus(target);
  const opener = target.closest('[data-dialog]');
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
});

document.addEventListener('keydown', ({ key, target }) => {
  if (key !== 'Escape') return;
  const menu = target.closest?.('details.who[open]');
  closeMenus(null);
  menu?.querySelector('summary').focus();
});
