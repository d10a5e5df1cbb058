// A real mail server for the tests, with the habits of real ones.
//
//   node server.mjs --mode=MODE [--cert=FILE --key=FILE] [--user=NAME --password=WORD]
//
// MODE: plain             takes every mail
//       tls               the same, TLS from the first byte
//       starttls          the same, only after STARTTLS
//       refuse            550 for every receiver
//       greylist          451 for a receiver's first attempt, then takes the mail
//       busy              451 for every receiver, always
//       timeout           accepts the connection and never says a word
//       drop-after-data   reads the whole mail and closes the connection without an answer
//       refuse-after-data reads the whole mail and answers 554
//
// Prints one JSON line per event: {"event":"ready","port":N}, {"event":"mail",…} for each mail, as an
// independent parser reads it, and {"event":"end","connections":N} when its input is closed.
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const { values: options } = parseArgs({
  options: {
    mode: { type: "string", default: "plain" },
    cert: { type: "string" },
    key: { type: "string" },
    user: { type: "string" },
    password: { type: "string" },
  },
});

const modes = [
  "plain",
  "tls",
  "starttls",
  "refuse",
  "greylist",
  "busy",
  "timeout",
  "drop-after-data",
  "refuse-after-data",
];
if (!modes.includes(options.mode)) {
  console.error(`There is no mode "${options.mode}". Use one of: ${modes.join(", ")}.`);
  process.exit(2);
}

const print = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
let connections = 0;

function answer(code, words) {
  return Object.assign(new Error(words), { responseCode: code });
}

async function read(stream, session) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  print({
    event: "mail",
    secure: session.secure,
    user: session.user ?? null,
    envelope: {
      from: session.envelope.mailFrom.address,
      to: session.envelope.rcptTo.map((to) => to.address),
    },
    headers: mail.headerLines.map(({ key, line }) => ({ key, line })),
    from: mail.from?.value ?? [],
    to: mail.to?.value ?? [],
    replyTo: mail.replyTo?.value ?? [],
    subject: mail.subject,
    date: mail.date?.toISOString() ?? null,
    messageId: mail.messageId,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((one) => ({
      type: one.contentType,
      name: one.filename ?? "",
      text: one.content.toString("utf8"),
    })),
  });
}

/** The conversation of every mode but `timeout`. */
function conversation() {
  const tls = options.mode === "tls";
  const starttls = options.mode === "starttls";
  const seen = new Set();
  const server = new SMTPServer({
    secure: tls,
    needsUpgrade: false,
    hideSTARTTLS: !starttls,
    disabledCommands: [...(starttls ? [] : ["STARTTLS"]), ...(options.user ? [] : ["AUTH"])],
    disableReverseLookup: true,
    authOptional: !options.user,
    allowInsecureAuth: true,
    cert: options.cert ? readFileSync(options.cert) : undefined,
    key: options.key ? readFileSync(options.key) : undefined,
    logger: false,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth(auth, _session, done) {
      if (auth.username === options.user && auth.password === options.password) {
        return done(null, { user: auth.username });
      }
      return done(answer(535, "Wrong user or password"));
    },
    onMailFrom(_address, session, done) {
      // smtp-server lets a client that skips STARTTLS through; a real server that asks for it does not.
      if (starttls && !session.secure) return done(answer(530, "Must issue STARTTLS first"));
      return done();
    },
    onRcptTo(address, _session, done) {
      if (options.mode === "refuse") return done(answer(550, "No such person here"));
      if (options.mode === "busy") return done(answer(451, "Try again later"));
      if (options.mode === "greylist" && !seen.has(address.address)) {
        seen.add(address.address);
        return done(answer(451, "Greylisted, try again later"));
      }
      return done();
    },
    onData(stream, session, done) {
      read(stream, session).then(() => {
        if (options.mode === "drop-after-data") {
          for (const connection of server.connections) connection._socket.destroy();
          return undefined;
        }
        if (options.mode === "refuse-after-data") return done(answer(554, "Not this text"));
        return done();
      }, done);
    },
  });
  // A client that distrusts the certificate ends the handshake; that is its right.
  server.on("error", () => {});
  return { server, tcp: server.server };
}

/** Accepts, counts, and says nothing. */
function silence() {
  const sockets = new Set();
  const tcp = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.resume();
  });
  return {
    tcp,
    server: {
      listen: (...where) => tcp.listen(...where),
      close(done) {
        for (const socket of sockets) socket.destroy();
        tcp.close(done);
      },
    },
  };
}

const { server, tcp } = options.mode === "timeout" ? silence() : conversation();
server.listen(0, "127.0.0.1", () => print({ event: "ready", port: tcp.address().port }));

// The test that started this closes our input, also when it is killed.
process.stdin.resume();
process.stdin.on("end", () => {
  const last = JSON.stringify({ event: "end", connections });
  process.stdout.write(`${last}\n`, () => process.exit(0));
});
