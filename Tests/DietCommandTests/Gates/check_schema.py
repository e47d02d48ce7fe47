"""Holds tables against schemas that `diet analyze --emit` wrote, by the tool that they are for.

    check_schema.py NAME (SCHEMA TABLE)…

Prints for each `true` or `false`, as a list: whether the table is as the schema says; fails where the tool does not
take the schema. Beside a table stand its plain copy, `….plain.csv`, and its rows as JSON, `….jsonl`.
"""

import json
import os
import re
import sys


def frictionless(text, table):
    from frictionless import Package

    descriptor = json.loads(text)
    (resource,) = descriptor["resources"]
    resource["path"] = os.path.basename(table)
    package = Package.from_descriptor(descriptor, basepath=os.path.dirname(table))
    report = package.validate()
    assert not report.errors, report.errors
    kinds = {error.type for task in report.tasks for error in task.errors}
    assert kinds <= {"constraint-error", "type-error", "unique-error"}, kinds
    return report.valid


def json_schema(text, table):
    import jsonschema

    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)

    with open(table + ".jsonl", encoding="utf-8") as file:
        return all(validator.is_valid(json.loads(line)) for line in file)


def dbt(text, table):
    """Makes the table of the model in DuckDB, and asks what dbt's tests ask."""
    import duckdb
    import yaml

    (model,) = yaml.safe_load(text)["models"]
    assert model["config"]["contract"]["enforced"]
    name = lambda column: '"' + column["name"].replace('"', '""') + '"'
    columns = ", ".join(
        name(column) + " " + column["data_type"]
        + (" NOT NULL" if {"type": "not_null"} in column.get("constraints", []) else "")
        for column in model["columns"])
    engine = duckdb.connect()
    engine.execute(f"CREATE TABLE t ({columns})")
    try:
        engine.execute(
            "INSERT INTO t SELECT * FROM read_csv(?, all_varchar = true, header = true, delim = ',')",
            [table + ".plain.csv"])
    except (duckdb.ConversionException, duckdb.ConstraintException):
        return False
    for column in model["columns"]:
        for test in column.get("data_tests", []):
            if test == "not_null":
                found = engine.execute(f"SELECT count(*) FROM t WHERE {name(column)} IS NULL")
            elif test == "unique":
                found = engine.execute(f"SELECT count({name(column)}) - count(DISTINCT {name(column)}) FROM t")
            else:
                values = test["accepted_values"]["arguments"]["values"]
                found = engine.execute(
                    f"SELECT count(*) FROM t WHERE NOT list_contains(?, {name(column)})", [values])
            if found.fetchone()[0]:
                return False
    return True


def read_frame(code, table):
    """Runs the code of a schema, which reads the frame; `None` where a value does not fit its type."""
    code = re.sub(r'read_csv\("[^"]*?(\.plain\.csv)?"', lambda found: f'read_csv("{table}{found[1] or ""}"', code)
    names = {}
    try:
        exec(code, names)
    except (ValueError, OverflowError):
        return None
    return names["frame"]


def pandera(text, table):
    import pandera.errors

    code = [line[6:] for line in text.split("\n") if line.startswith("#     ")]
    frame = read_frame("\n".join(code), table)
    if frame is None:
        return False
    names = {}
    exec(text, names)
    try:
        names["schema"].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors:
        return False
    return True


def csvw(text, table):
    import warnings

    from csvw import CSVW

    metadata = json.loads(text)
    metadata["url"] = os.path.basename(table)
    path = table + "-metadata.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(metadata, file)
    # What is wrong with a table comes as warnings, which the library looks at.
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        try:
            return CSVW(path, validate=True).is_valid
        except ValueError as error:
            assert "duplicate primary key" in str(error), error
            return False


def great_expectations(text, table):
    """Runs the suite where the library is there; else each expectation as its name says."""
    suite = json.loads(text)
    frame = read_frame("\n".join(suite["notes"][3:]), table)
    if frame is None:
        return False
    try:
        import great_expectations
    except ImportError:
        return all(expected(frame, one["type"], one["kwargs"]) for one in suite["expectations"])
    context = great_expectations.get_context(mode="ephemeral")
    batch = (
        context.data_sources.add_pandas("pandas").add_dataframe_asset("t")
        .add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame}))
    result = batch.validate(great_expectations.ExpectationSuite(**suite))
    assert not any((one.exception_info or {}).get("raised_exception") for one in result.results)
    return result.success


def expected(frame, kind, values):
    if kind == "expect_table_columns_to_match_ordered_list":
        return list(frame.columns) == values["column_list"]
    if kind == "expect_table_row_count_to_be_between":
        return len(frame) >= values["min_value"]
    column = frame[values["column"]]
    if kind == "expect_column_values_to_not_be_null":
        return not column.isna().any()
    column = column.dropna()
    if kind == "expect_column_values_to_be_unique":
        return column.is_unique
    if kind == "expect_column_value_lengths_to_be_between":
        return (column.astype(str).str.len() >= values["min_value"]).all()
    if kind == "expect_column_values_to_be_between":
        return column.between(values["min_value"], values["max_value"]).all()
    if kind == "expect_column_values_to_be_in_set":
        return column.isin(values["value_set"]).all()
    raise ValueError(kind)


check = globals()[sys.argv[1].replace("-", "_")]
answers = []
for schema, table in zip(sys.argv[2::2], sys.argv[3::2]):
    with open(schema, encoding="utf-8") as file:
        try:
            answers.append(bool(check(file.read(), table)))
        except Exception as error:
            raise RuntimeError(f"{table} against {schema}") from error
print(json.dumps(answers))
