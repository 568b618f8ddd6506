// bpmn-engine under Node.js: reads {url, answers, model, packages} from its first line, then for each line "go" does one
// dossier and answers with [completions, seconds]. Its state stands in a row, the answers in its variables.
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const given = JSON.parse((await lines.next()).value);
const installed = createRequire(`${given.packages}/package.json`);
const { Engine } = installed("bpmn-engine");
const store = given.url.startsWith("sqlite") ? sqlite(given.url.slice("sqlite:///".length)) : await postgresql();

for await (const _ of lines) console.log(JSON.stringify(await round()));

async function round() {
  const listener = new EventEmitter();
  const engine = new Engine({ name: "rivals", source: given.model });
  await engine.execute({ listener, variables: { opnieuw: false } });
  const id = await store.add(JSON.stringify(await engine.getState()));
  engine.stop();
  let done = 0;
  const start = performance.now();
  for (const answer of given.answers) {
    if (!(await complete(id, answer))) break;
    done++;
  }
  return [done, (performance.now() - start) / 1000];
}

async function complete(id, answer) {
  await store.begin();
  const engine = new Engine().recover(JSON.parse(await store.read(id)));
  const execution = await engine.resume({ listener: new EventEmitter() });
  const waiting = execution.getPostponed().filter((each) => each.type === "bpmn:UserTask");
  if (waiting.length) {
    waiting.sort((a, b) => (a.id < b.id ? -1 : 1));
    Object.assign(execution.environment.variables, answer);
    execution.signal({ id: waiting[0].id });
    await store.write(id, JSON.stringify(await engine.getState()));
  }
  await store.commit();
  engine.stop();
  return waiting.length > 0;
}

function sqlite(path) {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE dossier (id INTEGER PRIMARY KEY, state TEXT)");
  const [add, read] = ["INSERT INTO dossier (state) VALUES (?)", "SELECT state FROM dossier WHERE id = ?"].map((s) => db.prepare(s));
  const write = db.prepare("UPDATE dossier SET state = ? WHERE id = ?");
  return {
    add: (state) => add.run(state).lastInsertRowid,
    begin: () => db.exec("BEGIN IMMEDIATE"),
    read: (id) => read.get(id).state,
    write: (id, state) => write.run(state, id),
    commit: () => db.exec("COMMIT"),
  };
}

async function postgresql() {
  const client = new (installed("pg").Client)({ connectionString: given.url.replace("+psycopg", "") });
  await client.connect();
  await client.query("CREATE TABLE dossier (id serial PRIMARY KEY, state text)");
  const ask = async (name, text, values) => (await client.query({ name, text, values })).rows[0];
  return {
    add: async (state) => (await ask("add", "INSERT INTO dossier (state) VALUES ($1) RETURNING id", [state])).id,
    begin: () => client.query("BEGIN"),
    read: async (id) => (await ask("read", "SELECT state FROM dossier WHERE id = $1 FOR UPDATE", [id])).state,
    write: (id, state) => ask("write", "UPDATE dossier SET state = $1 WHERE id = $2", [state, id]),
    commit: () => client.query("COMMIT"),
  };
}
