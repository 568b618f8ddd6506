// How much of a diagram is in view.
const LEGIBLE = .6;
const BESIDE_PALETTE = { dx: 110, dy: 10 };

/** All of it, or as much as can be read, from its top left corner. */
export function openLegibly(canvas) {
  if (canvas.zoom('fit-viewport') >= LEGIBLE) return;
  canvas.zoom(LEGIBLE, { x: 0, y: 0 });
  canvas.scroll(BESIDE_PALETTE);
}

/** Buttons for what the mouse wheel does: [data-zoom="in|out|fit"]. */
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
