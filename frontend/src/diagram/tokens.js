// Draws on a diagram where the work is: a badge with a number on active elements, and classes for the style sheet.
const PLACE = { top: -11, right: 13 };
const SCALE = { min: .9 }; // of a badge, also where the diagram is too small to read

function badge(count, link) {
  const element = document.createElement(link ? 'a' : 'span');
  element.className = 'token';
  element.textContent = count;
  element.title = count === 1 ? '1 staat hier nu' : `${count} staan hier nu`;
  if (link) element.href = link;
  return element;
}

export function drawTokens(viewer, { active = {}, passed = [], incidents = [], links = {} }) {
  const [canvas, overlays, elements] = ['canvas', 'overlays', 'elementRegistry'].map((name) => viewer.get(name));
  const known = (id) => Boolean(elements.get(id)); // an older version of the model may have other elements
  for (const id of passed.filter(known)) canvas.addMarker(id, 'passed');
  for (const id of incidents.filter(known)) canvas.addMarker(id, 'incident');
  for (const [id, count] of Object.entries(active).filter(([id]) => known(id))) {
    canvas.addMarker(id, 'active');
    overlays.add(id, 'token', { position: PLACE, scale: SCALE, html: badge(count, links[id]) });
  }
}
