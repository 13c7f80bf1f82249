"""One CycloneDX document for an image: the program's libraries as Quarkus resolved them, the Debian packages, the Java runtime."""

import hashlib
import json
import os
import re
import urllib.parse
import uuid


def merge(resolved, debian_packages, platform, timestamp):
    """The document as bytes. `resolved` is what quarkus:dependency-sbom wrote; `platform` the components that the program runs on."""
    with open(resolved) as file:
        document = json.load(file)
    program = _slim(document["metadata"]["component"])
    libraries = [_slim(component) for component in document["components"] if _at_runtime(component)]
    libraries = [library for library in libraries if library["bom-ref"] != program["bom-ref"]]
    added = [_debian(package) for package in debian_packages] + platform
    present = {program["bom-ref"]} | {component["bom-ref"] for component in libraries + added}
    dependencies = [
        {"ref": entry["ref"], "dependsOn": sorted(present.intersection(entry.get("dependsOn", [])))}
        for entry in document["dependencies"]
        if entry["ref"] in present
    ]
    for entry in dependencies:
        if entry["ref"] == program["bom-ref"]:
            entry["dependsOn"] += [component["bom-ref"] for component in added]
    merged = {
        "bomFormat": "CycloneDX",
        "specVersion": document["specVersion"],
        "version": 1,
        "metadata": {
            "timestamp": timestamp,
            "tools": {"components": [_slim(tool) for tool in document["metadata"]["tools"]["components"]]},
            "component": program,
        },
        "components": libraries + added,
        "dependencies": dependencies,
    }
    # A serial number must be unique to the content, and nothing says that it must be random.
    content = hashlib.sha256(json.dumps(merged, sort_keys=True).encode()).hexdigest()
    merged["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, content).urn
    return json.dumps(merged, indent=1).encode() + b"\n"


def _at_runtime(component):
    return {"name": "quarkus:component:scope", "value": "runtime"} in component.get("properties", [])


def _slim(component):
    """Of eight checksums one; none of our own modules, whose files are packed anew in the image."""
    kept = {key: component[key] for key in ("type", "bom-ref", "group", "name", "version", "description", "licenses", "purl") if key in component}
    strong = [entry for entry in component.get("hashes", []) if entry["alg"] == "SHA-256"]
    if strong and component.get("group") != "io.hydra":
        kept["hashes"] = strong
    return kept


def _debian(package):
    version = urllib.parse.quote(package.version, safe=":~")
    purl = f"pkg:deb/{package.vendor}/{package.name}@{version}?arch={package.architecture}&distro={package.distribution}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": package.sha256}],
        "properties": [{"name": "hydra:sbom:hash-of", "value": "the package's .deb"}],
    }


def java_runtime(directory):
    """The Java runtime in a directory."""
    with open(os.path.join(directory, "release")) as file:
        release = dict(line.strip().split("=", 1) for line in file if "=" in line)
    version = release["JAVA_RUNTIME_VERSION"] if "JAVA_RUNTIME_VERSION" in release else release["JAVA_VERSION"]
    runtime = _platform("openjdk", version.strip('"'), release.get("IMPLEMENTOR", "unknown").strip('"'))
    return [runtime | {"licenses": [{"license": {"id": "GPL-2.0-with-classpath-exception"}}]}]


def compiled_in(executable):
    """The class library and virtual machine in a native executable, by what native-image wrote into it."""
    with open(executable, "rb") as file:
        content = file.read()

    def written(key):
        found = re.search(key + rb"=([ -~]+)", content)
        if not found:
            raise SystemExit(f"build-images: {executable} does not say {key.decode()}: was it made by native-image?")
        return found[1].decode()

    # "GraalVM CE 25.0.2+10.1", "Mandrel-25.0.2.0-Final": whose licence it is is for their vendors to say.
    vendor, version = re.fullmatch(r"(\D*?)[ -]?(\d\S*)", written(rb"com\.oracle\.svm\.core\.VM")).groups()
    return [_platform("openjdk", written(rb"com\.oracle\.svm\.core\.VM\.Java\.Version"), vendor), _platform("native-image", version, vendor)]


def _platform(name, version, publisher):
    purl = f"pkg:generic/{name}@{urllib.parse.quote(version, safe='')}"
    return {"type": "platform", "bom-ref": purl, "name": name, "version": version, "publisher": publisher, "purl": purl}
