// The draft on the server: saved a moment after each change, and checked after each save. One request at a time.
const PAUSE = 2000; // milliseconds without a change
const FAILED = 'Niet bewaard: de server antwoordt niet. Uw wijzigingen staan nog in dit venster.';
const LOGGED_OUT = 'Niet bewaard: u bent uitgelogd. Log in een ander tabblad in en bewaar opnieuw; uw wijzigingen staan nog in dit venster.';

export class Draft {
  #modeler;
  #server;
  #findings;
  #status = document.getElementById('saved');
  #timer;
  #changed = false;
  #busy = Promise.resolve();

  constructor(modeler, server, findings) {
    this.#modeler = modeler;
    this.#server = server;
    this.#findings = findings;
    modeler.on('commandStack.changed', () => this.#touch());
    addEventListener('beforeunload', (event) => this.#changed && event.preventDefault());
    document.addEventListener('submit', (event) => event.target.matches('[data-after-save]') && this.#submitSaved(event));
  }

  save() {
    clearTimeout(this.#timer);
    this.#busy = this.#busy.then(() => this.#save());
    return this.#busy;
  }

  async check() {
    const { problems } = await this.#post(this.#server.checkUrl);
    if (problems) this.#findings.show(problems);
  }

  /** To a file on this computer: what is on the screen, saved or not. */
  async download(name) {
    const { xml } = await this.#modeler.saveXML({ format: true });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** A form that is about the draft waits until the draft holds what is on the screen. */
  async #submitSaved(event) {
    if (!this.#changed) return;
    event.preventDefault();
    await this.save();
    if (!this.#changed) event.target.submit();
  }

  #touch() {
    this.#changed = true;
    this.#say('Nog niet bewaard');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), PAUSE);
  }

  async #save() {
    this.#changed = false;
    try {
      const { message, version } = await this.#post(this.#server.saveUrl);
      this.#server.version = version ?? this.#server.version ?? '';
      this.#say(message ?? 'Bewaard');
      for (const part of document.querySelectorAll('[data-draft]')) part.hidden = false;
      await this.check();
    } catch (error) {
      this.#changed = true;
      this.#say(error.message);
    }
  }

  /** Sends the diagram. Returns the JSON of the answer; throws an Error with a sentence for people. */
  async #post(url) {
    const { xml } = await this.#modeler.saveXML({ format: true });
    let response = await this.#send(url, xml);
    if (response?.status === 400 && (await this.#renewToken())) response = await this.#send(url, xml);
    const answer = await response?.json().catch(() => null);
    if (response?.redirected) throw new Error(LOGGED_OUT);
    if (!response?.ok || !answer) throw new Error(answer?.message ?? FAILED);
    return answer;
  }

  #send(url, body) {
    const { csrf, version } = this.#server;
    const headers = { 'Content-Type': 'application/xml', Accept: 'application/json', 'X-CSRFToken': csrf ?? '' };
    if (version) headers['If-Match'] = `"${version}"`;
    return fetch(url, { method: 'POST', headers, body }).catch(() => null);
  }

  /** After logging in again, perhaps in another tab, this page's token is an old one. Answers whether there is a new one. */
  async #renewToken() {
    const page = await fetch(location.href).then((response) => response.text()).catch(() => '');
    const token = new DOMParser().parseFromString(page, 'text/html').querySelector('#canvas')?.dataset.csrf;
    if (!token || token === this.#server.csrf) return false;
    this.#server.csrf = token;
    return true;
  }

  #say(text) {
    if (this.#status) this.#status.textContent = text;
  }
}
