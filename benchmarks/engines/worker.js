// Fills one paper with one engine: orders come in on standard input, one JSON object a line, answers go out the same way.
//   {"render": 20}          fill so many documents; answers the processor time that it took, in seconds
//   {"write": "a/folder"}   write what was filled last, one numbered file a document
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");

const [name, template, values] = process.argv.slice(2);
const facts = JSON.parse(fs.readFileSync(values, "utf8"));
const fill = require(`./${name}.js`)(template);
let made = [];

async function render(count) {
  made = [];
  const before = process.cpuUsage();
  for (let number = 0; number < count; number++) made.push(await fill(facts[number % facts.length]));
  const used = process.cpuUsage(before);
  return { seconds: (used.user + used.system) / 1e6 };
}

function write(folder) {
  made.forEach((data, number) => fs.writeFileSync(path.join(folder, `${number}.docx`), data));
  return { written: made.length };
}

async function obey() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    const answer = order.write ? write(order.write) : await render(order.render);
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

obey();
