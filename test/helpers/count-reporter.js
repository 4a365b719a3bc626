/** Last line of a test run, for programs: `N passed, N failed`. A test file that could not run at all counts as one failure. */
class CountReporter {
  onRunComplete(_contexts, results) {
    process.stdout.write(`${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed\n`);
  }
}

module.exports = CountReporter;
