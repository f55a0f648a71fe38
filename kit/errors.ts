/**
 * Registry of the kit's errors: stable code, exit code, what it means and what to do. The docs are generated from it.
 */
export interface ErrorEntry {
  /** Exit code of the command that ends with it (harness-contracts.md §4). */
  readonly exit: 2 | 3 | 4;
  readonly meaning: string;
  readonly remedy: string;
}

export const ERRORS = {
  TARGET_FILE_INVALID: {
    exit: 3,
    meaning: 'The target file cannot be read, or has a wrong or unknown key.',
    remedy: 'Correct what is named; `om-conformance explain target` prints the schema with an example.',
  },
  TARGET_UNKNOWN: {
    exit: 3,
    meaning: 'The named target is neither a file nor a kind that works without one.',
    remedy: 'Name a `*.target.yaml` file, `reference` or `apache-ozone`.',
  },
  OPTION_INVALID: {
    exit: 3,
    meaning: 'An option of the command line has a value that it cannot have.',
    remedy: 'Correct the named option; `--help` lists them.',
  },
  TLS_FILE_UNREADABLE: {
    exit: 2,
    meaning: 'A certificate or key file named in the target file cannot be read.',
    remedy: 'Check the path (relative to the target file) and who may read it.',
  },
  STAGE_UNAVAILABLE: {
    exit: 3,
    meaning: 'The target cannot be put in the stage asked for.',
    remedy: 'Add the stage to `stages:` in the target file, or offer `configure` by a hook or the control service.',
  },
  NODE_START_FAILED: {
    exit: 2,
    meaning: 'A node of the cluster did not start, or did not answer in time.',
    remedy: 'Read the last lines of its log, which the message shows; raise `budgets.nodeStartMs` on a slow machine.',
  },
  PORT_TAKEN: {
    exit: 2,
    meaning: 'Another program already uses the port that a node was told to listen on.',
    remedy: 'End that program, or give the target another port.',
  },
  NODE_UNREACHABLE: {
    exit: 2,
    meaning: 'A node of the target does not answer at its address.',
    remedy: 'Check that the node runs, that the address is its OM gRPC port, and that the TLS settings fit.',
  },
  NOT_AN_OM: {
    exit: 2,
    meaning: 'What answers at the address does not speak the OM protocol.',
    remedy: 'Check that the address is the OM gRPC port (8981 by default), not its RPC, Raft or HTTP port.',
  },
  NO_LEADER: {
    exit: 2,
    meaning: 'No node accepted a write within the budget.',
    remedy: 'Check that a majority of the nodes runs and can elect; raise `budgets.clusterStartMs` on a slow machine.',
  },
  NOT_SETTLED: {
    exit: 2,
    meaning: 'The nodes did not agree on a leader within the budget.',
    remedy: 'Check that the cluster is healthy and unloaded; raise `budgets.clusterStartMs` on a slow machine.',
  },
  GIVEN_NOT_MET: {
    exit: 2,
    meaning: 'What a scenario takes for granted could not be brought about, so that no rule was judged.',
    remedy: 'Look at the answer in the message: the rule that it contradicts has scenarios of its own.',
  },
  MANY_LEADERS: {
    exit: 2,
    meaning: 'More than one node accepts writes, so the endpoints are not one cluster.',
    remedy: 'Check that every address in the target file belongs to the same cluster.',
  },
  NOT_ONE_CLUSTER: {
    exit: 2,
    meaning: 'The endpoints of the target belong to different clusters.',
    remedy: 'Check that every address in the target file belongs to the same cluster.',
  },
  NODE_NAMES_DIFFER: {
    exit: 2,
    meaning:
      'The target file calls the nodes otherwise than they call themselves, so a suggested leader cannot be found.',
    remedy: 'Use the node ids of the cluster (`ozone.om.nodes.*`) as keys under `nodes:`.',
  },
  CLEAN_UP_INCOMPLETE: {
    exit: 2,
    meaning: 'Something that a run had made could not be removed.',
    remedy: 'Run `om-conformance clean` once the cluster is healthy; the message names what is left.',
  },
  CAPABILITY_BROKEN: {
    exit: 2,
    meaning: 'The target or its control service claims a capability that does not work.',
    remedy: 'Repair it, or take it out of the target file or the answer to GetCapabilities.',
  },
  CONTROL_FAILED: {
    exit: 2,
    meaning: 'A call to the control service failed.',
    remedy: 'Check the control address and the log of the node that the message names.',
  },
  HOOK_FAILED: {
    exit: 2,
    meaning: 'A command of the target file ended with an error, or ran over its time budget.',
    remedy: 'Run the command by hand; the message shows it with its output.',
  },
  NODE_ACTION_FAILED: {
    exit: 2,
    meaning: 'A node could not be killed, frozen, woken or started again.',
    remedy: 'Look at the state of the process that the message names.',
  },
  REFERENCE_NOT_BUILT: {
    exit: 2,
    meaning: 'The bundled cluster is not there to be started, or lacks its optional package.',
    remedy:
      'Run `npm ci` without `--omit=optional` (it needs a C++ compiler), which builds too; or judge a cluster of your own: `--target FILE`.',
  },
  TESTCONTAINERS_MISSING: {
    exit: 2,
    meaning: 'Target kind `containers` needs the package testcontainers, and it is not installed.',
    remedy: 'Run `npm install testcontainers@11.14.0` beside om-conformance.',
  },
  ENGINE_UNREACHABLE: {
    exit: 2,
    meaning: 'No container engine that speaks Docker’s API answers on this machine.',
    remedy: 'Start Docker, or `podman system service`, and set DOCKER_HOST where its socket is not the usual one.',
  },
  ENGINE_REFUSED: {
    exit: 2,
    meaning: 'The container engine refused what the kit asked of it.',
    remedy: 'Try by hand what the message names; it ends with the engine’s own words.',
  },
  IMAGE_MISSING: {
    exit: 2,
    meaning: 'An image named in the target file is not on the container engine and could not be fetched.',
    remedy: 'Build or pull it, or correct its name under `image:`.',
  },
  PLATFORM_UNSUITABLE: {
    exit: 2,
    meaning: 'Target `apache-ozone` does not work on this operating system.',
    remedy: 'Use Linux, or a container; or run Ozone elsewhere and attach to it.',
  },
  JAVA_UNSUITABLE: {
    exit: 2,
    meaning: 'Target `apache-ozone` found no Java, or none that Apache Ozone runs with.',
    remedy: 'Install JDK 17, or set JAVA_HOME to one.',
  },
  MAVEN_MISSING: {
    exit: 2,
    meaning: 'Target `apache-ozone` needs Apache Maven to fetch a release, and there is no `mvn` on the PATH.',
    remedy: 'Install Apache Maven 3.6 or later.',
  },
  FETCH_FAILED: {
    exit: 2,
    meaning: 'The jars of the release of Apache Ozone could not be fetched or kept.',
    remedy: 'Check the version, the network or Maven mirror, and the cache folder (OM_CONFORMANCE_CACHE).',
  },
  DATA_UNSUITABLE: {
    exit: 2,
    meaning: 'The data folder belongs to another cluster, is in use, or cannot be written.',
    remedy: 'Use another data folder, or stop the cluster that uses it.',
  },
  REQUEST_INVALID: {
    exit: 4,
    meaning: 'The kit built a request that its own schema does not allow. It was not sent.',
    remedy: 'Report it: this is a fault of the kit, not of the implementation under test.',
  },
  TARGET_MISUSED: {
    exit: 4,
    meaning: 'The kit used a target out of order, such as acting on a node before the cluster was started.',
    remedy: 'Report it: this is a fault of the kit, not of the implementation under test.',
  },
  UNKNOWN_NODE: {
    exit: 4,
    meaning: 'A step named a node that the target does not have.',
    remedy: 'Report it: this is a fault of the kit, not of the implementation under test.',
  },
  CLIENT_CLOSED: {
    exit: 4,
    meaning: 'The kit made a call after it had closed its connections.',
    remedy: 'Report it: this is a fault of the kit, not of the implementation under test.',
  },
  TOO_MANY_CONNECTIONS: {
    exit: 4,
    meaning: 'A run opened more connections than it is allowed to hold.',
    remedy: 'Report it: this is a fault of the kit, not of the implementation under test.',
  },
  PATH_NOT_FOUND: {
    exit: 3,
    meaning: 'A feature file or folder that was named does not exist.',
    remedy: 'Name it relative to this folder or as `om-conformance list` prints it.',
  },
  RULE_UNKNOWN: {
    exit: 3,
    meaning: 'No rule of this specification has the id, or the start of one, that was named.',
    remedy: '`om-conformance list` prints all rules.',
  },
  BASELINE_INVALID: {
    exit: 3,
    meaning: 'The baseline cannot be read, or has a wrong or unknown key.',
    remedy:
      'List `deviations:`, each with `rule:` or `scenario:`, `reason:` and `link:`, and `expires:` if it has an end.',
  },
  LAST_RUN_UNREADABLE: {
    exit: 3,
    meaning: 'The output folder holds no report of an earlier run that this version can read.',
    remedy: 'Run once without `--last-failed`, or name the folder of the last report with `--out`.',
  },
  NOTHING_FAILED: {
    exit: 3,
    meaning: 'Everything passed in the last run, so `--last-failed` selects nothing.',
    remedy: 'Run without `--last-failed`.',
  },
  HISTORY_DAMAGED: {
    exit: 3,
    meaning: 'The saved history cannot be read, or says what no recording can say.',
    remedy:
      'Take it again from the report of the run; its form is in docs/schema/history.schema.json, one line for each call.',
  },
  OUT_NOT_A_REPORT: {
    exit: 3,
    meaning: 'The output folder exists and holds something else than a report. A run would replace it.',
    remedy: 'Name another folder with `--out`, or move what is in it.',
  },
  NO_REPORT: {
    exit: 3,
    meaning: 'There is no report where one was looked for, or none that this version can read.',
    remedy: 'Run first, or name the folder of the report with `--out`.',
  },
  SUBJECT_UNKNOWN: {
    exit: 3,
    meaning: '`explain` knows rules, errors and `target`, and was asked for something else.',
    remedy: '`om-conformance list` prints all rules.',
  },
  MUTANT_UNKNOWN: {
    exit: 3,
    meaning: 'No mutant, null OM or chapter has the name that was given to `prove`.',
    remedy: '`npm run prove -- --list` prints them.',
  },
  MUTANTS_UNREADABLE: {
    exit: 3,
    meaning: 'A file with descriptions of mutants cannot be read, or is not what `prove` expects.',
    remedy: 'Correct the named key; `node dist/reference/mutants/main.js list` prints an example.',
  },
  MUTANT_MISMATCH: {
    exit: 4,
    meaning:
      'The search text of a mutant does not stand in its file exactly once, or the patched file does not compile.',
    remedy: 'Write the search text anew from the present source, or remove the mutant.',
  },
  NOTHING_SELECTED: {
    exit: 2,
    meaning: 'No scenario matches the selection, so nothing was judged.',
    remedy: '`om-conformance list` prints all scenarios with their lines and tags.',
  },
  INTERRUPTED: {
    exit: 2,
    meaning: 'The run was ended before its plan was done.',
    remedy: 'Run again; the report holds what was known.',
  },
  FILE_SYSTEM: {
    exit: 2,
    meaning: 'A file could not be written or read: the disk is full, or permission is missing.',
    remedy: 'Make room or give permission where the message says, and run again.',
  },
  FEATURE_UNREADABLE: {
    exit: 4,
    meaning: 'A feature file is not valid Gherkin.',
    remedy: 'Correct the line that the message names.',
  },
  COUNTS_DIFFER: {
    exit: 4,
    meaning: 'Selected, planned and executed scenarios do not add up, so something was lost or added on the way.',
    remedy: 'Report it with the report folder: this is a fault of the kit.',
  },
  KIT_FAULT: {
    exit: 4,
    meaning: 'The kit failed in a way that it has no name for.',
    remedy: 'Run again with `--debug` and report what it prints: this is a fault of the kit.',
  },
} as const satisfies Record<string, ErrorEntry>;
export type ErrorCode = keyof typeof ERRORS;
