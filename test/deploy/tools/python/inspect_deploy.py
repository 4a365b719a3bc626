"""Prints as JSON what the tests judge: templates as CloudFormation gets them, and manifests with what custom resources have wrong."""

import glob
import json
import os
import sys

import yaml


def translate(template, *keys):
    """The template after SAM's transform, once for each key of a package."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator
    from samtranslator.yaml_helper import yaml_parse

    def with_key(key):
        with open(template, encoding="utf-8") as file:
            parsed = yaml_parse(file.read())
        values = {name: each.get("Default", "given") for name, each in parsed["Parameters"].items()}
        return Translator({}, Parser()).translate(parsed, {**values, "CodeKey": key})

    return [with_key(key) for key in keys]


def strict(schema):
    """Refuses properties that the schema does not name, as the API server would drop them without a word."""
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(each) for name, each in schema.items() if name not in ("properties", "description")}
    if "properties" in schema:
        closed["properties"] = {name: strict(each) for name, each in schema["properties"].items()}
        if "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
            closed["additionalProperties"] = False
    return closed


def custom_schemas(folder):
    found = {}
    for name in glob.glob(os.path.join(folder, "*.yaml")):
        with open(name, encoding="utf-8") as file:
            definition = yaml.safe_load(file)["spec"]
        for version in definition["versions"]:
            schema = strict(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"type": "object", "required": ["name"]}
            found[f"{definition['group']}/{version['name']}", definition["names"]["kind"]] = schema
    return found


def manifests(folder, *files):
    """The documents of each file, and the faults of those that a custom resource definition of the folder describes."""
    from jsonschema import Draft7Validator

    schemas = custom_schemas(folder)

    def look_at(name):
        with open(name, encoding="utf-8") as file:
            documents = [each for each in yaml.safe_load_all(file) if each is not None]
        faults = []
        for each in documents:
            schema = schemas.get((each["apiVersion"], each["kind"]))
            for fault in Draft7Validator(schema).iter_errors(each) if schema else []:
                faults.append(f"{each['kind']} {each['metadata']['name']}: {fault.json_path}: {fault.message}")
        described = [each["kind"] for each in documents if (each["apiVersion"], each["kind"]) in schemas]
        return {"documents": documents, "described": described, "faults": faults}

    return [look_at(name) for name in files]


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    json.dump({"translate": translate, "manifests": manifests}[command](*arguments), sys.stdout)
