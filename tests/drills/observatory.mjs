// Scores pages as MDN's HTTP Observatory does, which by itself knows no ports, no paths and no page that is a 404:
//   node observatory.mjs FOLDER_OF_THE_PACKAGE HTTP_PORT HTTPS_PORT PATH...
// prints {path: {grade, score, status, failed: [test]}}.
import { pathToFileURL } from "node:url";

const [, , folder, httpPort, httpsPort, ...paths] = process.argv;
const from = (name) => import(pathToFileURL(`${folder}/src/${name}.js`));
const { retrieve } = await from("retriever/retriever");
const { ALL_TESTS } = await from("constants");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts");
const { getGradeForScore, getScoreModifier } = await from("grader/grader");

async function scored(path) {
  const requests = await retrieve("localhost", { httpPort, httpsPort, path });
  const results = ALL_TESTS.map((test) => test(requests)).filter((one) => one.result);
  const modifiers = results.map((one) => getScoreModifier(one.result));
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 100);
  // Credit beyond what is asked counts for those alone who lost little before.
  const strict = sum(modifiers.filter((one) => one < 0));
  const { grade, score } = getGradeForScore(strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : strict);
  const failed = results.filter((one) => !one.pass).map((one) => one.result);
  return { grade, score, status: requests.responses.auto.status, failed };
}

const found = {};
for (const path of paths) found[path] = await scored(path);
console.log(JSON.stringify(found));
