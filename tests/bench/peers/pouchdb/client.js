// A PouchDB client: fills a database of its own with operations, and replicates it one way.
const fs = require("fs");
const PouchDB = require("pouchdb");

const [what, folder, address, file] = process.argv.slice(2);
const BATCH = 1000;

async function fill(database) {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  for (let start = 0; start < lines.length; start += BATCH) {
    const documents = lines.slice(start, start + BATCH).map((line) => {
      const operation = JSON.parse(line);
      return { ...operation, _id: operation.op };
    });
    await database.bulkDocs(documents);
  }
}

async function main() {
  const here = new PouchDB(folder);
  await here.info();
  if (what === "push") await fill(here);
  const there = new PouchDB(address + "/operations");
  await there.info();
  const cpu = process.cpuUsage();
  const begun = process.hrtime.bigint();
  const options = { batch_size: BATCH, batches_limit: 10 };
  const done = await (what === "push" ? here.replicate.to(there, options) : here.replicate.from(there, options));
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const spent = process.cpuUsage(cpu);
  console.log(JSON.stringify({ seconds, cpu_us: spent.user + spent.system, written: done.docs_written }));
  await here.close();
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
