"use strict";

const fs = require("fs");
const { TemplateHandler } = require("easy-template-x");

module.exports = (template) => {
  const bytes = fs.readFileSync(template);
  const handler = new TemplateHandler();
  return (facts) => handler.process(bytes, facts);
};
