// Choosing or dropping files: each is shown with its own kind, sent by itself, and says what became of it. A file that is
// refused stays in the list with the reason and can be taken out; the form and what was typed in it stay as they are.
const LONGEST_NAME = 120;

const item = (form) => ({
  form,
  list: form.querySelector('[data-chosen]'),
  input: form.querySelector('input[type=file]'),
  files: new Map(), // <li> -> File
});

function add(upload, files) {
  for (const file of files) {
    const line = document.createElement('li');
    const { waiting, leave } = upload.list.dataset;
    line.innerHTML = '<div class="titled"><span class="name"></span><button type="button" class="btn quiet s"></button></div><span class="said small"></span>';
    line.querySelector('.name').textContent = file.name.slice(0, LONGEST_NAME);
    line.querySelector('.said').textContent = waiting;
    const button = line.querySelector('button');
    button.textContent = leave;
    button.setAttribute('aria-label', `${leave}: ${file.name.slice(0, LONGEST_NAME)}`);
    button.addEventListener('click', () => { upload.files.delete(line); line.remove(); upload.input.focus(); });
    offerKind(upload, line, file);
    upload.files.set(line, file);
    upload.list.append(line);
  }
}

// The kinds of the form once more, for this file alone: what is chosen for all is chosen here first.
function offerKind(upload, line, file) {
  const all = upload.form.querySelector('select[name=soort]');
  if (!all) return;
  const own = all.cloneNode(true);
  own.removeAttribute('id');
  own.removeAttribute('name');
  own.removeAttribute('aria-describedby');
  own.setAttribute('aria-label', `${upload.list.dataset.soort}: ${file.name.slice(0, LONGEST_NAME)}`);
  const name = file.name.toLowerCase().replaceAll(/[_-]/g, ' ');
  const named = [...own.options].filter(({ value, text }) => value && (name.includes(value.replaceAll('_', ' ')) || name.includes(text.toLowerCase())));
  own.value = all.value || (named.length === 1 ? named[0].value : '');
  line.querySelector('.titled').after(own);
}

function content(upload, line, file) {
  const data = new FormData(upload.form);
  data.delete(upload.input.name);
  const own = line.querySelector('select');
  if (own) data.set('soort', own.value);
  data.set('sleutel', line.dataset.key ??= crypto.randomUUID?.() ?? String(Math.random()));
  data.append(upload.input.name, file, file.name);
  return data;
}

function show(line, state, text) {
  line.className = state;
  line.querySelector('.said').textContent = text;
  if (state) line.querySelector('progress')?.remove();
  if (state === 'done') line.querySelectorAll('select, button').forEach((each) => each.remove());
}

function send(upload, line, file) {
  const { sending, checking, lost, tooBig, most } = upload.list.dataset;
  if (file.size > Number(most)) {
    show(line, 'refused', tooBig);
    return Promise.resolve(false);
  }
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', file.name.slice(0, LONGEST_NAME));
  line.querySelector('progress')?.remove();
  line.append(bar);
  show(line, '', sending);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', upload.form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => { bar.value = total ? loaded / total : 0; });
    request.upload.addEventListener('load', () => { bar.removeAttribute('value'); line.querySelector('.said').textContent = checking; });
    request.addEventListener('loadend', () => {
      const [said] = answer(request);
      const isKept = Boolean(said) && said.state !== 'geweigerd';
      show(line, isKept ? 'done' : 'refused', said?.message ?? lost);
      resolve(isKept);
    });
    request.send(content(upload, line, file));
  });
}

function answer(request) {
  try {
    const said = JSON.parse(request.responseText);
    return Array.isArray(said) ? said : [];
  } catch {
    return []; // no answer, or a page that says what is wrong: the server was away
  }
}

async function sendAll(upload) {
  const button = upload.form.querySelector('.btns button');
  button.setAttribute('aria-disabled', 'true');
  for (const [line, file] of [...upload.files]) {
    if (await send(upload, line, file)) upload.files.delete(line);
  }
  button.removeAttribute('aria-disabled');
  await refresh();
}

// What is there now, without losing the list of what was refused.
async function refresh() {
  const answered = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answered.ok) return;
  const page = new DOMParser().parseFromString(await answered.text(), 'text/html');
  for (const part of ['#stukken-lijst', '#tab-stukken', 'main > .head', '.body > .verdict']) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
}

const uploads = new WeakMap();

function uploadOf(element) {
  const form = element.closest?.('form[data-upload]');
  if (!form) return null;
  if (!uploads.has(form)) uploads.set(form, item(form));
  return uploads.get(form);
}

export function watchUploads() {
  document.addEventListener('change', ({ target }) => {
    const upload = target.matches('input[type=file]') && uploadOf(target);
    if (!upload) return;
    add(upload, target.files);
    target.value = ''; // each is sent from the list
  });
  document.addEventListener('submit', (event) => {
    const upload = uploadOf(event.target);
    if (!upload?.files.size) return;
    event.preventDefault();
    if (!upload.form.querySelector('[aria-disabled=true]')) sendAll(upload);
  });
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, (event) => {
      const upload = event.target.closest && uploadOf(event.target);
      if (!upload || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      upload.form.querySelector('[data-drop]').classList.toggle('over', kind === 'dragover');
      if (kind === 'drop') add(upload, event.dataTransfer.files);
    });
  }
}
