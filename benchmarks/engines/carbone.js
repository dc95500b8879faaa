// carbone keeps what it knows of a template by the file's name.
"use strict";

const { promisify } = require("util");
const carbone = require("carbone");

module.exports = (template) => {
  const render = promisify(carbone.render);
  return (facts) => render(template, facts, {});
};
