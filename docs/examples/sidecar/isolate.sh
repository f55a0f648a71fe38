#!/bin/sh
# isolate.sh cut|heal NAME RATIS-PORT OTHER-RATIS-PORT…
# Cuts the OM that listens on this Ratis port off from the other OMs of the same machine: what others send to its port is dropped, its
# answers, and what it sends to the ports of the others. Clients reach it as before. Needs root, iptables, ss and cgroup v2.
# Where each OM has a machine of its own, a rule on its Ratis port each way does the same without the cgroup.
set -eu
action=${1:?cut or heal} name=${2:?name of the node} port=${3:?its Ratis port}
shift 3
chain=OM-ISOLATE-$name
root=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
if iptables -w -n -L "$chain" > /dev/null 2>&1; then
  iptables -w -D OUTPUT -o lo -p tcp -j "$chain"
  iptables -w -F "$chain"
  iptables -w -X "$chain"
fi
[ "$action" = cut ] || exit 0
pid=$(ss -Hltnp "sport = :$port" | sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -n 1)
[ -n "$pid" ] || { echo "nothing listens on port $port" >&2; exit 2; }
iptables -w -N "$chain"
iptables -w -I OUTPUT -o lo -p tcp -j "$chain"
iptables -w -A "$chain" -p tcp --dport "$port" -j DROP
iptables -w -A "$chain" -p tcp --sport "$port" -j DROP
# From here on it opens connections as a member of the cgroup; those that it has are found by their ports.
mkdir -p "$root/om-$name"
echo "$pid" > "$root/om-$name/cgroup.procs"
for other in "$@"; do
  iptables -w -A "$chain" -p tcp --dport "$other" -m cgroup --path "om-$name" -j DROP
  for local in $(ss -Htnp "dport = :$other" | grep "pid=$pid," | awk '{ print $4 }' | sed 's/.*://'); do
    iptables -w -A "$chain" -p tcp --sport "$local" --dport "$other" -j DROP
  done
done
