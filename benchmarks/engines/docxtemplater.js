// A template is read anew for each document: docxtemplater refuses to fill one twice.
"use strict";

const fs = require("fs");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");

module.exports = (template) => {
  const bytes = fs.readFileSync(template);
  return (facts) => {
    const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
    document.render(facts);
    return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  };
};
