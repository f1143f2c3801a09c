"""tied_rates.py DEFINITION GITDIR OUT.json : every value that a tie leaves open in the definition of the features.

The definition takes the busiest subsystem of a change by `max` of a set: of equally busy ones Python's order of hashes
decides, which is another one in each run. This runs the definition with that `max` watched, unchanged otherwise, and
writes for each change with a tie the rates (`dir_revert_rate`) of all its candidates.
"""
import builtins
import json
import os
import sys

definition, repository, out = sys.argv[1:4]
ties = {}


def watched(*args, **named):
    if named and isinstance(args[0], set):
        count = named["key"]
        most = builtins.max(count(one) for one in args[0])
        tied = [one for one in args[0] if count(one) == most]
        if len(tied) > 1:
            now = scope
            mean = now["totrev"] / builtins.max(now["tot"], 1)
            rate = lambda one: round((now["D_rev"][one] + 20 * mean) / (now["D_n"][one] + 20), 5)
            ties[now["r"]["h"][:12]] = sorted({rate(one) for one in tied})
    return builtins.max(*args, **named)


scope = {"__name__": "__main__", "max": watched}
sys.argv = [definition, repository, os.devnull]
with open(definition, encoding="utf8") as source:
    exec(compile(source.read(), definition, "exec"), scope)
with open(out, "w", encoding="utf8") as file:
    json.dump(ties, file)
