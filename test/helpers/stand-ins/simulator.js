'use strict';
// Stands in for the simulator process: listens where it is told and says so.
const http = require('node:http');

const port = Number(process.argv.find((flag) => flag.startsWith('--port=')).slice('--port='.length));
const server = http.createServer((request, response) => response.end(JSON.stringify({ pid: process.pid })));
process.stdin.on('end', () => process.exit(0)).resume();
server.listen(port, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })}\n`));
