"""Reads exports back with programs that are not ours, and prints as JSON what they saw.

usage: readback.py FOLDER TERMS
FOLDER has a file for each format, NAME.out, or a folder of tables. TERMS stands in for the JSON-LD
context of the Web Annotation model, which the programs would get from the network.
"""

import json
import os
import subprocess
import sys

import duckdb
import geojson
from pyld import jsonld

folder, terms = sys.argv[1:]
OA = "http://www.w3.org/ns/oa#"


def at(name):
    return os.path.join(folder, name)


def annotations():
    with open(terms) as f:
        context = json.load(f)

    def loader(url, options):
        if url != "http://www.w3.org/ns/anno.jsonld":
            raise ValueError("a context that is not the model's: " + url)
        return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": "application/ld+json"}

    with open(at("annotations.out")) as f:
        document = json.load(f)
    seen = []
    for a in jsonld.flatten(document, options={"documentLoader": loader}):
        if OA + "Annotation" in a.get("@type", []):
            seen.append(a["@id"])
    quads = jsonld.to_rdf(document, {"documentLoader": loader})["@default"]
    positions = sorted(int(q["object"]["value"]) for q in quads if q["predicate"]["value"] == OA + "start")
    quotes = sorted(q["object"]["value"] for q in quads if q["predicate"]["value"] == OA + "exact")
    motivations = sorted({q["object"]["value"] for q in quads if q["predicate"]["value"] == OA + "motivatedBy"})
    return {"annotations": len(seen), "positions": positions, "quotes": quotes, "motivations": motivations}


def ftm():
    program = os.path.join(os.path.dirname(sys.executable), "ftm")
    done = subprocess.run([program, "validate", "-i", at("ftm.out"), "-o", at("ftm.validated")], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    read = []
    for name in ("ftm.out", "ftm.validated"):
        with open(at(name)) as f:
            entities = [json.loads(line) for line in f]
        read.append([(e["id"], e["schema"], {k: sorted(v) for k, v in e["properties"].items()}) for e in entities])
    lost = [(a, b) for a, b in zip(*read) if a != b]
    return {"entities": len(read[0]), "validated": len(read[1]), "lost": lost, "said": done.stderr}


def cell(v):
    """A value of Parquet as CSV has it."""
    if v is None:
        return None
    if isinstance(v, list):
        return "; ".join(v) or None
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, float) and v == int(v):
        v = int(v)
    return str(v) or None


def tables():
    seen = {}
    for table in ("articles", "claims", "figures", "techniques", "incidents"):
        csv = duckdb.execute(
            "SELECT * FROM read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', strict_mode = true)",
            [at(os.path.join("csv.out", table + ".csv"))])
        names = [d[0] for d in csv.description]
        rows = csv.fetchall()
        parquet = duckdb.execute("SELECT * FROM read_parquet(?)", [at(os.path.join("parquet.out", table + ".parquet"))])
        columns = [d[0] for d in parquet.description]
        cells = parquet.fetchall()
        other = []
        if names != columns or len(rows) != len(cells):
            other.append([names, columns, len(rows), len(cells)])
        for a, b in zip(rows, cells):
            for name, x, y in zip(names, a, b):
                y = cell(y)
                if x != y and x != "'" + (y or ""):  # before what a spreadsheet would take for a formula
                    other.append([table, name, x, y])
        seen[table] = {"rows": len(rows), "columns": len(columns), "other": other}
    return seen


def features():
    with open(at("geojson.out")) as f:
        collection = geojson.load(f)
    points = [f["geometry"] for f in collection["features"]]
    return {"type": collection["type"], "features": len(points), "located": sum(p is not None for p in points),
            "valid": all(p.is_valid for p in points if p is not None), "errors": [p.errors() for p in points if p is not None and p.errors()]}


def lines(name):
    read = duckdb.execute("SELECT * FROM read_json(?, format = 'newline_delimited', maximum_object_size = 100000000)", [at(name + ".out")])
    return {"columns": [d[0] for d in read.description], "rows": len(read.fetchall())}


json.dump({"annotations": annotations(), "ftm": ftm(), "tables": tables(), "geojson": features(),
           "plover": lines("plover"), "claimreview": lines("claimreview"), "jsonl": lines("jsonl")}, sys.stdout)
