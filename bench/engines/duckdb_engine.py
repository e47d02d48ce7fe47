"""DuckDB in memory, all threads, defaults; diet by narrow integers, FLOAT and ENUM."""

import duckdb

MEASURE = "duckdb_memory(), tables in memory"
INTEGERS = [("TINYINT", 2**7), ("SMALLINT", 2**15), ("INTEGER", 2**31)]
MOST_VALUES = 200_000  # distinct values up to which an ENUM (codes of 1, 2 or 4 bytes) is tried
Table = (
    duckdb.DuckDBPyConnection
)  # a connection that has the table `wide`, or `lean` after the diet


def read(path: str) -> str:
    """The table function, sniffed."""
    nulls = ", nullstr = ['', 'NA']" if path.endswith("/flights.csv") else ""
    return f"read_csv('{path}'{nulls})"


def load(path: str) -> Table:
    """CREATE TABLE from the sniffed CSV."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"CREATE TABLE wide AS FROM {read(path)}")
    return connection


def held(connection: Table) -> int:
    """Bytes that the engine says it holds for tables and their text."""
    return connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchone()[0]


def lean_expression(connection: Table, position: int, name: str, kind: str) -> str:
    """The SQL of the narrowest exact form of one column."""
    quoted = '"' + name.replace('"', '""') + '"'

    def ask(what: str) -> tuple:
        return connection.execute(f"SELECT {what} FROM wide").fetchone()

    if kind in ("BIGINT", "INTEGER"):
        low, high = ask(f"min({quoted}), max({quoted})")
        fitting = [
            narrow for narrow, limit in INTEGERS if low is None or -limit <= low and high < limit
        ]
        return f"{quoted}::{fitting[0]} AS {quoted}" if fitting else quoted
    if kind == "DOUBLE":
        (exact,) = ask(f"bool_and({quoted}::FLOAT::DOUBLE = {quoted})")
        return f"{quoted}::FLOAT AS {quoted}" if exact else quoted
    if kind == "VARCHAR" and ask(f"approx_count_distinct({quoted})")[0] <= MOST_VALUES:
        connection.execute(
            f"CREATE TYPE values_{position} AS ENUM (SELECT DISTINCT {quoted} FROM wide "
            f"WHERE {quoted} IS NOT NULL ORDER BY {quoted})"
        )
        return f"{quoted}::values_{position} AS {quoted}"
    return quoted


def diet(connection: Table) -> Table:
    """A second table, checked equal in every row, in place of the first."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'wide'"
    ).fetchall()
    select = ", ".join(lean_expression(connection, i, *column) for i, column in enumerate(columns))
    connection.execute(f"CREATE TABLE lean AS SELECT {select} FROM wide")
    equal = " AND ".join(
        f'wide."{name}" IS NOT DISTINCT FROM lean."{name}"::{kind}' for name, kind in columns
    )
    (unequal,) = connection.execute(
        f"SELECT count(*) FROM wide POSITIONAL JOIN lean WHERE NOT ({equal})"
    ).fetchone()
    if unequal:
        raise ValueError(f"{unequal} rows differ")
    connection.execute("DROP TABLE wide")
    return connection


def profile(path: str) -> int:
    """SUMMARIZE of the CSV itself: minimum, maximum, approximate distinct, quartiles, nulls."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return len(connection.execute(f"SUMMARIZE FROM {read(path)}").fetchall())
