// The draft on the server: saved a moment after each change, and checked after each save. One request at a time.
const PAUSE = 2000; // milliseconds without a change
const FAILED = 'Niet bewaard: de server antwoordt niet. Uw wijzigingen staan nog in dit venster.';

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
      await this.check();
    } catch (error) {
      this.#changed = true;
      this.#say(error.message);
    }
  }

  /** Sends the diagram. Returns the JSON of the answer; throws an Error with a sentence for people. */
  async #post(url) {
    const { xml } = await this.#modeler.saveXML({ format: true });
    const { csrf, version } = this.#server;
    const headers = { 'Content-Type': 'application/xml', Accept: 'application/json', 'X-CSRFToken': csrf ?? '' };
    if (version) headers['If-Match'] = `"${version}"`;
    const response = await fetch(url, { method: 'POST', headers, body: xml }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (!response?.ok) throw new Error(answer?.message ?? FAILED);
    return answer ?? {};
  }

  #say(text) {
    if (this.#status) this.#status.textContent = text;
  }
}
