// Loaded in front of a program of the build: the analyst has a tool of an MCP server in place of its own.
const { join } = require('node:path');

const { agents } = require(join(__dirname, '..', '..', '..', 'dist', 'agents', 'index.js'));
agents.analyst.tools = ['mcp__sums__add'];
