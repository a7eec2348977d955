// PouchDB's own server on disk (LevelDB), with what a bench asks of it: CPU time and bytes so far.
const express = require("express");
const PouchDB = require("pouchdb");

const [port, folder] = process.argv.slice(2);
const Here = PouchDB.defaults({ prefix: folder + "/" });
const app = express();
const open = new Set();
let ended = 0;

app.get("/bench", (_, reply) => {
  const { user, system } = process.cpuUsage();
  let bytes = ended;
  for (const socket of open) bytes += socket.bytesRead + socket.bytesWritten;
  reply.json({ cpu_us: user + system, bytes });
});
app.use("/", require("express-pouchdb")(Here, {
  mode: "minimumForPouchDB",
  inMemoryConfig: true,
}));
const server = app.listen(Number(port), "127.0.0.1", () => console.log("ready"));
server.on("connection", (socket) => {
  open.add(socket);
  socket.on("close", () => {
    open.delete(socket);
    ended += socket.bytesRead + socket.bytesWritten;
  });
});
