// Checks a journal of 商量 from what it publishes, and from nothing else. Plain JavaScript for Node 18 or newer.
//
//   node verify.mjs WHERE [--keys FILE] [--kept FILE] [--receipt FILE] [--act FILE]
//
// WHERE is the address of a journal (https://…/journal/) or a folder with the same files. --keys: public keys that
// you kept or were told elsewhere, instead of those published beside the journal. --kept: a file of checkpoints that
// you, or somebody else, downloaded before. --receipt: a proof of one act; --act: that act's own text.
// It prints what holds and ends with 0, or the first thing that does not and ends with 1.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

const text = { type: "string" };
const { values: said, positionals: [where] } = parseArgs({
  allowPositionals: true, options: { keys: text, kept: text, receipt: text, act: text },
});
const must = (holds, what) => { if (!holds) throw new Error(what); };
const hash = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leafOf = (bytes) => hash(Buffer.of(0), bytes);
const join = (left, right) => hash(Buffer.of(1), left, right);
const bytes = (base64) => Buffer.from(base64, "base64");

async function published(name) {
  if (!/^https?:/.test(where)) return readFile(`${where}/${name}`);
  const answer = await fetch(where.replace(/\/*$/, "/") + name);
  must(answer.ok, `${name}: the journal answers ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

// Signed notes: text, blank line, signature lines. A key is "name+id+base64 of its kind and 32 bytes".
const keyOf = (line) => {
  const [, name, id, raw] = line.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/) ?? [];
  must(raw && bytes(raw)[0] === 1 && id === hash(Buffer.from(`${name}\n`), bytes(raw)).toString("hex", 0, 4), `no key: ${line}`);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes(raw).subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
};
function opened(note, keys) {
  const cut = note.lastIndexOf("\n\n") + 1;
  for (const [, name, said] of note.slice(cut).matchAll(/^— (\S+) (\S+)$/gm)) {
    const key = keys.find((one) => one.name === name && one.id === bytes(said).toString("hex", 0, 4));
    if (!key) continue;
    must(verify(null, Buffer.from(note.slice(0, cut)), key.key, bytes(said).subarray(4)), `a signature of ${name} is not true`);
    const [origin, size, root, time, after] = note.slice(0, cut).split("\n");
    must(origin === name, `signed by ${name}, but of ${origin}`);
    return { note, size: Number(size), root: bytes(root), time: time.slice(5), after: Number(after.slice(6)) };
  }
  throw new Error(`no known key has signed: ${note.split("\n")[1]}`);
}
function checkpoints(file, keys) {
  const found = file.toString().split("\n").flatMap((line) => {
    try { return [JSON.parse(line)]; } catch { return []; } // torn by a crash
  }).map((line) => opened(line.note ?? "", keys));
  found.reduce((before, one) => {
    must(one.size > before && one.after === before, `a checkpoint is missing or repeated before size ${one.size}`);
    return one.size;
  }, 0);
  return found;
}

// The tree: all leaves from tiles of 256; the right edge of full subtrees gives the root at any size.
const place = (n) => `${n}`.padStart(Math.ceil(`${n}`.length / 3) * 3, "0").match(/.../g).join("/x").replace(/^(?=.*\/)/, "x").replace(/x(?=\d+$)/, "");
async function* leaves(size) {
  for (let at = 0; at < size; at += 256) {
    const width = Math.min(256, size - at);
    const tile = await published(`tile/0/${place(at / 256)}${width < 256 ? `.p/${width}` : ""}`);
    must(tile.length === 32 * width, `tile ${at / 256} holds ${tile.length} bytes`);
    for (let i = 0; i < width; i++) yield tile.subarray(32 * i, 32 * i + 32);
  }
}
const rootOf = (edge) => edge.reduceRight((right, [, left]) => (right ? join(left, right) : left), null);
function push(edge, leaf) {
  let height = 0;
  for (; edge.length && edge.at(-1)[0] === height; height++) leaf = join(edge.pop()[1], leaf);
  edge.push([height, leaf]);
}

// RFC 9162, 2.1.3.2 and 2.1.4.2, as one walk: `proof` from leaf or subtree to the root of `size` leaves.
function climb(number, size, start, proof, twice) {
  let [fn, sn, now, was] = [BigInt(number), BigInt(size) - 1n, start, start];
  if (twice) for (; fn & 1n; fn >>= 1n) sn >>= 1n;
  for (const step of proof) {
    must(sn > 0n, "the proof is too long");
    if (fn & 1n || fn === sn) {
      [now, was] = [join(step, now), join(step, was)];
      for (; !(fn & 1n) && fn; fn >>= 1n) sn >>= 1n;
    } else now = join(now, step);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  must(sn === 0n, "the proof is too short");
  return { now, was };
}
function consistent(old, fresh, proof) {
  if (old.size === fresh.size) return old.root.equals(fresh.root) && proof.length === 0;
  const power = 2 ** Math.floor(Math.log2(old.size)) === old.size;
  const [start, ...rest] = power ? [old.root, ...proof] : proof;
  const { now, was } = climb(old.size - 1, fresh.size, start, rest, true);
  return now.equals(fresh.root) && was.equals(old.root);
}

try {
  must(where, "say where: node verify.mjs https://…/journal/");
  const keys = (said.keys ? await readFile(said.keys) : await published("keys")).toString().trim().split("\n").map(keyOf);
  const told = checkpoints(await published("checkpoints.jsonl"), keys);
  const newest = told.at(-1);
  must(newest, "no checkpoint is published");
  const edge = [];
  const waiting = [...told];
  for await (const leaf of leaves(newest.size)) {
    push(edge, leaf);
    const size = edge.reduce((sum, [height]) => sum + 2 ** height, 0);
    if (size === waiting[0].size) must(rootOf(edge).equals(waiting.shift().root), `the root at size ${size} is another one`);
  }
  console.log(`${told.length} checkpoints hold, the newest of ${newest.time}: ${newest.size} acts, root ${newest.root.toString("hex")}`);
  if (said.kept) {
    const kept = checkpoints(await readFile(said.kept), keys);
    for (const one of kept) must(told.some((other) => other.note === one.note), `a checkpoint that was published is no more: size ${one.size}`);
    const old = kept.at(-1);
    const [, , ...proof] = (await published(`consistency/${old.size}/${newest.size}`)).toString().trim().split("\n");
    must(consistent(old, newest, proof.map(bytes)), `the journal of ${old.size} acts does not begin that of ${newest.size}`);
    console.log(`${kept.length} kept checkpoints are still there; ${old.size} acts begin the journal of ${newest.size}`);
  }
  if (said.receipt) {
    const [head, ...rest] = (await readFile(said.receipt)).toString().split("\n\n");
    const [format, extra, index, ...path] = head.split("\n");
    must(format === "c2sp.org/tlog-proof@v1", `a receipt of another kind: ${format}`);
    const [leaf, number, at] = [bytes(extra.split(" ")[1]), Number(index.split(" ")[1]), opened(rest.join("\n\n"), keys)];
    must(number < at.size && climb(number, at.size, leaf, path.map(bytes)).now.equals(at.root), `the receipt of act ${number} does not lead to its root`);
    must(told.some((one) => one.note === at.note), `the receipt's checkpoint is not published: size ${at.size}`);
    if (said.act) must(leafOf(await readFile(said.act)).equals(leaf), `this is not the text of act ${number}`);
    console.log(`act ${number} stands in the journal${said.act ? ", with this very text" : ""}`);
  }
} catch (fault) {
  console.error(`does not hold: ${fault.message}`);
  process.exitCode = 1;
}
