"""How many rows pandas 3.1's read_csv puts into each block (chunk) of a text column.

Needed for bitmaps only. A file of 5 MiB or more is cut into byte ranges that several threads
parse; every other file is read in blocks of a power of two rows. Text columns keep these blocks,
each with a bitmap of its own, and only if it has a null.
"""

import os

MIN_BYTES, CHUNK_BYTES, CHUNK_ROWS, MAX_PIECES, TAPER = 5 << 20, 4 << 20, 2000, 1800, 0.2


def serial_blocks(rows: int, columns: int) -> list[int]:
    """Blocks of one thread: the largest power of two below 2^20 / columns, then the rest."""
    block = 1
    while block * 2 < (1 << 20) // columns:
        block *= 2
    return [block] * (rows // block) + ([rows % block] if rows % block else [])


def wanted_chunks(path: str, data_start: int, columns: int, workers: int) -> int:
    """How many byte ranges pandas aims at; below 2 it reads with one thread."""
    data = os.path.getsize(path) - data_start
    lengths = []
    with open(path, "rb") as file:
        for probe in range(9):
            file.seek(data_start + data * probe // 9)
            file.readline(1 << 20)
            lengths.append(len(file.readline(1 << 20)))
    lengths = sorted(length for length in lengths if length)
    rows = data // lengths[len(lengths) // 2]
    wanted = min(workers * 3, rows // CHUNK_ROWS)
    if wanted < 2:
        if data < 2 * MIN_BYTES:
            return 1
        wanted = 2
    by_size = min(data // CHUNK_BYTES, MAX_PIECES // columns, rows // CHUNK_ROWS)
    if by_size > workers:
        by_size = -(-by_size // workers) * workers
    return max(wanted, by_size)


def cuts(path: str, columns: int, workers: int) -> list[int] | None:
    """Offsets of the byte ranges (first: where the data start; last: the size), or None if one
    thread reads."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        data_start = len(file.readline())
        if workers < 2 or size - data_start < MIN_BYTES:
            return None
        count = wanted_chunks(path, data_start, columns, workers)
        if count < 2:
            return None
        tapered = min(2 * workers, count) if count > workers else 0
        weights = [1.0] * (count - tapered)
        weights += [1.0 - (1.0 - TAPER) * ((i + 1) / tapered) for i in range(tapered)]
        offsets, running = [data_start], 0.0
        for weight in weights[:-1]:
            running += weight
            file.seek(data_start + int((size - data_start) * running / sum(weights)))
            file.readline()
            if file.tell() >= size:
                break
            if file.tell() != offsets[-1]:
                offsets.append(file.tell())
    return offsets + [size]


def blocks(path: str, rows: int, columns: int, workers: int) -> list[int]:
    """Rows per block.

    A file with line ends inside quotes is taken to be cut at one of them: then one thread reads.
    """
    offsets = cuts(path, columns, workers)
    if offsets is None:
        return serial_blocks(rows, columns)
    counts = []
    with open(path, "rb") as file:
        for start, end in zip(offsets, offsets[1:]):
            file.seek(start)
            counts.append(file.read(end - start).count(b"\n"))
    counts[-1] += rows - sum(counts) == 1  # a last line without a line end
    return counts if sum(counts) == rows else serial_blocks(rows, columns)
