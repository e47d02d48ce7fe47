"""Holds contracts against the schema of the Open Data Contract Standard, and has `datacontract lint` read them."""

import json
import pathlib
import sys

import datacontract
import jsonschema
import yaml
from datacontract.data_contract import DataContract

schemas = pathlib.Path(datacontract.__file__).parent / "schemas"
schema = json.loads((schemas / "odcs-3.1.0.schema.json").read_text())
validator = jsonschema.Draft201909Validator(schema)
for path in sys.argv[1:]:
    document = yaml.safe_load(pathlib.Path(path).read_text())
    for error in validator.iter_errors(document):
        print(path, list(error.path), error.message)
    run = DataContract(data_contract_file=path).lint()
    if str(run.result) not in ("passed", "ResultEnum.passed"):
        print(path, run.result, [check.reason for check in run.checks])
print("read", len(sys.argv) - 1)
