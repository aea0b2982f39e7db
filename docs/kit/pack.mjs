// Packs scripts/*.js into static/kit and notes from what: a test tells when somebody forgot to.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { minify } from "terser";

const source = (name) => readFileSync(`scripts/${name}.js`, "utf8");
const hash = (text) => createHash("sha256").update(text).digest("hex");
const packed = {
  api: ["api"],
  progress: ["progress"],
  zone: ["zone"],
  writing: ["writing"],
  conditions: ["conditions"],
  upload: ["upload"],
  desk: ["desk"],
  // A section with both files and conditions: one file packs better than three.
  section: ["upload", "writing", "conditions"],
};
const options = { ecma: 2020, toplevel: true, compress: { passes: 3 }, mangle: true };

const notes = {};
for (const [name, parts] of Object.entries(packed)) {
  const { code } = await minify(parts.map(source), options);
  writeFileSync(`../../static/kit/${name}.js`, code + "\n");
  notes[name] = { parts, of: hash(parts.map(source).join("")), is: hash(code + "\n") };
}
writeFileSync("packed.json", JSON.stringify(notes, null, 2) + "\n");
