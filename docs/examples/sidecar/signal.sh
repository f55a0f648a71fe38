#!/bin/sh
# signal.sh KILL|STOP|CONT NODE [CONFIGURATION]: sends a signal to the OM of this machine that listens where the sidecar's configuration says.
set -eu
file=${3:-$(dirname "$0")/sidecar.example.json}
port=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).nodes[process.argv[2]].om.split(":").at(-1)' "$file" "$2")
pid=$(ss -Hltnp "sport = :$port" | sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -n 1)
[ -n "$pid" ] || { echo "nothing listens on port $port" >&2; exit 2; }
kill -s "$1" "$pid"
