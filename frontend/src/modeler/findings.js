// What is wrong with the model: a list below the diagram and a mark on each element. A click brings you there.
const WORDS = { error: 'Fout', warning: 'Advies' };
const BADGE = { top: -9, left: -9 };

function count(number, one, many) {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

function summary(errors, warnings) {
  const parts = [errors && count(errors, 'fout', 'fouten'), warnings && count(warnings, 'advies', 'adviezen')].filter(Boolean);
  if (!parts.length) return 'Geen bevindingen.';
  return `${parts.join(' en ')}. ${errors ? 'Publiceren kan nog niet.' : 'Publiceren kan.'}`;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text ?? '';
  return made;
}

export class Findings {
  #modeler;
  #container;
  #marked = [];
  #firstError;

  constructor(modeler, container) {
    this.#modeler = modeler;
    this.#container = container;
    document.addEventListener('click', (event) => {
      if (!event.target.closest('[data-first-error]') || !this.#find(this.#firstError)) return;
      event.preventDefault();
      this.#go(this.#firstError);
    });
  }

  show(problems) {
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const list = element('ul', 'findings');
    list.append(...problems.map((problem) => this.#row(problem)));
    this.#container.replaceChildren(element('p', 'findings-summary', summary(errors, problems.length - errors)), list);
    this.#container.dataset.errors = errors;
    this.#mark(problems);
    this.#firstError = problems.find(({ element: id, severity }) => severity === 'error' && this.#find(id))?.element;
    this.#announce(errors);
  }

  /** The rest of the page may depend on whether there are errors. */
  #announce(errors) {
    for (const part of document.querySelectorAll('[data-when-errors]')) part.hidden = errors === 0;
    for (const part of document.querySelectorAll('[data-when-no-errors]')) part.disabled = errors > 0;
    for (const part of document.querySelectorAll('[data-error-count]')) part.textContent = errors;
  }

  #row({ element: id, line, message, severity, url, name, file }) {
    const row = element('li', `finding ${severity}`);
    const isElsewhere = url && !this.#find(id); // in another diagram
    const go = element(isElsewhere ? 'a' : 'button', 'finding-go');
    const where = isElsewhere ? `${name} (${file})` : this.#name(id, line);
    go.append(element('strong', 'finding-word', WORDS[severity]), ' ', element('span', 'finding-where', where));
    if (isElsewhere) {
      go.href = url;
    } else {
      go.type = 'button';
      go.disabled = !this.#find(id);
      go.addEventListener('click', () => this.#go(id));
    }
    row.append(go, ' ', element('span', 'finding-message', message));
    return row;
  }

  #find(id) {
    return id && this.#modeler.get('elementRegistry').get(id);
  }

  #name(id, line) {
    const name = this.#find(id)?.businessObject.get('name') || id;
    return name || (line ? `regel ${line}` : 'het hele model');
  }

  #go(id) {
    const found = this.#find(id);
    if (!found) return;
    this.#modeler.get('canvas').scrollToElement(found, 80);
    this.#modeler.get('selection').select(found);
  }

  #mark(problems) {
    const [canvas, overlays] = ['canvas', 'overlays'].map((name) => this.#modeler.get(name));
    for (const [id, marker] of this.#marked) if (this.#find(id)) canvas.removeMarker(id, marker);
    overlays.remove({ type: 'finding' });
    this.#marked = problems.filter(({ element: id }) => this.#find(id)).map(({ element: id, severity }) => [id, `finding-${severity}`]);
    for (const [id, marker] of this.#marked) canvas.addMarker(id, marker);
    for (const { element: id, message, severity } of problems.filter(({ element: id }) => this.#find(id))) {
      const badge = element('span', `finding-badge ${severity}`, '!');
      badge.title = `${WORDS[severity]}: ${message}`;
      overlays.add(id, 'finding', { position: BADGE, html: badge });
    }
  }
}
