"""Checks SQL that loaders print with the parser of sqlglot, without an engine.

    check_sql.py spark FILE.py        the schema and every expression, as Spark's SQL
    check_sql.py sql FILE.sql ANALYSIS.json   the table definition: names, types that hold the values
"""

import ast
import decimal
import json
import sys
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

INTEGERS = {"SMALLINT": 16, "INT": 32, "BIGINT": 64}


def check_spark(path):
    """Python that parses, a schema and a projection that Spark's grammar has."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    schema = [
        node.value.value for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "SCHEMA"
    ][0]
    table = sqlglot.parse_one(f"CREATE TABLE t ({schema})", dialect="spark")
    columns = [column.name for column in table.find_all(exp.ColumnDef)]
    calls = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "selectExpr"
    ]
    expressions = [argument.value for argument in calls[0].args]
    assert len(expressions) == len(columns), (len(expressions), len(columns))
    for place, text in enumerate(expressions):
        (item,) = sqlglot.parse_one(f"SELECT {text} FROM t", dialect="spark").expressions
        assert isinstance(item, exp.Alias), text
        used = {column.name for column in item.find_all(exp.Column)}
        assert used <= {columns[place]}, (text, used)


def check_sql(path, analysis):
    """Every column by its name, in a type that holds its values and no wider."""
    text = Path(path).read_text(encoding="utf-8")
    (table,) = [statement for statement in sqlglot.parse(text) if statement]
    definitions = list(table.find_all(exp.ColumnDef))
    columns = json.loads(Path(analysis).read_text(encoding="utf-8"))["columns"]
    assert [one.name for one in definitions] == [one["name"] for one in columns]
    for definition, column in zip(definitions, columns, strict=True):
        kind, place = definition.args["kind"], column["name"]
        required = definition.find(exp.NotNullColumnConstraint) is not None
        assert required == (column["nulls"] == 0 and column["min"] is not None), place
        if column["logical_type"] == "integer":
            low, high = column["min"], column["max"]
            bits = INTEGERS.get(kind.this.name, 65)
            assert bits > 64 or -(2 ** (bits - 1)) <= low and high < 2 ** (bits - 1), place
            narrower = {32: 16, 64: 32, 65: 64}.get(bits)
            assert narrower is None or low < -(2 ** (narrower - 1)) or high >= 2 ** (narrower - 1)
        if column["logical_type"] == "decimal":
            precision, scale = (int(part.name) for part in kind.expressions)
            limit = decimal.Decimal(10) ** (precision - scale)
            assert scale == column["scale"], place
            assert all(abs(decimal.Decimal(column[end])) < limit for end in ("min", "max")), place
    # A database takes it, too.
    duckdb.connect().execute(sqlglot.transpile(text, write="duckdb")[0])


if __name__ == "__main__":
    {"spark": check_spark, "sql": check_sql}[sys.argv[1]](*sys.argv[2:])
