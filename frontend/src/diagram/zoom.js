// Buttons for what the mouse wheel does: [data-zoom="in|out|fit"].
export function watchZoom(viewer) {
  const canvas = viewer.get('canvas');
  const steps = {
    in: () => viewer.get('zoomScroll').stepZoom(1),
    out: () => viewer.get('zoomScroll').stepZoom(-1),
    fit: () => canvas.zoom('fit-viewport', 'auto'),
  };
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-zoom]');
    if (button) steps[button.dataset.zoom]();
  });
}
