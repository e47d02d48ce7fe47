"""One Markdown table from the lines of both sides: the winner among the peers, and our ratio to it."""

import json
import sys
from collections import defaultdict


def main(paths):
    best = defaultdict(dict)
    for path in paths:
        for line in open(path):
            record = json.loads(line)
            if "error" in record:
                continue
            name = record["engine"]
            if name == "diet":
                key = f"diet {record['threads']}"
            else:
                key = f"{name}, {record['threads']} thread" + ("s" if record["threads"] > 1 else "")
            best[record["kernel"]][key] = record
    print("| kernel | ours, 1 thread | ours, 2 threads | best peer | its time | ours / best |")
    print("|---|---|---|---|---|---|")
    for kernel, records in best.items():
        ours = {key: r for key, r in records.items() if key.startswith("diet")}
        peers = {key: r for key, r in records.items() if not key.startswith("diet")}
        if not ours or not peers:
            continue
        one = records.get("diet 1", {}).get("median", 0)
        two = records.get("diet 2", {}).get("median", one)
        name, winner = min(peers.items(), key=lambda item: item[1]["median"])
        fair = one if winner["threads"] == 1 else min(one, two)
        speed = winner["median"] / min(one, two)
        equal = winner["median"] / fair
        print(f"| {kernel} | {one * 1e3:.2f} ms | {two * 1e3:.2f} ms | {name} "
              f"| {winner['median'] * 1e3:.2f} ms | {speed:.1f}× (equal threads {equal:.1f}×) |")


if __name__ == "__main__":
    main(sys.argv[1:])
