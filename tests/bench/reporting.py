"""The table of a run, as Markdown, and whether each target was met."""

from tests.bench.measuring import CONNECTIONS

NAMES = {
    "a": "list",
    "b": "list, two filters",
    "c": "search and one filter",
    "d": "one record",
    "e": "page 200, or the last",
}
WARM, COLD_DETAIL, COLD_MS, GROWTH, DEEP, MEMORY = 0.7, 0.25, 8.0, 3.0, 2.0, 150


def cpu_ms(figures):
    """Processor milliseconds a request, workers and database together."""
    return figures["web_ms"] + figures.get("database_ms", 0.0)


def _row(letter, kind, connections, figures, queries):
    statements = {"bare": "0", "rendered": str(queries["rendered"])}.get(kind, str(queries["kept"]))
    database = f"{figures['database_ms']:.2f}" if "database_ms" in figures else ""
    cells = [
        f"{letter} {NAMES[letter]}",
        kind,
        str(connections),
        f"{figures['median_ms']:.2f}",
        f"{figures['p95_ms']:.2f}",
        f"{figures['per_second']:,.0f}",
        f"{figures['ratio']:.3f}",
        f"{figures['web_ms']:.2f}",
        database,
        statements,
        f"{figures['bytes']:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def table(found):
    """All figures of one database."""
    lines = [
        "| request | answer | connections | median ms | p95 ms | a second | ratio | CPU ms web | database | queries | bytes |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for letter, kinds in found["requests"].items():
        for connections in CONNECTIONS:
            for kind, by_connections in kinds.items():
                figures = by_connections[connections]
                lines.append(_row(letter, kind, connections, figures, found["queries"][letter]))
    return "\n".join(lines)


def growth(results):
    """CPU of a rendered answer and memory, by the number of records."""
    sizes = sorted(results)
    lines = [f"| rendered, CPU ms | {' | '.join(f'{n:,}' for n in sizes)} |", "|---" * (len(sizes) + 1) + "|"]
    for letter, name in NAMES.items():
        cells = [
            f"{cpu_ms(results[n]['requests'][letter]['rendered'][1]):.1f}" if letter in results[n]["requests"] else "–"
            for n in sizes
        ]
        lines.append(f"| {letter} {name} | {' | '.join(cells)} |")
    cells = [f"{max(results[n]['memory'].values()) / 1e6:.0f}" for n in sizes]
    lines.append(f"| MB a worker | {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratios(found, letters, kind, target):
    for letter in letters:
        if letter in found["requests"]:
            ratio = min(found["requests"][letter][kind][connections]["ratio"] for connections in CONNECTIONS)
            yield f"{letter} {kind}, ratio to the bare page: {ratio:.2f}", ratio >= target, f"at least {target}"


def targets(results):
    """(what was measured, whether it met its target, the target) for each target that this run can judge."""
    for n, found in sorted(results.items()):
        requests = found["requests"]
        for what, met, target in [
            *_ratios(found, "abd", "kept", WARM),
            *_ratios(found, "d", "rendered", COLD_DETAIL),
        ]:
            yield f"{n:,}: {what}", met, target
        if n == 10_000:
            for letter in "bc":
                if letter in requests:
                    cost = cpu_ms(requests[letter]["rendered"][1])
                    yield f"{n:,}: {letter} rendered, CPU ms: {cost:.1f}", cost <= COLD_MS, f"at most {COLD_MS:.0f}"
        if {"a", "e"} <= requests.keys():
            times = cpu_ms(requests["e"]["rendered"][1]) / cpu_ms(requests["a"]["rendered"][1])
            yield f"{n:,}: page 200 costs {times:.2f} times page 1", times <= DEEP, f"at most {DEEP:.0f}"
        memory = max(found["memory"].values()) / 1e6
        yield f"{n:,}: MB a worker: {memory:.0f}", memory < MEMORY, f"less than {MEMORY}"
    if {10_000, 100_000} <= results.keys():
        for letter in "bc":
            pair = [results[n]["requests"].get(letter) for n in (10_000, 100_000)]
            if all(pair):
                small, large = (cpu_ms(one["rendered"][1]) for one in pair)
                times = large / small
                yield (
                    f"{letter} rendered, 100,000 against 10,000: {times:.2f} times",
                    times <= GROWTH,
                    f"at most {GROWTH:.0f}",
                )
