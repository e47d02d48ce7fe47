"""A seeded table of quoted, multi-line text: what breaks readers that look for line ends first."""

from pathlib import Path

import numpy as np

WORDS = """
the a of to in that it was for on with as his they be at one have this from or had by hot but
some what there we can out other were all your when up use word how said each she which do their
time if will way about many then them would write like so these her long make thing see him two
has look more day could go come did my sound no most number who over know water than call first
people may down side been now find any new work part take get place made live where after back
little only round man year came show every good me give our under name""".split()
JOINTS = np.array([" "] * 80 + [", "] * 10 + ["\n"] * 6 + [' ""quoted"" ', "; ", ",\n", "\r\n"])
BATCH = 20_000  # rows per write
HEADER = "id,author,subject,body,score,posted\n"


def sentences(rng: np.random.Generator, count: int, longest: int) -> list[str]:
    """`count` texts of 3 to `longest` words, joined by blanks, commas, line ends and doubled
    quotes."""
    lengths = rng.integers(3, longest + 1, count)
    words = np.array(WORDS, dtype=object)[rng.integers(0, len(WORDS), lengths.sum())]
    joints = JOINTS.astype(object)[rng.integers(0, len(JOINTS), lengths.sum())]
    pieces = words + joints
    ends = np.cumsum(lengths)
    return ["".join(pieces[end - size : end]).strip() for size, end in zip(lengths, ends)]


def batch(rng: np.random.Generator, first: int) -> str:
    """BATCH records of CSV text, the first with the id `first`.

    One body in fifty is an empty, unquoted field.
    """
    subjects = sentences(rng, BATCH, 6)
    bodies = sentences(rng, BATCH, 90)
    authors = rng.integers(1, 5001, BATCH)
    scores = rng.integers(-500, 10_000, BATCH)
    empty = rng.random(BATCH) < 0.02
    days = np.datetime64("2015-01-01") + rng.integers(0, 4000, BATCH)
    rows = []
    for i in range(BATCH):
        body = "" if empty[i] else f'"{bodies[i]}"'
        who, score = f'"user {authors[i]}, jr."', f"{scores[i] / 100:.2f}"
        rows.append(f'{first + i},{who},"{subjects[i]}",{body},{score},{days[i]}\n')
    return "".join(rows)


def write_quoted(path: Path, seed: int, size: int) -> None:
    """Write at least `size` bytes, whole batches."""
    rng = np.random.default_rng(seed)
    with open(path, "w", encoding="utf-8", newline="") as file:
        written = file.write(HEADER)
        first = 1
        while written < size:
            written += file.write(batch(rng, first))
            first += BATCH
