// The peer: what a team would write first. One INSERT per message, acknowledged after it, then sent to the room of two.
// Usage: node server.js PORT POSTGRES_SOCKET_FOLDER

import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

const [port, host] = process.argv.slice(2);
const pool = new pg.Pool({ host, user: "postgres", database: "postgres", max: 10 });
await pool.query(`CREATE TABLE IF NOT EXISTS message (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room text NOT NULL, client_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), text text NOT NULL)`);
const insert = { name: "insert", text: "INSERT INTO message (room, client_id, text) VALUES ($1, $2, $3) RETURNING id" };

const http = createServer((_, answer) => answer.end("{}"));
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
io.on("connection", (socket) => {
  socket.on("sub", (room, done) => {
    socket.join(room);
    done();
  });
  socket.on("send", async (room, id, text, done) => {
    const { rows } = await pool.query({ ...insert, values: [room, id, text] });
    done(rows[0].id);
    io.to(room).emit("message", { id, seq: rows[0].id, text });
  });
});
http.listen(Number(port), "127.0.0.1");
