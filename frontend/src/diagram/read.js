// Asking the server, and saying so on the page when it fails.
async function get(url, type) {
  const response = await fetch(url, { headers: { Accept: type } });
  if (!response.ok) throw new Error(`${url} antwoordde ${response.status}`);
  return response;
}

export const readText = async (url) => (await get(url, 'application/xml')).text();
export const readJson = async (url) => (await get(url, 'application/json')).json();

/** A phone hides the diagram and shows the table; when it is turned, there may be room after all. */
function visible(canvas) {
  return new Promise((resolve) => {
    new ResizeObserver((_, observer) => {
      if (!canvas.clientWidth) return;
      observer.disconnect();
      resolve();
    }).observe(canvas);
  });
}

/** Runs `draw` once `canvas` is visible; when it fails, `canvas` says so, and the console has the cause. Says `data-ready` when it is there. */
export async function show(canvas, draw) {
  await visible(canvas);
  try {
    await draw();
    canvas.dataset.ready = '';
  } catch (error) {
    console.error(error);
    const message = document.createElement('p');
    message.className = 'note err';
    message.setAttribute('role', 'alert');
    message.textContent = 'Het diagram kan niet worden getoond. Ververs de pagina; blijft dit zo, meld het dan aan de beheerder.';
    canvas.replaceChildren(message);
  }
}
